package cohort.cli;

import cohort.storage.Files;
import cohort.storage.Ownership;
import cohort.sweep.Halving;
import cohort.sweep.RunResult;
import cohort.sweep.Sweep;
import cohort.sweep.SweepStatus;
import cohort.sweep.SweepTally;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;

/** Shows how a sweep gets on: on a terminal a bar, else a line now and then; and a file for `status` in another terminal. */
final class SweepProgress implements Sweep.Observer, AutoCloseable {
    private static final int LINES = 20;
    private static final long STATUS_NANOS = 2_000_000_000L;

    private final PrintWriter out;
    private final Files files;
    private final String folder;
    private final String sweep;
    private final Halving halving;
    private final StopRequest stop;
    private final Ownership ownership;
    private final Map<String, Sweep.Member> missing = new HashMap<>();
    private final SweepTally tally = new SweepTally();
    private ProgressBar bar;
    private int runs;
    private long written;

    /**
     * Prepares to watch.
     *
     * @param folder where the file for `status` goes
     * @param halving who is stopped early
     * @param stop told to listen when the sweep begins
     * @param ownership of the sweep
     */
    SweepProgress(
            PrintWriter out,
            Files files,
            String folder,
            String sweep,
            Halving halving,
            StopRequest stop,
            Ownership ownership) {
        this.out = out;
        this.files = files;
        this.folder = folder;
        this.sweep = sweep;
        this.halving = halving;
        this.stop = stop;
        this.ownership = ownership;
    }

    @Override
    public void begin(int allRuns, List<Sweep.Member> stillMissing) {
        runs = allRuns;
        stillMissing.forEach(member -> missing.put(member.run().runId(), member));
        tally.begin(runs - stillMissing.size(), stillMissing, halving);
        if (tally.ended() > 0) {
            out.printf(Locale.ROOT, "%,d of %,d runs are in the tables already.%n", tally.ended(), runs);
        }
        if (Terminal.isInteractive()) {
            bar = Terminal.bar(runs).startsFrom(tally.ended(), Duration.ZERO).build();
        }
        stop.listen();
        write("running");
    }

    @Override
    public void heard(RunResult result) {
        int line = lines();
        tally.add(result);
        if (bar != null) {
            bar.stepTo(tally.ended());
            bar.setExtraMessage(describeBriefly());
        } else if (lines() > line) {
            out.printf(Locale.ROOT, "%,6d of %,d runs, %s%s%n", tally.ended(), runs, describe(), left());
            out.flush();
        }
    }

    /** The time left, evaluation included, as soon as it can be told. */
    private String left() {
        double seconds = tally.secondsLeft();
        return Double.isNaN(seconds) || tally.ended() == runs
                ? ""
                : String.format(Locale.ROOT, ", about %.0f s left", seconds);
    }

    private int lines() {
        return runs == 0 ? 0 : (int) ((long) LINES * tally.ended() / runs);
    }

    private String describe() {
        String counts = String.format(
                Locale.ROOT,
                "%d failed, %d stopped, %,.0f sequences/s",
                tally.failed(),
                tally.stopped(),
                tally.sequencesPerSecond());
        return counts
                + tally.best()
                        .map(best -> String.format(Locale.ROOT, ", best %.3f (%s)", best.efficiency(), name(best)))
                        .orElse("");
    }

    /** What fits beside a bar. */
    private String describeBriefly() {
        return (tally.failed() > 0 ? tally.failed() + " failed, " : "")
                + (tally.stopped() > 0 ? tally.stopped() + " stopped, " : "")
                + String.format(Locale.ROOT, "%,.0f/s", tally.sequencesPerSecond())
                + tally.best()
                        .map(best -> String.format(Locale.ROOT, ", best %.3f", best.efficiency()))
                        .orElse("");
    }

    private String name(RunResult result) {
        return missing.get(result.runId()).setting() + ", seed " + result.seed();
    }

    @Override
    public boolean goesOn() {
        if (System.nanoTime() - written > STATUS_NANOS) {
            write("running");
        }
        return !stop.isMade() && ownership.isHeld();
    }

    /** What was done since the beginning. */
    SweepTally tally() {
        return tally;
    }

    /** Says how it ended. */
    void end(String state) {
        write(state);
        close();
    }

    private void write(String state) {
        written = System.nanoTime();
        SweepStatus status = new SweepStatus(
                sweep,
                state,
                runs,
                tally.earlier(),
                tally.trained(),
                tally.failed(),
                tally.stopped(),
                tally.sequencesPerSecond(),
                tally.secondsLeft(),
                tally.best().map(RunResult::efficiency).orElse(Double.NaN),
                tally.best().map(this::name).orElse(""),
                System.currentTimeMillis());
        try {
            ownership.fence().check(files);
            status.write(files, folder);
        } catch (IOException e) {
            // The sweep does not need it. If the tables cannot be written either, that is told.
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null; // closed twice, it would be drawn again
        }
    }
}
