package cohort.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTest {
    private static final int SAMPLES = 100_000;
    private static final double MAX_Z = 5;

    @Test
    void constantIsAlwaysTheSame() {
        Duration duration = new Duration.Constant(123.5);
        assertThat(samples(duration)).containsOnly(123.5);
        assertThat(duration.minMillis()).isEqualTo(123.5);
        assertThat(duration.maxMillis()).isEqualTo(123.5);
    }

    @Test
    void choiceDrawsEachOfItsDurationsEquallyOften() {
        Duration duration = new Duration.Choice(List.of(400.0, 100.0, 200.0));
        assertThat(duration.minMillis()).isEqualTo(100);
        assertThat(duration.maxMillis()).isEqualTo(400);
        double[] samples = samples(duration);
        assertThat(samples).containsOnly(100, 200, 400);
        for (double millis : new double[] {100, 200, 400}) {
            assertProbability(Arrays.stream(samples).filter(x -> x == millis).count(), 1.0 / 3);
        }
    }

    @Test
    void uniformHasTheMeanAndTheQuantilesOfItsFormula() {
        Duration duration = new Duration.Uniform(40, 160);
        double[] samples = samples(duration);
        assertThat(Arrays.stream(samples)).allMatch(x -> x >= 40 && x <= 160);
        assertMean(samples, 100);
        for (double x : new double[] {41, 50, 100, 130, 159}) {
            assertProbability(Arrays.stream(samples).filter(s -> s <= x).count(), (x - 40) / 120);
        }
    }

    /** F(x) = (1 - exp(-(x - min) / m)) / (1 - exp(-(max - min) / m)). */
    @ParameterizedTest
    @CsvSource({"300, 0, 1500", "60, 0, 200", "100, 250, 2000", "1e6, 50, 150", "5, 100, 900"})
    void truncatedExponentialHasTheMeanAndTheQuantilesOfItsFormula(double m, double min, double max) {
        double[] samples = samples(new Duration.TruncatedExponential(m, min, max));
        assertThat(Arrays.stream(samples)).allMatch(x -> x >= min && x <= max);
        double mass = -Math.expm1(-(max - min) / m);
        assertMean(samples, min + m - (max - min) * (1 - mass) / mass);
        for (double share : new double[] {0.01, 0.1, 0.3, 0.5, 0.9}) {
            double x = min + Math.min(share * (max - min), 2 * share * m);
            double probability = -Math.expm1(-(x - min) / m) / mass;
            assertProbability(Arrays.stream(samples).filter(s -> s <= x).count(), probability);
        }
    }

    @Test
    void theMeanOfATruncatedExponentialIsNotTheOneItIsGiven() {
        double[] samples = samples(new Duration.TruncatedExponential(300, 0, 300));
        assertMean(samples, 300 * (1 - 1 / Math.expm1(1)));
        assertThat(Arrays.stream(samples).average().orElseThrow()).isCloseTo(125.4, within(2.0));
    }

    /** The smallest and the largest number a generator can give. */
    @ParameterizedTest
    @CsvSource({"300, 0, 1500", "60, 17, 200", "0.1, 3, 4", "1e9, 50, 150", "100, 80, 80"})
    void theExtremeDrawsStayWithinTheBounds(double m, double min, double max) {
        UniformRandomProvider lowest = () -> 0;
        UniformRandomProvider highest = () -> -1;
        for (Duration duration :
                List.of(new Duration.Uniform(min, max), new Duration.TruncatedExponential(m, min, max))) {
            assertThat(duration.minMillis()).isEqualTo(min);
            assertThat(duration.maxMillis()).isEqualTo(max);
            assertThat(duration.sampleMillis(lowest)).isEqualTo(min);
            assertThat(duration.sampleMillis(highest)).isBetween(min, max * (1 + 1e-14));
        }
        assertThat(new Duration.Uniform(min, max).sampleMillis(highest)).isCloseTo(max, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, -1e-300, Double.NaN, Double.POSITIVE_INFINITY, 3_600_001})
    void aDurationThatIsNoneIsRefusedByNameAndValue(double millis) {
        String rule = " is not between 0 and 3600000 ms: " + millis;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Duration.Constant(millis))
                .withMessage("duration" + rule);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Duration.Choice(List.of(100.0, millis)))
                .withMessage("duration" + rule);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Duration.Uniform(millis, 100))
                .withMessage("min" + rule);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Duration.Uniform(100, millis))
                .withMessage("max" + rule);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Duration.TruncatedExponential(50, millis, 100))
                .withMessage("min" + rule);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Duration.TruncatedExponential(50, 100, millis))
                .withMessage("max" + rule);
    }

    @Test
    void anEmptyChoiceIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Duration.Choice(List.of()))
                .withMessage("list of durations is empty");
    }

    @Test
    void aRangeTheWrongWayRoundIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Duration.Uniform(200, 100))
                .withMessage("min 200.0 is larger than max 100.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Duration.TruncatedExponential(50, 200, 100))
                .withMessage("min 200.0 is larger than max 100.0");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -300, Double.NaN, Double.POSITIVE_INFINITY})
    void aMeanThatIsNoneIsRefusedByNameAndValue(double mean) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Duration.TruncatedExponential(mean, 0, 100))
                .withMessageStartingWith("mean is not")
                .withMessageEndingWith(": " + mean);
    }

    private static double[] samples(Duration duration) {
        UniformRandomProvider random = RandomStreams.of(11, Split.TRAIN, 0);
        double[] samples = new double[SAMPLES];
        Arrays.setAll(samples, i -> duration.sampleMillis(random));
        return samples;
    }

    private static void assertMean(double[] samples, double expected) {
        double mean = Arrays.stream(samples).average().orElseThrow();
        double squares =
                Arrays.stream(samples).map(x -> (x - mean) * (x - mean)).sum();
        assertThat(mean).isCloseTo(expected, within(MAX_Z * Math.sqrt(squares) / SAMPLES));
    }

    private static void assertProbability(long count, double expected) {
        double error = Math.sqrt(expected * (1 - expected) / SAMPLES);
        assertThat((double) count / SAMPLES).isCloseTo(expected, within(MAX_Z * error));
    }
}
