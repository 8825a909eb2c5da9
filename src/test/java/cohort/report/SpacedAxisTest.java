package cohort.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SpacedAxisTest {
    private final SpacedAxis axis = SpacedAxis.of(DoubleStream.of(51.2, 6.4, 0, -0.0, 12.8, Double.NaN, 25.6, 6.4, -3));

    @Test
    void valuesStandOneApart() {
        assertThat(DoubleStream.of(0, 6.4, 12.8, 25.6, 51.2).map(axis::place)).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0);
        assertThat(axis.low()).isBetween(-0.5, -0.1);
        assertThat(axis.high()).isBetween(4.1, 4.5);
    }

    @Test
    void betweenThemItIsLogarithmic() {
        assertThat(axis.place(6.4 * Math.sqrt(2))).isCloseTo(1.5, within(1e-12));
        assertThat(axis.place(25.6 * Math.pow(2, 0.25))).isCloseTo(3.25, within(1e-12));
    }

    @Test
    void nothingIsBetweenZeroAndTheFirstOrOutside() {
        assertThat(axis.place(3)).isNaN();
        assertThat(axis.place(51.3)).isNaN();
        assertThat(axis.place(-1)).isNaN();
        assertThat(axis.place(Double.NaN)).isNaN();
        assertThat(SpacedAxis.of(DoubleStream.empty()).place(1)).isNaN();
    }

    @Test
    void curvesGoFromTheFirstAboveZeroToTheLast() {
        double[] grid = axis.grid();

        assertThat(grid).startsWith(6.4).endsWith(51.2).isSorted();
        assertThat(DoubleStream.of(grid).map(axis::place)).doesNotContain(Double.NaN);
        assertThat(SpacedAxis.of(DoubleStream.of(0)).grid()).isEmpty();
    }
}
