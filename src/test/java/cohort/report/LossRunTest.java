package cohort.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LossRunTest {
    @Test
    void longRunsAreMeansOfNeighbouringSteps() {
        LossRun run =
                LossRun.of(new double[] {1, 2, 3, 4, 5}, new double[] {0.5, 0.7, Double.NaN, 0.4, 0.3}, Double.NaN);

        assertThat(run.steps(3)).containsExactly(1.5, 3.5, 5);
        assertThat(run.losses(3)).containsExactly(0.6, 0.4, 0.3);
        assertThat(run.losses(5)).containsExactly(0.5, 0.7, Double.NaN, 0.4, 0.3);
        assertThat(run.lastStep()).isEqualTo(5);
    }

    @Test
    void lossesWithoutALogarithmAreLeftOut() {
        LossRun run = LossRun.of(new double[] {1, 2, 3}, new double[] {0, -1, Double.POSITIVE_INFINITY}, 0.1);

        assertThat(run.losses(3)).containsOnly(Double.NaN);
    }

    @Test
    void arraysOfDifferentLengthsAreRefused() {
        assertThatThrownBy(() -> LossRun.of(new double[12], new double[13], 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("12 steps, but 13 losses");
    }
}
