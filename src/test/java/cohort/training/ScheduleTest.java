package cohort.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import cohort.training.Schedule.Shape;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void constantRateIsThePeakAtEveryStep() {
        Schedule schedule = new Schedule(0.01, Shape.CONSTANT, 0, 2000, 0.5);

        assertThat(schedule.rate(0)).isEqualTo(0.01);
        assertThat(schedule.rate(1234)).isEqualTo(0.01);
        assertThat(schedule.rate(1999)).isEqualTo(0.01);
    }

    @Test
    void warmUpRisesInEqualStepsAndIsNeverZero() {
        Schedule schedule = new Schedule(0.4, Shape.CONSTANT, 3, 10, 1);

        assertThat(schedule.rate(0)).isCloseTo(0.1, within(1e-15));
        assertThat(schedule.rate(1)).isCloseTo(0.2, within(1e-15));
        assertThat(schedule.rate(2)).isCloseTo(0.3, within(1e-15));
        assertThat(schedule.rate(3)).isEqualTo(0.4);
        assertThat(schedule.rate(9)).isEqualTo(0.4);
    }

    /** PyTorch's CosineAnnealingLR: final + (peak - final) (1 + cos(pi t / T)) / 2. */
    @Test
    void cosineFallsFromThePeakToTheFinalFraction() {
        Schedule schedule = new Schedule(0.01, Shape.COSINE, 0, 100, 0.1);

        assertThat(schedule.rate(0)).isEqualTo(0.01);
        assertThat(schedule.rate(25)).isCloseTo(0.001 + 0.009 * (1 + Math.sqrt(0.5)) / 2, within(1e-15));
        assertThat(schedule.rate(50)).isCloseTo(0.0055, within(1e-15));
        assertThat(schedule.rate(100)).isCloseTo(0.001, within(1e-15));
    }

    @Test
    void cosineBeginsWhereTheWarmUpEnds() {
        Schedule schedule = new Schedule(1, Shape.COSINE, 4, 14, 0);

        assertThat(schedule.rate(3)).isCloseTo(0.8, within(1e-15));
        assertThat(schedule.rate(4)).isEqualTo(1);
        assertThat(schedule.rate(9)).isCloseTo(0.5, within(1e-15));
        for (long step = 4; step < 13; step++) {
            assertThat(schedule.rate(step + 1)).isLessThan(schedule.rate(step));
        }
        assertThat(schedule.rate(13)).isPositive();
    }

    @Test
    void warmUpMayLastTheWholeTraining() {
        Schedule schedule = new Schedule(1, Shape.COSINE, 3, 3, 0);

        assertThat(schedule.rate(2)).isEqualTo(0.75);
        assertThat(schedule.rate(3)).isEqualTo(1);
    }

    @Test
    void valuesOutOfRangeAreRefusedByName() {
        assertThatThrownBy(() -> new Schedule(0, Shape.CONSTANT, 0, 1, 1)).hasMessageContaining("learning rate");
        assertThatThrownBy(() -> new Schedule(Double.NaN, Shape.CONSTANT, 0, 1, 1))
                .hasMessageContaining("learning rate");
        assertThatThrownBy(() -> new Schedule(Double.POSITIVE_INFINITY, Shape.CONSTANT, 0, 1, 1))
                .hasMessageContaining("learning rate");
        assertThatThrownBy(() -> new Schedule(1, Shape.CONSTANT, 11, 10, 1))
                .hasMessageContaining("warm-up")
                .hasMessageContaining("11");
        assertThatThrownBy(() -> new Schedule(1, Shape.COSINE, 0, 10, 1.5)).hasMessageContaining("final fraction");
    }
}
