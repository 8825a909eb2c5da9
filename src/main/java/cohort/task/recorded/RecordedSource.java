package cohort.task.recorded;

import cohort.task.Purpose;
import cohort.task.RandomStreams;
import cohort.task.Signature;
import cohort.task.Split;
import cohort.task.Trial;
import cohort.task.TrialSource;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;

/** Recorded trials of a split. One index after the other goes through all of them, epoch by epoch. */
final class RecordedSource implements TrialSource {
    private final Signature signature;
    private final Recording recording;
    private final long seed;
    private final Split split;
    private final int[] trials;

    RecordedSource(Signature signature, Recording recording, long seed, Split split) {
        this.signature = signature;
        this.recording = recording;
        this.seed = seed;
        this.split = split;
        this.trials = trials(recording, split);
    }

    /** The trials of a split: of those held out, every second one is for validation. */
    static int[] trials(Recording recording, Split split) {
        boolean isTraining = split == Split.TRAIN;
        int[] all = IntStream.range(0, recording.trials())
                .filter(trial -> recording.isHeldOut(trial) != isTraining)
                .toArray();
        return isTraining
                ? all
                : IntStream.range(0, all.length)
                        .filter(i -> (i % 2 == 0) == (split == Split.TEST))
                        .map(i -> all[i])
                        .toArray();
    }

    @Override
    public Signature signature() {
        return signature;
    }

    @Override
    public int steps(long index) {
        return recording.steps(trial(index));
    }

    /** Which trial an index means: in training, each epoch takes all in an order of its own, i -> (a i + b) mod n. */
    private int trial(long index) {
        int n = trials.length;
        long place = index % n;
        if (split != Split.TRAIN || n < 3) {
            return trials[(int) place];
        }
        UniformRandomProvider random = RandomStreams.of(seed, Purpose.TRAIN, index / n);
        long shift = random.nextInt(n);
        long factor = 1L + random.nextInt(n - 1);
        while (gcd(factor, n) != 1) {
            factor = 1L + random.nextInt(n - 1);
        }
        return trials[(int) ((factor * place + shift) % n)];
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    @Override
    public void read(long index, Trial into) {
        int trial = trial(index);
        into.begin(index);
        into.setAnswer(recording.answer(trial));
        for (int factor = 0; factor < signature.factors().size(); factor++) {
            into.setFactor(factor, recording.condition(factor, trial));
        }
        for (int period = 0; period < signature.periods().size(); period++) {
            into.setSteps(period, recording.steps(trial, period));
        }
        into.clear();
        recording.copy(trial, into.inputs(), into.targets(), into.weights());
    }
}
