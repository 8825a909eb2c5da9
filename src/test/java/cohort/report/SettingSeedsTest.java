package cohort.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SettingSeedsTest {
    /** SciPy 1.17.1: t.interval(0.95, 4, loc=3, scale=sem([1, 2, 3, 4, 5])) is 1.0367568 to 4.9632432. */
    @Test
    void intervalIsStudentsT() {
        SettingSeeds seeds = SettingSeeds.of("", new double[] {1, 2, Double.NaN, 3, 4, 5, Double.NEGATIVE_INFINITY});

        assertThat(seeds.mean()).isEqualTo(3);
        assertThat(seeds.halfInterval()).isCloseTo(1.9632432, within(1e-7));
    }

    @Test
    void oneSeedHasNoIntervalAndNoneNoMean() {
        assertThat(SettingSeeds.of("", new double[] {0.9}).mean()).isEqualTo(0.9);
        assertThat(SettingSeeds.of("", new double[] {0.9}).halfInterval()).isNaN();
        assertThat(SettingSeeds.of("", new double[] {Double.NaN}).mean()).isNaN();
    }
}
