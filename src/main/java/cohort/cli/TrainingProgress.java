package cohort.cli;

import cohort.run.RoundReport;
import cohort.run.TrainingPlan;
import cohort.task.Batching;
import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;

/** Shows how a training gets on: about twenty lines in all, and on a terminal a progress bar below them. */
final class TrainingProgress implements AutoCloseable {
    private static final int LINES = 20;

    private final PrintWriter out;
    private final TrainingPlan plan;
    private final String unit;
    private final long started = System.nanoTime();
    private final ProgressBar bar;

    TrainingProgress(PrintWriter out, TrainingPlan plan) {
        this.out = out;
        this.plan = plan;
        this.unit = plan.batching().form() == Batching.Form.WINDOWS ? "windows/s" : "trials/s";
        this.bar =
                Terminal.isInteractive() ? Terminal.bar(plan.training().steps()).build() : null;
    }

    void show(RoundReport round) {
        int every = Math.max(1, plan.rounds() / LINES);
        if (round.round() % every == 0 || round.round() == plan.rounds()) {
            out.printf(
                    Locale.ROOT,
                    "%sstep %6d   loss %s   gradient norm %s   %,.0f %s   %.1f s%n",
                    bar == null ? "" : "\r\033[2K",
                    round.step(),
                    orDash("%.4f", round.loss()),
                    orDash("%.3g", round.gradientNorm()),
                    round.sequencesPerSecond(),
                    unit,
                    (System.nanoTime() - started) / 1e9);
            out.flush();
        }
        if (bar != null) {
            bar.stepTo(round.step());
            bar.setExtraMessage(String.format(
                    Locale.ROOT,
                    "loss %s, round %d/%d, %,.0f/s",
                    orDash("%.4f", round.loss()),
                    round.round(),
                    plan.rounds(),
                    round.sequencesPerSecond()));
        }
    }

    /** Of a round in which no time step counted there is nothing to tell. */
    private static String orDash(String format, double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
