package cohort.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cohort.task.Answer;
import cohort.task.Condition;
import cohort.task.Factor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.commons.lang3.SerializationUtils;
import org.junit.jupiter.api.Test;

class ResponseTimesTest {
    private static final List<Factor> FACTORS = List.of(new Factor("coherence", "%", ""));

    private static TrialOutcome outcome(double coherence, boolean correct, double millis) {
        Answer given = new Answer(correct ? 1 : 2, Double.NaN, 100 + millis, correct);
        return new TrialOutcome(0, new Condition(FACTORS, coherence), 60, 1, given, millis, Double.NaN);
    }

    @Test
    void timesOfRightAndWrongAnswersAreApart() {
        AccuracyTally tally = Tallies.of(List.of(
                outcome(6.4, true, 100),
                outcome(6.4, true, 60),
                outcome(6.4, true, 20),
                outcome(6.4, true, 40),
                outcome(6.4, false, 300),
                outcome(6.4, false, Double.NaN),
                outcome(0, true, Double.NaN)));

        List<ResponseTimes> times = tally.responseTimes();

        assertThat(times).hasSize(2);
        ResponseTimes right = times.get(0);
        assertThat(right.condition().label()).isEqualTo("coherence=6.4");
        assertThat(right.correct()).isTrue();
        assertThat(right.trials()).isEqualTo(4);
        assertThat(right.mean()).isEqualTo(55);
        assertThat(right.sd()).isCloseTo(Math.sqrt((45 * 45 + 25 + 35 * 35 + 15 * 15) / 3.0), within(1e-12));
        assertThat(List.of(right.q10(), right.q25(), right.median(), right.q75(), right.q90()))
                .containsExactly(20.0, 20.0, 40.0, 60.0, 100.0);
        ResponseTimes wrong = times.get(1);
        assertThat(wrong.correct()).isFalse();
        assertThat(wrong.trials()).isEqualTo(1);
        assertThat(wrong.mean()).isEqualTo(300);
        assertThat(wrong.sd()).isNaN();
    }

    @Test
    void partsMergeIntoTheSameBitsInAnyOrder() {
        Random random = new Random(4);
        List<TrialOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            outcomes.add(outcome(random.nextInt(3), random.nextBoolean(), 0.1 * random.nextInt(40)));
        }
        List<ResponseTimes> whole = Tallies.of(outcomes).responseTimes();
        List<AccuracyTally> parts = new ArrayList<>(List.of(new AccuracyTally(0.5)));
        for (int from = 0; from < outcomes.size(); from += 17) {
            parts.add(
                    SerializationUtils.clone(Tallies.of(outcomes.subList(from, Math.min(from + 17, outcomes.size())))));
        }
        Collections.shuffle(parts, random);
        AccuracyTally merged = new AccuracyTally(0.5);
        parts.forEach(merged::merge);

        assertThat(whole).hasSize(6);
        assertThat(merged.responseTimes()).isEqualTo(whole);
    }
}
