package cohort.warehouse;

import cohort.cluster.Shard;
import cohort.run.TrainingPlan;
import cohort.task.Signature;
import cohort.task.Trial;
import cohort.task.TrialSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One worker's trials as they were read from a table. */
final class RecordedTrials implements TrialSource {
    private final Signature signature;
    private final Map<Long, TrialRow> rows = new HashMap<>();

    /** A logical worker's rows. */
    record Recorded(int worker, List<TrialRow> rows) implements Shard {
        @Override
        public TrialSource open(TrainingPlan plan) {
            return new RecordedTrials(plan.task().signature(), rows);
        }
    }

    RecordedTrials(Signature signature, List<TrialRow> rows) {
        this.signature = signature;
        rows.forEach(row -> this.rows.put(row.getTrial(), row));
    }

    @Override
    public Signature signature() {
        return signature;
    }

    @Override
    public int steps(long index) {
        return row(index).steps();
    }

    @Override
    public void read(long index, Trial into) {
        row(index).copyInto(into);
    }

    private TrialRow row(long index) {
        TrialRow row = rows.get(index);
        if (row == null) {
            throw new IllegalArgumentException("trial " + index + " is not in the table");
        }
        return row;
    }
}
