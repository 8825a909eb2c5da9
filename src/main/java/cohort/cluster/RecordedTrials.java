package cohort.cluster;

import cohort.task.Task;
import cohort.task.Trial;
import cohort.task.TrialSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One worker's trials as they were read from a table. */
final class RecordedTrials implements TrialSource {
    private final Task task;
    private final Map<Long, TrialRow> rows = new HashMap<>();

    /** A logical worker's rows. */
    record Recorded(int worker, List<TrialRow> rows) implements Shard {
        @Override
        public TrialSource open(TrainingPlan plan) {
            return new RecordedTrials(plan.task(), rows);
        }
    }

    RecordedTrials(Task task, List<TrialRow> rows) {
        this.task = task;
        rows.forEach(row -> this.rows.put(row.getTrial(), row));
    }

    @Override
    public int channels() {
        return task.signature().inputs();
    }

    @Override
    public int outputs() {
        return task.signature().outputs();
    }

    @Override
    public int minSteps() {
        return task.signature().minSteps();
    }

    @Override
    public int maxSteps() {
        return task.signature().maxSteps();
    }

    @Override
    public int steps(long index) {
        return row(index).getDecisionEnd();
    }

    @Override
    public void read(long index, Trial into) {
        row(index).copyInto(into, task.signature().inputs());
    }

    private TrialRow row(long index) {
        TrialRow row = rows.get(index);
        if (row == null) {
            throw new IllegalArgumentException("trial " + index + " is not in the table");
        }
        return row;
    }
}
