package cohort.task;

import java.util.ArrayList;
import java.util.List;

/** The trials of another source, with a list of those that were read. */
final class RecordingSource implements TrialSource {
    private final TrialSource source;
    final List<Long> read = new ArrayList<>();

    RecordingSource(TrialSource source) {
        this.source = source;
    }

    @Override
    public Signature signature() {
        return source.signature();
    }

    @Override
    public int steps(long index) {
        return source.steps(index);
    }

    @Override
    public void read(long index, Trial into) {
        read.add(index);
        source.read(index, into);
    }
}
