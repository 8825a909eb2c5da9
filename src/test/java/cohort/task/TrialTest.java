package cohort.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrialTest {
    @ParameterizedTest
    @CsvSource({"2, 3, 1, 4", "2, 3, 0, 4", "0, 3, 0, 1", "0, 1, 5, 1", "7, 1, 1, 1"})
    void everyStepBelongsToThePeriodWhoseStepsItIsAmong(int fixation, int stimulus, int delay, int decision) {
        int[] steps = {fixation, stimulus, delay, decision};
        Trial trial = trial(3, steps);
        assertThat(trial.steps()).isEqualTo(fixation + stimulus + delay + decision);
        List<Period> periods = new ArrayList<>();
        for (Period period : Period.values()) {
            assertThat(trial.start(period)).isEqualTo(periods.size());
            assertThat(trial.steps(period)).isEqualTo(steps[period.ordinal()]);
            for (int s = 0; s < steps[period.ordinal()]; s++) {
                periods.add(period);
            }
            assertThat(trial.end(period)).isEqualTo(periods.size());
        }
        for (int step = 0; step < trial.steps(); step++) {
            assertThat(trial.periodAt(step)).isEqualTo(periods.get(step));
        }
    }

    @Test
    void theTargetIsFixateAndInTheDecisionPeriodTheGroundTruth() {
        Trial trial = trial(3, 2, 3, 1, 2);
        int[] targets = new int[8];
        Arrays.setAll(targets, trial::target);
        assertThat(targets).containsExactly(0, 0, 0, 0, 0, 0, 3, 3);
    }

    @Test
    void conditionsAreThoseItWasBegunWith() {
        Trial trial = new Trial();
        trial.begin(1L << 40, 2, 25.6, new int[] {1, 1, 1, 1}, 5);
        assertThat(trial.index()).isEqualTo(1L << 40);
        assertThat(trial.groundTruth()).isEqualTo(2);
        assertThat(trial.coherencePercent()).isEqualTo(25.6);
        assertThat(trial.channels()).isEqualTo(5);
    }

    @Test
    void aHolderGrowsForALongerTrialAndKeepsNothingOfTheOneBefore() {
        Trial trial = trial(1, 1, 1, 0, 1);
        assertThat(trial.observations()).hasSizeGreaterThanOrEqualTo(3 * 3);
        trial.begin(1, 2, 0, new int[] {10, 20, 0, 5}, 3);
        assertThat(trial.steps()).isEqualTo(35);
        assertThat(trial.observations()).hasSizeGreaterThanOrEqualTo(35 * 3);
        trial.begin(2, 1, 0, new int[] {0, 2, 1, 1}, 3);
        assertThat(trial.steps()).isEqualTo(4);
        assertThat(trial.periodAt(0)).isEqualTo(Period.STIMULUS);
        assertThat(trial.target(3)).isEqualTo(1);
    }

    @Test
    void aCopyOfTheObservationsHasTheTrialAloneAndIsNotOverwritten() {
        Trial trial = trial(1, 10, 10, 10, 10);
        trial.begin(0, 1, 0, new int[] {1, 1, 0, 1}, 3);
        trial.observations()[8] = 4;
        float[] copy = trial.copyObservations();
        trial.observations()[8] = 5;
        assertThat(copy).hasSize(9);
        assertThat(copy[8]).isEqualTo(4);
    }

    @Test
    void periodsAreNamedInLowerCase() {
        assertThat(Period.values())
                .extracting(Period::label)
                .containsExactly("fixation", "stimulus", "delay", "decision");
    }

    private static Trial trial(int groundTruth, int... periodSteps) {
        Trial trial = new Trial();
        trial.begin(0, groundTruth, 12.8, periodSteps, 3);
        return trial;
    }
}
