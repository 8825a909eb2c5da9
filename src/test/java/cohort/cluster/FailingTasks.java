package cohort.cluster;

import java.util.SplittableRandom;
import org.apache.spark.TaskContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.SparkPlugin;
import org.apache.spark.util.TaskCompletionListener;

/** A plugin for executors of a real cluster: 20 % of all attempts at any task fail at their very end, their work done. */
public final class FailingTasks implements SparkPlugin {
    @Override
    public DriverPlugin driverPlugin() {
        return null;
    }

    @Override
    public ExecutorPlugin executorPlugin() {
        return new ExecutorPlugin() {
            @Override
            public void onTaskStart() {
                TaskContext task = TaskContext.get();
                if (new SplittableRandom(task.taskAttemptId()).nextDouble() < 0.2) {
                    TaskCompletionListener listener = ended -> {
                        throw new IllegalStateException("injected");
                    };
                    task.addTaskCompletionListener(listener);
                }
            }
        };
    }
}
