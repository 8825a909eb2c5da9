package cohort.sweep;

import cohort.run.RunStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Adds up what the runs of a sweep have come to. */
public final class SweepTally {
    private long started = System.nanoTime();
    private int earlier;
    private int trained;
    private int failed;
    private int stopped;
    private long sequences;
    private long trainingNanos;
    private long evaluationNanos;
    private long storingNanos;
    private final TimeLeft timeLeft = new TimeLeft();
    private final Map<String, Double> fractionDone = new HashMap<>();
    private double expectedFraction = 1;
    private double workLeft;
    private int missing;
    private Optional<RunResult> best = Optional.empty();

    /**
     * Begins.
     *
     * @param runsBefore that were there before
     * @param stillMissing those that are still missing
     * @param halving who is stopped early
     */
    public void begin(int runsBefore, List<Sweep.Member> stillMissing, Halving halving) {
        started = System.nanoTime();
        earlier = runsBefore;
        missing = stillMissing.size();
        expectedFraction = halving.expectedFraction();
        workLeft = expectedFraction
                * stillMissing.stream()
                        .mapToDouble(member -> SweepPacks.flops(member.run()))
                        .sum();
    }

    public void add(RunResult result) {
        trainingNanos += result.trainingNanos();
        evaluationNanos += result.evaluationNanos();
        storingNanos += result.storingNanos();
        account(result);
        switch (result.status()) {
            case PAUSED -> {
                return;
            }
            case TRAINED -> trained++;
            case STOPPED -> stopped++;
            case DIVERGED, FAILED, TIMED_OUT, EVALUATED -> failed++;
        }
        sequences += result.sequences();
        if (result.isTrained()
                && (best.isEmpty() || result.efficiency() > best.get().efficiency())) {
            best = Optional.of(result);
        }
    }

    public int earlier() {
        return earlier;
    }

    public int trained() {
        return trained;
    }

    public int failed() {
        return failed;
    }

    public int stopped() {
        return stopped;
    }

    /** Runs that need no more work. */
    public int ended() {
        return earlier + trained + failed + stopped;
    }

    /** The run of the highest efficiency, if any is trained. */
    public Optional<RunResult> best() {
        return best;
    }

    /** Trials or windows trained on, of all runs together. */
    public double sequencesPerSecond() {
        return sequences / seconds();
    }

    /** About; NaN as long as nobody can say. */
    public double secondsLeft() {
        return timeLeft.seconds(seconds());
    }

    /** What was done of a run since it was heard of last, and what of it will never be done. */
    private void account(RunResult result) {
        double work = result.flops();
        Double before = fractionDone.put(result.runId(), result.fraction());
        double done = work * (result.fraction() - (before == null ? 0 : before));
        double nanos = (double) result.trainingNanos() + result.evaluationNanos() + result.storingNanos();
        if (nanos > 0) {
            timeLeft.add(done, nanos / 1e9);
        }
        boolean brokenOff = !result.isTrained() && !result.isPaused() && result.status() != RunStatus.STOPPED;
        workLeft -= brokenOff ? Math.max(done, work * (expectedFraction - (before == null ? 0 : before))) : done;
        int runsLeft = missing + earlier - ended() - (result.isPaused() ? 0 : 1);
        timeLeft.look(seconds(), Math.max(0, workLeft), runsLeft);
    }

    public double seconds() {
        return (System.nanoTime() - started) / 1e9;
    }

    /** Fraction of the slots' time that went into training. */
    public double training(int slots) {
        return trainingNanos / 1e9 / (slots * seconds());
    }

    /** Fraction of the slots' time that went into files and rows. */
    public double storing(int slots) {
        return storingNanos / 1e9 / (slots * seconds());
    }

    /** Fraction of the slots' time that went into evaluating what was trained. */
    public double evaluation(int slots) {
        return evaluationNanos / 1e9 / (slots * seconds());
    }
}
