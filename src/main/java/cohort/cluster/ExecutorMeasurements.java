package cohort.cluster;

import cohort.linalg.Blas;
import cohort.linalg.BlasInfo;
import cohort.network.Initialisation;
import cohort.network.NetworkSpec;
import cohort.network.Parameters;
import cohort.task.Batch;
import cohort.task.BatchSource;
import cohort.task.Batching;
import cohort.task.Purpose;
import cohort.task.RandomStreams;
import cohort.task.Split;
import cohort.task.Task;
import cohort.task.Trial;
import cohort.task.TrialSource;
import cohort.training.LearnerState;
import cohort.training.LocalTrainer;
import cohort.training.TrainingSpec;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;

/** How fast the executors are at what a training is made of. */
public final class ExecutorMeasurements {
    private static final int PEAK_SIZE = 1024;

    private ExecutorMeasurements() {}

    /** The BLAS of every executor that answers, by executor id. */
    public static Map<String, BlasInfo> blas(JavaSparkContext spark) {
        int tasks = 4 * spark.defaultParallelism();
        Map<String, BlasInfo> byExecutor = new TreeMap<>();
        spark.parallelize(IntStream.range(0, tasks).boxed().collect(Collectors.toList()), tasks)
                .mapToPair(task -> new scala.Tuple2<>(
                        SparkEnv.get().executorId(), Blas.instance().info()))
                .collect()
                .forEach(pair -> byExecutor.put(pair._1(), pair._2()));
        return byExecutor;
    }

    /**
     * A training step against the matrix products of the same machine in the same seconds.
     *
     * @param peakGigaflops speed of a product of 1024^3 on one core
     * @param stepMillis median time of an optimizer step, from generating the batch to the update
     * @param stepGigaflops its arithmetic per second; what is left out for silent units does not count
     * @param activeUnits units that took part in a step
     */
    public record Step(double peakGigaflops, double stepMillis, double stepGigaflops, int activeUnits)
            implements Serializable {
        /** The fraction of the peak that a step reaches. */
        public double efficiency() {
            return stepGigaflops / peakGigaflops;
        }
    }

    /**
     * Times training steps on one core of one executor, in turns with the peak, and takes medians: these machines are shared.
     *
     * @param seconds about how long it may take
     */
    public static Step step(
            JavaSparkContext spark,
            Task task,
            Batching batching,
            NetworkSpec network,
            TrainingSpec training,
            double seconds) {
        return spark.parallelize(List.of(0), 1)
                .map(ignored -> measureStep(task, batching, network, training, seconds))
                .first();
    }

    private static Step measureStep(
            Task task, Batching batching, NetworkSpec network, TrainingSpec training, double seconds) {
        BatchSource batches = batching.open(task.trials(1, Split.TRAIN), 0, 1);
        LocalTrainer trainer = new LocalTrainer(network, training, batches.newBatch());
        Parameters parameters = new Parameters(network);
        Initialisation.PYTORCH.draw(parameters, RandomStreams.of(1, Purpose.INITIALISATION, 0));
        LearnerState state = LearnerState.initial(parameters.values(), training.optimizer());

        long end = System.nanoTime() + (long) (seconds / 2 * 1e9); // the first half lets the compiler finish
        long warmUpSteps = 0;
        while (System.nanoTime() < end) {
            state = trainer.run(state, 10, batches, 0).state();
            warmUpSteps += 10;
        }
        int chunk = (int) Math.max(3, warmUpSteps / 20);
        double[] stepNanos = new double[7];
        double[] peakNanos = new double[7];
        Peak peak = new Peak();
        for (int i = 0; i < stepNanos.length; i++) {
            state = trainer.run(state, 1, batches, 0).state(); // the large product has emptied the caches
            long started = System.nanoTime();
            state = trainer.run(state, chunk, batches, 0).state();
            stepNanos[i] = (System.nanoTime() - started) / (double) chunk;
            peakNanos[i] = peak.nanos();
        }
        double stepTime = median(stepNanos);
        return new Step(
                Peak.FLOPS / median(peakNanos), stepTime / 1e6, trainer.flops() / stepTime, trainer.activeUnits());
    }

    /** A large matrix product: what the processor can do at best. */
    private static final class Peak {
        static final double FLOPS = 2.0 * PEAK_SIZE * PEAK_SIZE * PEAK_SIZE;
        private final float[] a = new float[PEAK_SIZE * PEAK_SIZE];
        private final float[] b = new float[PEAK_SIZE * PEAK_SIZE];
        private final float[] c = new float[PEAK_SIZE * PEAK_SIZE];

        Peak() {
            Arrays.fill(a, 0.5f);
            Arrays.fill(b, 0.25f);
        }

        double nanos() {
            long started = System.nanoTime();
            for (int i = 0; i < 3; i++) {
                Blas.instance().gemm(false, false, PEAK_SIZE, PEAK_SIZE, PEAK_SIZE, a, 0, b, 0, 0f, c, 0);
            }
            return (System.nanoTime() - started) / 3.0;
        }
    }

    /** Time steps of trials generated per second on one core, in memory: whole trials, and windows as a training reads them. */
    public record Generation(double trialStepsPerSecond, double windowStepsPerSecond) implements Serializable {}

    /** Times trial generation on one core of one executor. */
    public static Generation generation(JavaSparkContext spark, Task task, Batching batching, double seconds) {
        return spark.parallelize(List.of(0), 1)
                .map(ignored -> {
                    TrialSource trials = task.trials(1, Split.TRAIN);
                    Trial trial = new Trial(trials.signature());
                    double trialRate = rate(seconds / 2, index -> {
                        trials.read(index, trial);
                        return trial.steps();
                    });
                    BatchSource batches = batching.open(trials, 0, 1);
                    Batch batch = batches.newBatch();
                    double windowRate = rate(seconds / 2, index -> {
                        batches.read(index, batch);
                        return (long) batch.steps() * batch.lanes();
                    });
                    return new Generation(trialRate, windowRate);
                })
                .first();
    }

    private interface Work {
        /** Does the work with this number and returns how many time steps it made. */
        long run(long index);
    }

    /** Median over slices of the time, the first half being left to the compiler. */
    private static double rate(double seconds, Work work) {
        final int slices = 20;
        double[] rates = new double[slices];
        long index = 0;
        for (int slice = 0; slice < slices; slice++) {
            long started = System.nanoTime();
            long end = started + (long) (seconds / slices * 1e9);
            long steps = 0;
            while (System.nanoTime() < end) {
                for (int i = 0; i < 20; i++) {
                    steps += work.run(index++);
                }
            }
            rates[slice] = steps / ((System.nanoTime() - started) / 1e9);
        }
        return median(Arrays.copyOfRange(rates, slices / 2, slices));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
