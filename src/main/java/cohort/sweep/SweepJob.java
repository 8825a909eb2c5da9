package cohort.sweep;

import cohort.cluster.MixedFleetException;
import cohort.cluster.OwnKinds;
import cohort.run.RunEngine;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.collection.Iterator;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/** Runs of a sweep as one Spark job: every task does whole runs, one after another, and is heard of as soon as it is done. */
final class SweepJob {
    private static final ClassTag<List<RunResult>> RESULTS = ClassTag$.MODULE$.apply(List.class);
    private static final long POLL_MILLIS = 100;

    private final JavaSparkContext spark;
    private final SweepRun.Setup setup;

    SweepJob(JavaSparkContext spark, SweepRun.Setup setup) {
        this.spark = spark;
        this.setup = setup;
    }

    /** Who hears of results, on the thread that waits for them. */
    interface Listener {
        /** Receives what has come in since the last time, maybe nothing; returns whether to go on. */
        boolean accept(List<RunResult> results) throws IOException;
    }

    /**
     * Does some legs.
     *
     * @param listener is called several times a second
     */
    void run(List<SweepLeg> legs, Listener listener) throws IOException {
        if (legs.isEmpty()) {
            return;
        }
        OwnKinds.ship(spark);
        List<List<SweepLeg>> packs = SweepPacks.cut(legs, spark.defaultParallelism());
        JavaRDD<List<SweepLeg>> tasks = spark.parallelize(packs, packs.size());
        LinkedBlockingQueue<List<RunResult>> done = new LinkedBlockingQueue<>();
        String group = UUID.randomUUID().toString();
        CompletableFuture<Void> job = CompletableFuture.runAsync(() -> {
            spark.setJobGroup(group, "sweep");
            spark.sc().runJob(tasks.rdd(), new Pack(setup), new Handler(done), RESULTS);
        });
        boolean goOn = true;
        while (goOn && !(job.isDone() && done.isEmpty())) {
            goOn = listener.accept(poll(done));
        }
        if (goOn) {
            job.join(); // throws what ended the job
        } else {
            spark.cancelJobGroup(group);
        }
    }

    private static List<RunResult> poll(LinkedBlockingQueue<List<RunResult>> done) {
        try {
            List<RunResult> results = done.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
            return results == null ? List.of() : results;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A task. */
    private static final class Pack extends AbstractFunction2<TaskContext, Iterator<List<SweepLeg>>, List<RunResult>>
            implements Serializable {
        private static final long serialVersionUID = 1;

        private final SweepRun.Setup setup;

        Pack(SweepRun.Setup setup) {
            this.setup = setup;
        }

        @Override
        public List<RunResult> apply(TaskContext task, Iterator<List<SweepLeg>> packs) {
            MixedFleetException.throwUnless(setup.blas());
            List<RunResult> results = new ArrayList<>();
            RunEngine.Slot slot = new RunEngine.Slot();
            while (packs.hasNext()) {
                for (SweepLeg leg : packs.next()) {
                    try {
                        results.add(SweepRun.of(setup, slot, leg, () -> true));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e.getMessage(), e);
                    }
                }
            }
            return results;
        }
    }

    /** Takes a task's results from Spark's own thread to the one that waits. */
    private static final class Handler extends AbstractFunction2<Object, List<RunResult>, BoxedUnit> {
        private final LinkedBlockingQueue<List<RunResult>> done;

        Handler(LinkedBlockingQueue<List<RunResult>> done) {
            this.done = done;
        }

        @Override
        public BoxedUnit apply(Object task, List<RunResult> results) {
            done.add(results);
            return BoxedUnit.UNIT;
        }
    }
}
