package cohort.warehouse;

import cohort.run.RunSpec;
import cohort.task.Psychometry;
import cohort.task.Response;
import cohort.task.Signature;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Optional;

/**
 * What a row of a run is about.
 *
 * @param run the run
 * @param task signature of its task
 * @param step optimizer steps that its network had done
 * @param value what the row is about
 */
record OfRun<T>(RunSpec run, Signature task, long step, T value) {
    String runId() {
        return run.runId();
    }

    long seed() {
        return run.seed();
    }

    /** Of a task that is written in the configuration this is not its name. */
    String kind() {
        Config config = ConfigFactory.parseString(run.config());
        return config.hasPath("task.kind") ? config.getString("task.kind") : task.name();
    }

    Response response() {
        return run.response();
    }

    Optional<Psychometry> psychometry() {
        return run.plan().task().psychometry();
    }
}
