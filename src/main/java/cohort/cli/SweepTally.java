package cohort.cli;

import cohort.cluster.Halving;
import cohort.cluster.RunResult;
import cohort.cluster.Sweep;
import cohort.cluster.SweepPacks;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds up what the runs of a sweep have come to. */
final class SweepTally {
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
    private RunResult best;

    /**
     * Begins.
     *
     * @param runsBefore that were there before
     * @param stillMissing those that are still missing
     * @param halving who is stopped early
     */
    void begin(int runsBefore, List<Sweep.Member> stillMissing, Halving halving) {
        started = System.nanoTime();
        earlier = runsBefore;
        missing = stillMissing.size();
        expectedFraction = halving.expectedFraction();
        workLeft = expectedFraction
                * stillMissing.stream()
                        .mapToDouble(member -> SweepPacks.flops(member.run()))
                        .sum();
    }

    void add(RunResult result) {
        trainingNanos += result.trainingNanos();
        evaluationNanos += result.evaluationNanos();
        storingNanos += result.storingNanos();
        account(result);
        switch (result.status()) {
            case RunResult.PAUSED -> {
                return;
            }
            case RunResult.TRAINED -> trained++;
            case RunResult.STOPPED -> stopped++;
            default -> failed++;
        }
        sequences += result.sequences();
        if (result.isTrained() && (best == null || result.efficiency() > best.efficiency())) {
            best = result;
        }
    }

    int earlier() {
        return earlier;
    }

    int trained() {
        return trained;
    }

    int failed() {
        return failed;
    }

    int stopped() {
        return stopped;
    }

    /** Runs that need no more work. */
    int ended() {
        return earlier + trained + failed + stopped;
    }

    /** The run of the highest efficiency, or null. */
    RunResult best() {
        return best;
    }

    /** Trials or windows trained on, of all runs together. */
    double sequencesPerSecond() {
        return sequences / seconds();
    }

    /** About; NaN as long as nobody can say. */
    double secondsLeft() {
        return timeLeft.seconds(seconds());
    }

    /** What was done of a run since it was heard of last, and what of it will never be done. */
    private void account(RunResult result) {
        double work = SweepPacks.flops(result.run());
        double fraction = result.isTrained()
                ? 1
                : (double) result.step() / result.run().plan().training().steps();
        Double before = fractionDone.put(result.run().runId(), fraction);
        double done = work * (fraction - (before == null ? 0 : before));
        double nanos = (double) result.trainingNanos() + result.evaluationNanos() + result.storingNanos();
        if (nanos > 0) {
            timeLeft.add(done, nanos / 1e9);
        }
        boolean brokenOff =
                !result.isTrained() && !result.isPaused() && !result.status().equals(RunResult.STOPPED);
        workLeft -= brokenOff ? Math.max(done, work * (expectedFraction - (before == null ? 0 : before))) : done;
        int runsLeft = missing + earlier - ended() - (result.isPaused() ? 0 : 1);
        timeLeft.look(seconds(), Math.max(0, workLeft), runsLeft);
    }

    double seconds() {
        return (System.nanoTime() - started) / 1e9;
    }

    /** Fraction of the slots' time that went into training. */
    double training(int slots) {
        return trainingNanos / 1e9 / (slots * seconds());
    }

    /** Fraction of the slots' time that went into files and rows. */
    double storing(int slots) {
        return storingNanos / 1e9 / (slots * seconds());
    }

    /** Fraction of the slots' time that went into evaluating what was trained. */
    double evaluation(int slots) {
        return evaluationNanos / 1e9 / (slots * seconds());
    }
}
