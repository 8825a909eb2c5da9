package cohort.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Of sweeps that are played through: runs of known work take the time they take. */
class TimeLeftTest {
    private static final double PER_OPERATION = 2e-10;
    private static final double PER_RUN = 0.3;

    /** Seconds left that were estimated after each run, beside those there were. */
    private record Estimate(double estimated, double actual) {}

    private static double seconds(double work, double noise) {
        return (PER_RUN + PER_OPERATION * work) * noise;
    }

    private static List<Estimate> play(List<Double> works, double noise, long seed) {
        Random random = new Random(seed);
        double[] took = works.stream()
                .mapToDouble(work -> seconds(work, 1 + noise * (2 * random.nextDouble() - 1)))
                .toArray();
        double total = Arrays.stream(took).sum();
        double left = works.stream().mapToDouble(Double::doubleValue).sum();
        TimeLeft time = new TimeLeft();
        List<Estimate> estimates = new ArrayList<>();
        double elapsed = 0;
        for (int i = 0; i < took.length; i++) {
            elapsed += took[i];
            left -= works.get(i);
            time.add(works.get(i), took[i]);
            time.look(elapsed, left, took.length - i - 1);
            estimates.add(new Estimate(time.seconds(elapsed), total - elapsed));
        }
        return estimates;
    }

    /** As sweeps do it: the costliest first, and at the end many that cost next to nothing but their start. */
    private static List<Double> largeOnesFirst() {
        List<Double> works = new ArrayList<>();
        for (double work : new double[] {3e10, 8e9, 1e9, 1e8}) {
            for (int i = 0; i < 25; i++) {
                works.add(work);
            }
        }
        return works;
    }

    @Test
    void nothingIsSaidBeforeATenthOfTheWorkIsDone() {
        List<Estimate> estimates = play(largeOnesFirst(), 0, 1);

        assertThat(estimates.subList(0, 3)).allMatch(estimate -> Double.isNaN(estimate.estimated()));
        assertThat(estimates.subList(4, 100)).noneMatch(estimate -> Double.isNaN(estimate.estimated()));
        assertThat(estimates.get(99).estimated()).isCloseTo(0, within(1.0));
    }

    @Test
    void whatRunsTakeBesidesTheirWorkIsCountedSoonAfterTheFirstSmallOne() {
        List<Estimate> estimates = play(largeOnesFirst(), 0, 1);

        for (Estimate estimate : estimates.subList(30, 100)) {
            assertThat(estimate.estimated()).isCloseTo(estimate.actual(), within(0.25 * estimate.actual() + 4));
        }
    }

    /** From 65 s to 163 s in one line, as was seen, is no estimate. */
    @Test
    void noEstimateIsMuchMoreThanTheOneBefore() {
        for (long seed = 1; seed <= 20; seed++) {
            List<Estimate> estimates = play(largeOnesFirst(), 0.5, seed);
            for (int i = 5; i < estimates.size(); i++) {
                double before = estimates.get(i - 1).estimated();
                assertThat(estimates.get(i).estimated())
                        .as("seed %d, run %d", seed, i)
                        .isLessThan(1.3 * before + 3);
            }
        }
    }

    @Test
    void whoIsStoppedEarlyIsNotWaitedFor() {
        assertThat(new Halving(1, 0.5).expectedFraction()).isEqualTo(1);
        assertThat(new Halving(2, 0.25).expectedFraction()).isCloseTo(0.25 + 0.25 * 0.75, within(1e-12));
        assertThat(new Halving(3, 1 / 3.0).expectedFraction()).isCloseTo(7 / 27.0, within(1e-12));
    }
}
