package cohort.cluster;

import cohort.run.TrainingPlan;
import cohort.task.Split;
import cohort.task.TrialSource;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** One logical worker's share of the training trials. */
public interface Shard extends Serializable {
    /** Number of the logical worker. */
    int worker();

    /** Opens the trials this worker will ask for. */
    TrialSource open(TrainingPlan plan);

    /** Shards of workers that generate their trials, one partition each. */
    static JavaRDD<Shard> generated(JavaSparkContext spark, int workers) {
        List<Shard> shards = new ArrayList<>();
        for (int worker = 0; worker < workers; worker++) {
            shards.add(new Generated(worker));
        }
        return spark.parallelize(shards, workers);
    }

    /** Trials that are generated when they are asked for: nothing is stored or shipped. */
    record Generated(int worker) implements Shard {
        @Override
        public TrialSource open(TrainingPlan plan) {
            return plan.task().trials(plan.seed(), Split.TRAIN);
        }
    }
}
