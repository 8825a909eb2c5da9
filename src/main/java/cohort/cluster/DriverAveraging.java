package cohort.cluster;

import cohort.run.AveragedRound;
import cohort.training.Averaging;
import cohort.training.LocalResult;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import scala.collection.Iterator;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;

/**
 * Averages in the driver, which receives every worker's whole state: one job a round, the quickest way for small networks.
 *
 * <p>A class and not a lambda, run without {@code map} and {@code collect}: Spark takes lambdas apart at every job to see what they
 * capture, which costs 8 ms, half of what a round may cost besides computing.
 */
final class DriverAveraging extends AbstractFunction2<TaskContext, Iterator<Shard>, List<LocalResult>>
        implements Serializable {
    private static final long serialVersionUID = 1;
    private static final ClassTag<List<LocalResult>> RESULT = ClassTag$.MODULE$.apply(List.class);

    private final WorkerSteps steps;

    private DriverAveraging(WorkerSteps steps) {
        this.steps = steps;
    }

    static AveragedRound run(JavaRDD<Shard> shards, WorkerSteps steps) {
        List<LocalResult> results = new ArrayList<>();
        @SuppressWarnings("unchecked") // an array of the class tag's type
        List<LocalResult>[] perPartition =
                (List<LocalResult>[]) shards.context().runJob(shards.rdd(), new DriverAveraging(steps), RESULT);
        for (List<LocalResult> ofPartition : perPartition) {
            results.addAll(ofPartition);
        }
        return new AveragedRound(results, Averaging.average(results));
    }

    @Override
    public List<LocalResult> apply(TaskContext task, Iterator<Shard> shards) {
        List<LocalResult> results = new ArrayList<>();
        while (shards.hasNext()) {
            results.add(steps.train(shards.next()));
        }
        return results;
    }
}
