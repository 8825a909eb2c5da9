package cohort.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cohort.task.Batching;
import cohort.task.Duration;
import cohort.task.PerceptualDecisionMaking;
import cohort.task.PerceptualDecisionSpec;
import cohort.task.Period;
import cohort.task.Split;
import cohort.task.Trial;
import cohort.task.TrialSource;
import cohort.task.TutorialTask;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BayesFloorTest {
    private static final Batching WINDOWS = new Batching(Batching.Form.WINDOWS, 16, 100, List.of(1.0, 1.0, 1.0, 1.0));
    private static final Batching TRIALS = new Batching(Batching.Form.TRIALS, 16, 100, List.of(1.0, 1.0, 1.0, 1.0));

    @Test
    void theTutorialsFloorIsTheKnownOne() {
        PerceptualDecisionSpec task = TutorialTask.of(2, 1, new Duration.Constant(1000));

        assertThat(BayesFloor.of(task, WINDOWS, 1)).isCloseTo(0.02108, within(0.5e-5));
        assertThat(BayesFloor.of(task, TRIALS, 1)).isCloseTo(0.01932, within(0.5e-5));
    }

    @Test
    void weightsOfPeriodsCount() {
        PerceptualDecisionSpec task = TutorialTask.of(2, 1, new Duration.Constant(1000));
        Batching decisionOnly = new Batching(Batching.Form.TRIALS, 1, 1, List.of(0.0, 0.0, 0.0, 2.0));

        assertThat(BayesFloor.of(task, decisionOnly, 1)).isCloseTo(12 * 0.01932, within(1e-4));
    }

    @Test
    void withoutNoiseOnlyTrialsWithoutEvidenceAreUncertain() {
        PerceptualDecisionSpec task = TutorialTask.of(2, 0, new Duration.Constant(1000));

        assertThat(BayesFloor.of(task, TRIALS, 1)).isCloseTo(Math.log(2) / 5 * 5 / 60, within(1e-12));
    }

    /** Observers who report the posterior on simulated trials, channel by channel, without the shortcut of the summed evidence. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void simulatedObserversComeToIt(int ring) {
        PerceptualDecisionSpec task = TutorialTask.of(ring, 1, new Duration.Choice(List.of(200.0, 500.0)));
        TrialSource source = new PerceptualDecisionMaking(task).trials(9, Split.TEST);
        Trial trial = new Trial();
        double loss = 0;
        double steps = 0;
        for (int index = 0; index < 20_000; index++) {
            source.read(index, trial);
            loss += trial.steps(Period.DECISION) * surprise(task, trial);
            steps += trial.steps();
        }

        assertThat(BayesFloor.of(task, TRIALS, 1) / (loss / steps)).isCloseTo(1, within(0.02));
    }

    private static double surprise(PerceptualDecisionSpec task, Trial trial) {
        int ring = task.ringSize();
        double[] likelihood = new double[ring];
        for (int truth = 0; truth < ring; truth++) {
            for (double coherence : task.coherencesPercent()) {
                double log = 0;
                for (int step = trial.start(Period.STIMULUS); step < trial.end(Period.STIMULUS); step++) {
                    for (int j = 0; j < ring; j++) {
                        double shown = 0.5 + Math.cos(2 * Math.PI * (j - truth) / ring) * coherence / 200;
                        double off = (trial.observations()[step * (1 + ring) + 1 + j] - shown) / task.sigmaPerStep();
                        log -= off * off / 2 - 0.5; // about 1/2 on average: keeps the exponential within range
                    }
                }
                likelihood[truth] += Math.exp(log);
            }
        }
        double sum = 0;
        for (double value : likelihood) {
            sum += value;
        }
        return Math.log(sum / likelihood[trial.groundTruth() - 1]);
    }
}
