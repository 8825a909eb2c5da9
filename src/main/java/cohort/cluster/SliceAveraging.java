package cohort.cluster;

import cohort.run.AveragedRound;
import cohort.training.Averaging;
import cohort.training.LearnerState;
import cohort.training.LocalResult;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Averages through a shuffle: every worker cuts its state into slices, each task averages one slice of all workers, and the driver
 * receives the average alone. For large networks, whose states together the driver could neither hold nor receive in good
 * time. A mean is taken entry by entry, so the bits are those of {@link DriverAveraging}.
 */
final class SliceAveraging {
    /** Floats of a worker's parameters in a slice, at most: with two moments, a slice is 6 MB. */
    private static final int SLICE = 1 << 19;

    private SliceAveraging() {}

    /** One worker's slice; the result's state is the slice. */
    private record Part(int worker, LocalResult result) implements Serializable {}

    /** The mean of one slice, and what the workers report besides. */
    private record Mean(int slice, AveragedRound round) implements Serializable {}

    static AveragedRound run(JavaRDD<Shard> shards, WorkerSteps steps, int parameters) {
        int count = Math.max(shards.context().defaultParallelism(), (parameters + SLICE - 1) / SLICE);
        JavaPairRDD<Integer, Iterable<Part>> slices = shards.flatMapToPair(shard -> {
                    LocalResult result = steps.train(shard);
                    List<Tuple2<Integer, Part>> parts = new ArrayList<>();
                    for (int slice = 0; slice < count; slice++) {
                        LearnerState part = result.state()
                                .slice(start(slice, count, parameters), start(slice + 1, count, parameters));
                        parts.add(new Tuple2<>(slice, new Part(shard.worker(), result.withState(part))));
                    }
                    return parts.iterator();
                })
                .groupByKey(new HashPartitioner(count));
        List<Mean> means = new ArrayList<>(
                slices.map(slice -> new Mean(slice._1(), average(slice._2()))).collect());
        slices.rdd().cleanShuffleDependencies(false);
        means.sort(Comparator.comparingInt(Mean::slice));
        List<LearnerState> states = new ArrayList<>();
        means.forEach(mean -> states.add(mean.round().average()));
        return new AveragedRound(means.get(0).round().workers(), LearnerState.join(states));
    }

    private static AveragedRound average(Iterable<Part> parts) {
        List<Part> inOrder = new ArrayList<>();
        parts.forEach(inOrder::add);
        inOrder.sort(Comparator.comparingInt(Part::worker));
        List<LocalResult> results = new ArrayList<>();
        inOrder.forEach(part -> results.add(part.result()));
        LearnerState average = Averaging.average(results);
        results.replaceAll(result -> result.withState(null));
        return new AveragedRound(results, average);
    }

    private static int start(int slice, int count, int parameters) {
        return (int) ((long) slice * parameters / count);
    }
}
