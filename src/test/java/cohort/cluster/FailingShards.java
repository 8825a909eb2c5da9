package cohort.cluster;

import java.util.Iterator;
import java.util.SplittableRandom;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;

/** Shards whose tasks fail now and then: before the worker's steps, or after them when the result is on its way. */
final class FailingShards {
    private FailingShards() {}

    /** Makes 20 % of all attempts fail, half of them before and half after the work. */
    static JavaRDD<Shard> of(JavaRDD<Shard> shards) {
        return shards.mapPartitions(iterator -> {
            double chance = new SplittableRandom(TaskContext.get().taskAttemptId()).nextDouble();
            if (chance < 0.1) {
                throw new IllegalStateException("injected before the steps");
            }
            return chance < 0.2 ? failingAtTheEnd(iterator) : iterator;
        });
    }

    private static Iterator<Shard> failingAtTheEnd(Iterator<Shard> shards) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                if (!shards.hasNext()) {
                    throw new IllegalStateException("injected after the steps");
                }
                return true;
            }

            @Override
            public Shard next() {
                return shards.next();
            }
        };
    }
}
