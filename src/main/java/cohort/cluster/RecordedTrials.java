package cohort.cluster;

import cohort.task.PerceptualDecisionMaking;
import cohort.task.Trial;
import cohort.task.TrialSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One worker's trials as they were read from a table. */
final class RecordedTrials implements TrialSource {
    private final PerceptualDecisionMaking task;
    private final Map<Long, TrialRow> rows = new HashMap<>();

    /** A logical worker's rows. */
    record Recorded(int worker, List<TrialRow> rows) implements Shard {
        @Override
        public TrialSource open(TrainingPlan plan) {
            return new RecordedTrials(new PerceptualDecisionMaking(plan.task()), rows);
        }
    }

    RecordedTrials(PerceptualDecisionMaking task, List<TrialRow> rows) {
        this.task = task;
        rows.forEach(row -> this.rows.put(row.getTrial(), row));
    }

    @Override
    public int channels() {
        return task.inputs();
    }

    @Override
    public int outputs() {
        return task.outputs();
    }

    @Override
    public int minSteps() {
        return task.minSteps();
    }

    @Override
    public int maxSteps() {
        return task.maxSteps();
    }

    @Override
    public int steps(long index) {
        return row(index).getDecisionEnd();
    }

    @Override
    public void read(long index, Trial into) {
        row(index).copyInto(into, task.inputs());
    }

    private TrialRow row(long index) {
        TrialRow row = rows.get(index);
        if (row == null) {
            throw new IllegalArgumentException("trial " + index + " is not in the table");
        }
        return row;
    }
}
