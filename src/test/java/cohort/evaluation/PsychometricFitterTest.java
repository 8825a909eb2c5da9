package cohort.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PsychometricFitterTest {
    private static final int OBSERVERS = Integer.getInteger("observers", 200);
    private static final double[] SIGNED = {-40, -20, -12, -7, -3, 0, 3, 7, 12, 20, 40};
    private static final double[] UNSIGNED = {1, 2, 4, 6, 8, 11, 15, 22, 40};
    private static final TreeMap<Double, Double> IDEAL =
            new TreeMap<>(Map.of(0.0, 0.5, 6.4, 0.92375, 12.8, 0.99789, 25.6, 1.0, 51.2, 1.0));

    private static PsychometricKind kind(PsychometricFunction function) {
        return function == PsychometricFunction.WEIBULL ? PsychometricKind.ACCURACY : PsychometricKind.CHOICE;
    }

    /** Responses of an observer with lapses of 2 %: (coherence, rate of positive responses) by the definition of psi. */
    private static PsychometricData simulate(
            PsychometricFunction function, double location, double scale, int trials, Random random) {
        boolean isChoice = kind(function) == PsychometricKind.CHOICE;
        List<EvidenceCount> counts = new ArrayList<>();
        for (double x : isChoice ? SIGNED : UNSIGNED) {
            double guess = isChoice ? 0.02 : 0.5;
            double rate = guess + (1 - guess - 0.02) * function.value(x, location, scale);
            int positive = 0;
            for (int t = 0; t < trials; t++) {
                positive += random.nextDouble() < rate ? 1 : 0;
            }
            int truth = x >= 0 ? 2 : 1;
            counts.add(new EvidenceCount(Math.abs(x), truth, 2, positive));
            counts.add(new EvidenceCount(Math.abs(x), truth, 1, trials - positive));
        }
        return isChoice ? PsychometricData.choices(counts, 2) : PsychometricData.accuracy(counts, 2);
    }

    @ParameterizedTest
    @EnumSource(PsychometricFunction.class)
    void knownParametersAreRecoveredAndIntervalsCoverThem(PsychometricFunction function) {
        boolean isWeibull = function == PsychometricFunction.WEIBULL;
        double location = isWeibull ? 8 : 1;
        double scale = isWeibull ? 1.6 : 7;
        double truth = isWeibull
                ? function.quantile(0.5, location, scale)
                : (function.quantile(0.75, location, scale) - function.quantile(0.25, location, scale)) / 2;
        Random random = new Random(8);
        double sum = 0;
        int covered = 0;
        for (int observer = 0; observer < OBSERVERS; observer++) {
            PsychometricFit fit =
                    PsychometricFitter.fit(simulate(function, location, scale, 200, random), function, 400, observer);
            assertThat(fit.status()).isEqualTo(PsychometricFit.Status.FITTED);
            sum += fit.threshold();
            covered += fit.intervals().thresholdLow() <= truth
                            && truth <= fit.intervals().thresholdHigh()
                    ? 1
                    : 0;
        }
        System.out.printf(
                Locale.ROOT,
                "%s: bias of the threshold %.2f %%, coverage %.1f %%%n",
                function.label(),
                100 * (sum / OBSERVERS / truth - 1),
                100.0 * covered / OBSERVERS);

        assertThat(sum / OBSERVERS).isCloseTo(truth, within(0.03 * truth));
        assertThat((double) covered / OBSERVERS).isBetween(0.92, 0.98);
    }

    static Stream<JsonNode> fitsOfSciPy() throws IOException {
        try (InputStream in = PsychometricFitterTest.class.getResourceAsStream("/references/psychometric-fits.json")) {
            JsonNode fits = new ObjectMapper().readTree(in).path("fits");
            assertThat(fits).hasSize(10);
            return StreamSupport.stream(fits.spliterator(), false);
        }
    }

    @ParameterizedTest
    @MethodSource("fitsOfSciPy")
    void maximumLikelihoodIsThatOfSciPy(JsonNode reference) {
        boolean isChoice = reference.path("kind").asText().equals("choice");
        List<EvidenceCount> counts = new ArrayList<>();
        for (int i = 0; i < reference.path("coherences").size(); i++) {
            double x = reference.path("coherences").path(i).asDouble();
            long positive = reference.path("positive").path(i).asLong();
            long trials = reference.path("trials").path(i).asLong();
            counts.add(new EvidenceCount(Math.abs(x), x >= 0 ? 2 : 1, 2, positive));
            counts.add(new EvidenceCount(Math.abs(x), x >= 0 ? 2 : 1, 1, trials - positive));
        }
        PsychometricFunction function = Stream.of(PsychometricFunction.values())
                .filter(f -> f.label().equals(reference.path("function").asText()))
                .findFirst()
                .orElseThrow();

        PsychometricFit fit = PsychometricFitter.fit(
                isChoice ? PsychometricData.choices(counts, 2) : PsychometricData.accuracy(counts, 2), function);

        assertThat(fit.deviance()).isCloseTo(reference.path("deviance").asDouble(), within(1e-3));
        assertThat(fit.threshold() / reference.path("threshold").asDouble()).isCloseTo(1, within(1e-3));
        assertThat(fit.scale() / reference.path("scale").asDouble()).isCloseTo(1, within(1e-3));
        assertThat(fit.location())
                .isCloseTo(
                        reference.path("location").asDouble(),
                        within(1e-3 * reference.path("threshold").asDouble()));
        assertThat(fit.lapse()).isCloseTo(reference.path("lapse").asDouble(), within(1e-3));
    }

    @Test
    void theIdealObserversThresholdIsThatOfItsNoise() {
        List<EvidenceCount> counts = ofAccuracy(IDEAL, 2000);
        PsychometricFit fit = PsychometricFitter.fit(
                PsychometricData.choices(counts, 2).ofIdeal(IDEAL), PsychometricFunction.CUMULATIVE_GAUSSIAN);

        double sigma = 6.4 / 1.4307; // its accuracy is Phi(c / sigma)
        assertThat(fit.threshold()).isCloseTo(0.67449 * sigma, within(0.002));
        assertThat(fit.bias()).isCloseTo(0, within(1e-6));
        assertThat(fit.slope()).isCloseTo(1 / (sigma * Math.sqrt(2 * Math.PI)), within(1e-4));
    }

    /**
     * No other parameters are better, wherever the optimizer has begun: also where the data leave it nothing to gain, as those of an ideal
     * observer do, which a function without lapses fits exactly.
     */
    @Test
    void noOtherParametersHaveALowerDeviance() {
        Random random = new Random(7);
        int fitted = 0;
        for (int observer = 0; observer < 300; observer++) {
            double scale = Math.exp(1 + random.nextGaussian());
            double lapse = random.nextDouble() < 0.5 ? 0 : 0.2 * random.nextDouble();
            long trials = 50 + random.nextInt(2000);
            TreeMap<Double, Double> rates = new TreeMap<>();
            IDEAL.keySet().forEach(x -> rates.put(x, 1 - lapse / 2 - (1 - lapse) / (1 + Math.exp(x / scale))));
            List<EvidenceCount> counts = ofAccuracy(rates, trials);
            for (PsychometricData measured :
                    List.of(PsychometricData.choices(counts, 2), PsychometricData.accuracy(counts, 2))) {
                for (PsychometricData data : List.of(measured, measured.ofIdeal(IDEAL))) {
                    for (PsychometricFunction function : PsychometricFunction.values()) {
                        if (function.isFor(data.kind())) {
                            fitted += isLowest(data, function, random) ? 1 : 0;
                        }
                    }
                }
            }
        }
        assertThat(fitted).isGreaterThan(1000);
    }

    private static boolean isLowest(PsychometricData data, PsychometricFunction function, Random random) {
        PsychometricFit fit = PsychometricFitter.fit(data, function);
        if (!fit.isFitted()) {
            return false;
        }
        PsychometricModel model = new PsychometricModel(data, function);
        double[] best = model.coordinates(fit.location(), fit.scale(), 0.01);
        double reach = 1;
        double lowest = Double.POSITIVE_INFINITY;
        for (int n = 0; n < 400; n++) {
            double[] other = best.clone();
            for (int c = 0; c < other.length; c++) {
                other[c] += reach
                        * random.nextGaussian()
                        * (c == 0 && function != PsychometricFunction.WEIBULL ? fit.scale() : 1);
            }
            double deviance = model.deviance(other);
            if (deviance < lowest) {
                lowest = deviance;
                best = other;
            } else {
                reach = Math.max(0.01, 0.98 * reach);
            }
        }
        assertThat(fit.deviance()).as("%s of %s", function, data.kind()).isLessThan(lowest + 1e-6);
        return true;
    }

    /** These two were given as they were begun, 3.07 and 5.18. */
    @Test
    void whatLeavesTheOptimizerNothingToGainIsFitted() {
        List<EvidenceCount> ideal = ofAccuracy(IDEAL, 2000);
        assertThat(PsychometricFitter.fit(
                                PsychometricData.accuracy(ideal, 2).ofIdeal(IDEAL), PsychometricFunction.LOGISTIC)
                        .threshold())
                .isCloseTo(4.23, within(0.05));
    }

    @ParameterizedTest
    @EnumSource(PsychometricFunction.class)
    void equalSeedsGiveEqualBits(PsychometricFunction function) {
        PsychometricData data = simulate(function, 7, 2, 100, new Random(3));

        assertThat(PsychometricFitter.fit(data, function, 50, 4))
                .isEqualTo(PsychometricFitter.fit(data, function, 50, 4))
                .isNotEqualTo(PsychometricFitter.fit(data, function, 50, 5));
    }

    /** Networks of a sweep: some hardly trained, some that know one answer, few trials each. */
    @Test
    void whateverIsChosenThereIsAFitOrAStatus() {
        Random random = new Random(5);
        for (int observer = 0; observer < 1000; observer++) {
            double bias = 10 * random.nextGaussian();
            double scale = Math.exp(2 + 2 * random.nextGaussian());
            double lapse = random.nextDouble() < 0.5 ? 0 : 0.6 * random.nextDouble();
            List<EvidenceCount> counts = new ArrayList<>();
            for (double coherence : IDEAL.keySet()) {
                for (int truth = 1; truth <= 2; truth++) {
                    double signed = truth == 2 ? coherence : -coherence;
                    double rate = lapse / 2 + (1 - lapse) / (1 + Math.exp(-(signed - bias) / scale));
                    long trials = 5 + random.nextInt(200);
                    long second = random.doubles(trials).filter(u -> u < rate).count();
                    counts.add(new EvidenceCount(coherence, truth, 2, second));
                    counts.add(new EvidenceCount(coherence, truth, 1, trials - second));
                }
            }
            for (PsychometricData data :
                    List.of(PsychometricData.choices(counts, 2), PsychometricData.accuracy(counts, 2))) {
                for (PsychometricFunction function : PsychometricFunction.values()) {
                    if (function.isFor(data.kind())) {
                        PsychometricFit fit = PsychometricFitter.fit(data, function, 5, observer);
                        assertThat(Double.isFinite(fit.threshold()) && Double.isFinite(fit.slope()))
                                .isEqualTo(fit.isFitted());
                        assertThat(PsychometricFitter.fit(data.ofIdeal(IDEAL), function)
                                        .isFitted())
                                .isTrue();
                    }
                }
            }
        }
    }

    @Test
    void whatCannotBeFittedHasAStatusAndNoNumber() {
        assertStatus(PsychometricFit.Status.NO_TRIALS, List.of());
        assertStatus(PsychometricFit.Status.TOO_FEW_STRENGTHS, ofAccuracy(new TreeMap<>(Map.of(12.8, 0.8)), 1000));
        assertStatus(
                PsychometricFit.Status.ALL_CORRECT,
                ofAccuracy(new TreeMap<>(Map.of(0.0, 0.5, 6.4, 1.0, 12.8, 1.0, 25.6, 1.0, 51.2, 1.0)), 1000));
        assertStatus(
                PsychometricFit.Status.AT_CHANCE,
                ofAccuracy(new TreeMap<>(Map.of(0.0, 0.5, 6.4, 0.5, 12.8, 0.5, 25.6, 0.5, 51.2, 0.5)), 1000));
        assertStatus(
                PsychometricFit.Status.OUT_OF_RANGE,
                ofAccuracy(new TreeMap<>(Map.of(0.0, 0.5, 6.4, 0.51, 12.8, 0.52, 25.6, 0.54, 51.2, 0.58)), 1000));
    }

    private static void assertStatus(PsychometricFit.Status status, List<EvidenceCount> counts) {
        for (PsychometricFit fit : List.of(
                PsychometricFitter.fit(
                        PsychometricData.choices(counts, 2), PsychometricFunction.CUMULATIVE_GAUSSIAN, 20, 1),
                PsychometricFitter.fit(PsychometricData.accuracy(counts, 2), PsychometricFunction.WEIBULL, 20, 1))) {
            assertThat(fit.status()).as(fit.kind().label()).isEqualTo(status);
            assertThat(fit.threshold()).isNaN();
            assertThat(fit.slope()).isNaN();
            assertThat(fit.intervals().thresholdLow()).isNaN();
            assertThat(fit.predict(10)).isNaN();
        }
    }

    @Test
    void aWeibullFunctionHasNoSignedCoherences() {
        PsychometricData data = PsychometricData.choices(ofAccuracy(IDEAL, 100), 2);

        assertThatThrownBy(() -> PsychometricFitter.fit(data, PsychometricFunction.WEIBULL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("weibull");
    }

    @Test
    void noResponseIsLeftOutOfChoicesAndWrongInAccuracy() {
        List<EvidenceCount> counts = List.of(new EvidenceCount(10, 2, 2, 6), new EvidenceCount(10, 2, 0, 4));

        assertThat(PsychometricData.choices(counts, 2).rate(0)).isEqualTo(1);
        assertThat(PsychometricData.accuracy(counts, 2).rate(0)).isEqualTo(0.6);
    }

    /** As many right choices as an accuracy says, for each direction. */
    private static List<EvidenceCount> ofAccuracy(Map<Double, Double> accuracy, long trials) {
        List<EvidenceCount> counts = new ArrayList<>();
        accuracy.forEach((coherence, rate) -> {
            for (int truth = 1; truth <= 2; truth++) {
                long right = Math.round(rate * trials);
                counts.add(new EvidenceCount(coherence, truth, truth, right));
                counts.add(new EvidenceCount(coherence, truth, 3 - truth, trials - right));
            }
        });
        return counts;
    }
}
