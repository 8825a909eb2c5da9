package cohort.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Trials of 2 steps, then 4 that are read from the second on, then 1; outputs are no answer and two choices. */
class FirstCrossingTest {
    private static final Duration ANY = new Duration.Uniform(0, 100);
    private static final Signature SIGNATURE = new Signature(
            "a task",
            20,
            List.of(new Group("one", 0, 1)),
            List.of(new Group("answers", 0, 3)),
            List.of(new PeriodSpec("before", ANY), new PeriodSpec("evidence", ANY), new PeriodSpec("after", ANY)),
            List.of());
    private static final Response RESPONSE = new FirstCrossing(2, 0.5, 1, 1, 1, 1, 0.6);

    private static Trial trial(int... steps) {
        Trial trial = new Trial(SIGNATURE);
        trial.begin(0);
        trial.setAnswer(2);
        for (int period = 0; period < 3; period++) {
            trial.setSteps(period, steps[period]);
        }
        return trial;
    }

    /** The choices' outputs at each step; that of no answer is 9. */
    private static Answer read(Trial trial, double[] first, double[] second) {
        return RESPONSE.read(trial, (step, output) -> output == 0 ? 9 : (float) (output == 1 ? first : second)[step]);
    }

    @Test
    void theFirstOutputAboveTheThresholdIsTheAnswerAndItsStepTheTime() {
        double[] first = {0, 0, 0, 0, 0, 0.9, 0};
        double[] second = {0, 0, 0, 0, 0.61, 0.8, 0};

        Answer answer = read(trial(2, 4, 1), first, second);

        assertThat(answer).isEqualTo(new Answer(2, Double.NaN, 80, true));
        assertThat(RESPONSE.timedFrom()).hasValue(1);
    }

    @Test
    void ofSeveralAtOneStepItIsTheLargest() {
        double[] first = {0, 0, 0, 0.9, 0, 0, 0};
        double[] second = {0, 0, 0, 0.8, 0, 0, 0};

        assertThat(read(trial(2, 4, 1), first, second)).isEqualTo(new Answer(1, Double.NaN, 60, false));
    }

    /** At the threshold, before the period, in its first step, after it. */
    @Test
    void nothingElseIsAnAnswer() {
        double[] first = {1, 1, 1, 0.6f, 0, 0, 1};
        double[] second = {1, 1, 1, 0.5, 0.6f, 0, 1};

        Answer answer = RESPONSE.read(
                trial(2, 4, 1),
                (step, output) -> output == 0 ? 9 : (float) (output == 1 ? first : second)[step] - 1e-6f);

        assertThat(answer).isEqualTo(Answer.choice(0, false));
    }

    @Test
    void inACatchTrialNoneIsRight() {
        Trial trial = trial(3, 0, 0);
        trial.setAnswer(0);

        assertThat(read(trial, new double[3], new double[3])).isEqualTo(Answer.choice(0, true));
        assertThat(read(trial, new double[3], new double[] {0, 1, 0}).correct()).isFalse();
    }
}
