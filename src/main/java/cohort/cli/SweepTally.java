package cohort.cli;

import cohort.cluster.RunResult;
import cohort.cluster.Sweep;
import cohort.cluster.SweepPacks;
import java.util.List;

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
    private double workToDo;
    private double workDone;
    private RunResult best;

    /** Begins with the runs that were there before, and those that are still missing. */
    void begin(int runsBefore, List<Sweep.Member> missing) {
        started = System.nanoTime();
        earlier = runsBefore;
        workToDo = missing.stream()
                .mapToDouble(member -> SweepPacks.flops(member.run()))
                .sum();
    }

    void add(RunResult result) {
        trainingNanos += result.trainingNanos();
        evaluationNanos += result.evaluationNanos();
        storingNanos += result.storingNanos();
        switch (result.status()) {
            case RunResult.PAUSED -> {
                return;
            }
            case RunResult.TRAINED -> trained++;
            case RunResult.STOPPED -> stopped++;
            default -> failed++;
        }
        sequences += result.sequences();
        workDone += SweepPacks.flops(result.run());
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

    double secondsLeft() {
        return workDone == 0 ? Double.NaN : seconds() * (workToDo - workDone) / workDone;
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
