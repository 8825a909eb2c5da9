package cohort.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SettingSeedsTest {
    /** R 4.2: t.test(1:5)$conf.int is 1.036757 to 4.963243. */
    @Test
    void intervalIsThatOfRsTTest() {
        SettingSeeds seeds = SettingSeeds.of("", new double[] {1, 2, Double.NaN, 3, 4, 5, Double.NEGATIVE_INFINITY});

        assertThat(seeds.mean()).isEqualTo(3);
        assertThat(seeds.halfInterval()).isCloseTo(1.963243, within(1e-6));
    }

    @Test
    void oneSeedHasNoIntervalAndNoneNoMean() {
        assertThat(SettingSeeds.of("", new double[] {0.9}).mean()).isEqualTo(0.9);
        assertThat(SettingSeeds.of("", new double[] {0.9}).halfInterval()).isNaN();
        assertThat(SettingSeeds.of("", new double[] {Double.NaN}).mean()).isNaN();
    }
}
