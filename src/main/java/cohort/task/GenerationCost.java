package cohort.task;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * How long a mean trial of a task takes to generate on one core, and how long the two things take that no trial can do without: its
 * random numbers, drawn one after the other from the same streams, and its arrays, written once. Times are those of this thread on the processor: other programs may run there, too.
 *
 * @param steps of a mean trial
 * @param gaussians normal numbers that it draws
 * @param uniforms other random numbers that it draws
 * @param bytes of its inputs, targets and weights
 * @param trialNanos time of a trial, ns
 * @param numberNanos time of its random numbers, from the opening of the stream on, ns
 * @param arrayNanos time of writing its inputs, targets and weights once, ns
 */
public record GenerationCost(
        double steps,
        double gaussians,
        double uniforms,
        double bytes,
        double trialNanos,
        double numberNanos,
        double arrayNanos) {
    /** Trials that are generated over and over again; the mean one is theirs. */
    private static final int TRIALS = 128;

    private static final long SEED = 1;

    /** Time of random numbers and arrays, ns. */
    public double floorNanos() {
        return numberNanos + arrayNanos;
    }

    /** Time of a trial / that of its random numbers and arrays. */
    public double ratio() {
        return trialNanos / floorNanos();
    }

    /**
     * Measures it on this thread.
     *
     * @param seconds how long that takes if nothing else runs; the first half is left to the compiler, the best pass of the second half counts
     */
    public static GenerationCost of(Task task, double seconds) {
        return new Measurement(task).cost(seconds);
    }

    private static final class Measurement {
        private final TrialSource source;
        private final Trial trial;
        private final int streams;
        private final int[] steps = new int[TRIALS];
        private final int[] gaussians = new int[TRIALS];
        private final int[] uniforms = new int[TRIALS];
        private final float[] inputs;
        private final float[] targets;
        private final float[] weights;
        /** Made of all numbers, so that the compiler leaves none of them out. */
        private double sum;

        Measurement(Task task) {
            source = task.trials(SEED, Split.TRAIN);
            trial = new Trial(source.signature());
            streams = task.blockSize() > 1 ? 2 : 1;
            for (int index = 0; index < TRIALS; index++) {
                CountingRandom counted = CountingRandom.ofTrial(task, SEED, index, trial);
                gaussians[index] = counted.gaussians();
                uniforms[index] = counted.uniforms();
                steps[index] = source.steps(index);
            }
            int longest = Arrays.stream(steps).max().orElseThrow();
            inputs = new float[longest * trial.channels()];
            targets = new float[longest * trial.outputs()];
            weights = new float[longest];
        }

        GenerationCost cost(double seconds) {
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            long start = threads.getCurrentThreadCpuTime();
            while (threads.getCurrentThreadCpuTime() - start < seconds / 2 * 1e9) {
                generate();
            }
            long trialNanos = Long.MAX_VALUE;
            long numberNanos = Long.MAX_VALUE;
            long arrayNanos = Long.MAX_VALUE;
            do {
                long began = threads.getCurrentThreadCpuTime();
                generate();
                long generated = threads.getCurrentThreadCpuTime();
                draw();
                long drawn = threads.getCurrentThreadCpuTime();
                write();
                long written = threads.getCurrentThreadCpuTime();
                trialNanos = Math.min(trialNanos, generated - began);
                numberNanos = Math.min(numberNanos, drawn - generated);
                arrayNanos = Math.min(arrayNanos, written - drawn);
            } while (threads.getCurrentThreadCpuTime() - start < seconds * 1e9);
            if (Double.isNaN(sum)) {
                throw new IllegalStateException("the sum of random numbers is none");
            }
            double meanSteps = mean(steps);
            return new GenerationCost(
                    meanSteps,
                    mean(gaussians),
                    mean(uniforms),
                    meanSteps * Float.BYTES * (trial.channels() + trial.outputs() + 1),
                    trialNanos / (double) TRIALS,
                    numberNanos / (double) TRIALS,
                    arrayNanos / (double) TRIALS);
        }

        private static double mean(int[] counts) {
            return Arrays.stream(counts).average().orElseThrow();
        }

        private void generate() {
            for (int index = 0; index < TRIALS; index++) {
                source.read(index, trial);
            }
        }

        private void draw() {
            for (int index = 0; index < TRIALS; index++) {
                for (int stream = 1; stream < streams; stream++) {
                    sum += RandomStreams.ofBlock(SEED, Split.TRAIN, index).nextDouble();
                }
                UniformRandomProvider random = RandomStreams.of(SEED, Split.TRAIN, index);
                ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
                for (int n = 0; n < uniforms[index]; n++) {
                    sum += random.nextDouble();
                }
                for (int n = 0; n < gaussians[index]; n++) {
                    sum += gaussian.sample();
                }
            }
        }

        private void write() {
            for (int index = 0; index < TRIALS; index++) {
                Arrays.fill(inputs, 0, steps[index] * trial.channels(), 0);
                Arrays.fill(targets, 0, steps[index] * trial.outputs(), 0);
                Arrays.fill(weights, 0, steps[index], 1);
            }
        }
    }
}
