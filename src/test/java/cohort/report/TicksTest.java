package cohort.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TicksTest {
    @Test
    void ticksAreRoundNumbersBetweenTheEnds() {
        assertThat(Ticks.between(0, 1480, 8)).containsExactly(0.0, 200.0, 400.0, 600.0, 800.0, 1000.0, 1200.0, 1400.0);
        assertThat(Ticks.between(-0.3, 0.31, 7)).containsExactly(-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3);
        assertThat(Ticks.between(1, 512, 6)).containsExactly(100.0, 200.0, 300.0, 400.0, 500.0);
        assertThat(Ticks.between(0.021, 0.029, 4)).containsExactly(0.022, 0.024, 0.026, 0.028);
    }

    @Test
    void thereAreNotTooMany() {
        for (double span = 1e-6; span < 1e9; span *= 1.37) {
            assertThat(Ticks.between(0, span, 6)).as("0 to %s", span).hasSizeBetween(3, 7);
        }
    }

    @Test
    void oddRangesHaveNoTicksOrOne() {
        assertThat(Ticks.between(3, 3, 6)).containsExactly(3.0);
        assertThat(Ticks.between(3, 2, 6)).isEmpty();
        assertThat(Ticks.between(Double.NaN, 2, 6)).isEmpty();
        assertThat(Ticks.between(0, Double.POSITIVE_INFINITY, 6)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "6.4, 6.4",
        "0.02, 0.02",
        "0.30000000000000004, 0.3",
        "-0.125, -0.125",
        "1500, 1500",
        "120000, 120\u2009000",
        "2000000, 2\u2009000\u2009000",
        "0.00001, 0.00001",
        "2.5E-9, 2.5E-9",
        "1E12, 1E+12"
    })
    void numbersAreShort(double value, String text) {
        assertThat(Ticks.text(value)).isEqualTo(text);
    }
}
