package cohort.task.library.song;

import cohort.task.Duration;
import cohort.task.PeriodSpec;
import cohort.task.Timing;
import cohort.task.Trial;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/** How durations of Song et al.'s tasks become steps. Both ways are one where dt divides every duration. */
enum SongGrid {
    /** Each duration is floored to whole steps, as it is in all tasks here. */
    FLOORED {
        @Override
        void draw(UniformRandomProvider random, Timing timing, Trial into) {
            timing.draw(random, into);
        }

        @Override
        List<PeriodSpec> periods(Timing timing) {
            return timing.periods();
        }
    },
    /**
     * As in pycog: a trial of T ms has floor(T / dt) steps, whose times are spread evenly from dt to T; a period has those after its
     * beginning and up to its end. Where dt does not divide T a step is longer than dt.
     */
    STRETCHED {
        @Override
        void draw(UniformRandomProvider random, Timing timing, Trial into) {
            double[] borders = new double[timing.periods().size()];
            double total = 0;
            for (int period = 0; period < borders.length; period++) {
                Duration duration = timing.duration(period);
                double millis = duration.sampleMillis(random);
                // What is drawn from a continuous distribution is floored there, too.
                total += duration.isContinuous() ? timing.steps(millis) * timing.dtMillis() : millis;
                borders[period] = total;
            }
            int first = 0;
            for (int period = 0; period < borders.length; period++) {
                int end = stepsUntil(borders[period], total, timing.dtMillis());
                into.setSteps(period, end - first);
                first = end;
            }
        }

        @Override
        List<PeriodSpec> periods(Timing timing) {
            return timing.periods().stream()
                    .map(period -> period.loosened(timing.dtMillis()))
                    .toList();
        }
    };

    /** A time this much before a step, as a fraction of it, is the step: what is left of rounding. */
    private static final double ROUNDING = 1e-9;

    /** Draws the length of each period. */
    abstract void draw(UniformRandomProvider random, Timing timing, Trial into);

    /** The periods, between whose shortest and longest durations those of all trials are. */
    abstract List<PeriodSpec> periods(Timing timing);

    /** Number of steps whose times are not after one, in a trial of so many milliseconds. */
    static int stepsUntil(double millis, double total, double dtMillis) {
        int steps = Duration.steps(total, dtMillis);
        double spacing = steps > 1 ? (total - dtMillis) / (steps - 1) : dtMillis;
        double before = Math.floor((millis - dtMillis) / spacing + ROUNDING) + 1;
        return (int) Math.max(0, Math.min(steps, before));
    }
}
