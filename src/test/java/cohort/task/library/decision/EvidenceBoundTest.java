package cohort.task.library.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cohort.task.DecisionTimes;
import cohort.task.Purpose;
import cohort.task.RandomStreams;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvidenceBoundTest {
    private static final int TRIALS = 400_000;

    @ParameterizedTest
    @CsvSource({"0, 30, 0, 2.5", "0.1, 40, 1, 4", "0.4, 25, 0, 1.3", "0.2, 30, 5, 3", "1.5, 12, 2, 6", "0.3, 7, 6, 2"})
    void simulationsDoNoOther(double drift, int steps, int silent, double bound) {
        ZigguratSampler.NormalizedGaussian gaussian =
                ZigguratSampler.NormalizedGaussian.of(RandomStreams.of(7, Purpose.BOOTSTRAP, steps));
        double right = 0;
        double time = 0;
        double rightTime = 0;
        double square = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            double sum = 0;
            int step = 0;
            while (step < steps && (step <= silent || Math.abs(sum) < bound)) {
                sum += drift + gaussian.sample();
                step++;
            }
            double millis = (step - 1) * 20;
            time += millis;
            square += millis * millis;
            if (sum > 0) {
                right++;
                rightTime += millis;
            }
        }

        DecisionTimes expected = new EvidenceBound(drift, steps, silent, 20).with(bound);

        double error = Math.sqrt((square / TRIALS - time / TRIALS * time / TRIALS) / TRIALS);
        assertThat(right / TRIALS).isCloseTo(expected.accuracy(), within(2e-3));
        assertThat(time / TRIALS).isCloseTo(expected.meanMillis(), within(4 * error + 1e-9));
        assertThat(rightTime / right).isCloseTo(expected.rightMillis(), within(6 * error + 1e-9));
        double accuracy = expected.accuracy();
        assertThat(accuracy * expected.rightMillis() + (1 - accuracy) * expected.wrongMillis())
                .isCloseTo(expected.meanMillis(), within(1e-9));
    }

    /** Nobody is lost on the way: who has not answered at a step does so later. */
    @ParameterizedTest
    @ValueSource(doubles = {0.3, 1, 2.7, 9, 40})
    void whoeverWaitsAnswersInTheEnd(double bound) {
        EvidenceBound observer = new EvidenceBound(0, 60, 1, 20);

        assertThat(observer.answers(bound)).isCloseTo(1, within(1e-9));
        assertThat(observer.with(bound).accuracy()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void withoutABoundItAnswersAtOnceAndWithAHighOneLast() {
        EvidenceBound observer = new EvidenceBound(0.3, 25, 2, 20);
        NormalDistribution normal = NormalDistribution.of(0, 1);

        DecisionTimes first = observer.with(0);
        DecisionTimes last = observer.with(EvidenceBound.outOfReach(0.3, 25));

        assertThat(first.meanMillis()).isCloseTo(40, within(1e-9));
        assertThat(first.accuracy()).isCloseTo(normal.cumulativeProbability(0.3 * Math.sqrt(3)), within(1e-9));
        assertThat(last.meanMillis()).isCloseTo(480, within(1e-9));
        assertThat(last.accuracy()).isCloseTo(normal.cumulativeProbability(0.3 * Math.sqrt(25)), within(1e-9));
    }

    /** With small steps and much time: accuracy 1 / (1 + exp(-2 drift bound)), decision time bound / drift tanh(drift bound) steps. */
    @Test
    void itIsTheSequentialProbabilityRatioTest() {
        double drift = 0.05;
        double bound = 15;

        DecisionTimes times = new EvidenceBound(drift, 4_000, 0, 1).with(bound);

        double passed = bound + 0.583; // by how much a walk in steps passes its bound: Siegmund 1985
        assertThat(times.accuracy()).isCloseTo(1 / (1 + Math.exp(-2 * drift * passed)), within(1e-3));
        assertThat(times.meanMillis() + 1)
                .isCloseTo(passed / drift * Math.tanh(drift * passed), within(0.005 * passed / drift));
    }

    @Test
    void itTakesLongerAndIsRightMoreOftenTheHigherTheBound() {
        EvidenceBound observer = new EvidenceBound(0.2, 80, 1, 20);
        DecisionTimes before = observer.with(0);
        for (double bound = 0.5; bound < 12; bound += 0.5) {
            DecisionTimes times = observer.with(bound);
            assertThat(times.meanMillis()).isGreaterThan(before.meanMillis());
            assertThat(times.accuracy()).isGreaterThan(before.accuracy());
            before = times;
        }
    }
}
