package cohort.task.library.degeneracy;

import cohort.config.Settings;
import cohort.task.ChoiceRule;
import cohort.task.Group;
import cohort.task.Response;
import cohort.task.Signature;
import cohort.task.Task;
import cohort.task.Timing;
import cohort.task.Trial;
import cohort.task.parts.ErrorBelow;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Flip-flop: each of several bits keeps the sign of its last pulse (Sussillo and Barak 2013, <a
 * href="https://doi.org/10.1162/NECO_a_00409">doi</a>), in the form of FixedPointFinder (Golub and Sussillo 2018, <a
 * href="https://doi.org/10.21105/joss.01003">doi</a>).
 *
 * <p>There is one input and one output a bit. At each step a bit has a pulse with the given probability, of 1 or -1, independently of all
 * others; the output is to be the last one, that of the same step included, and 0 before the first one.
 *
 * @param timing its one period, of at least one step
 * @param bits how many there are
 * @param pulseProbability at each step, of each bit
 * @param start what the first step shows
 * @param tolerance a trial with a smaller root mean squared error is right
 */
record FlipFlop(Timing timing, int bits, double pulseProbability, Start start, double tolerance) implements Task {
    static final String NAME = "flip-flop";

    /** What the first step shows. */
    enum Start {
        /** A pulse on every bit, as in FixedPointFinder. */
        PULSE,
        /** What any step shows: a bit is 0 until its first pulse. */
        SILENT
    }

    private static final int MOST_BITS = 4096;

    FlipFlop {
        timing.requireStep(0);
    }

    static Task of(Settings settings) {
        Timing timing = Timing.of(settings, "run");
        return settings.within(
                "task.timing",
                () -> new FlipFlop(
                        timing,
                        (int) settings.integer("task.bits", 1, MOST_BITS),
                        settings.number("task.pulse-probability", "above 0, to 1", v -> v > 0 && v <= 1),
                        settings.choice("task.start", Start.class),
                        ErrorBelow.tolerance(settings)));
    }

    @Override
    public Signature signature() {
        return new Signature(
                NAME,
                timing.dtMillis(),
                List.of(new Group("pulses", 0, bits)),
                List.of(new Group("bits", 0, bits)),
                timing.periods(),
                List.of());
    }

    /** Draws all pulses: they are what a trial is. */
    @Override
    public void plan(UniformRandomProvider random, Trial into) {
        into.setAnswer(1);
        timing.draw(random, into);
        int places = into.steps() * bits;
        into.setDrawn(places - 1, 0); // makes room for all of them
        for (int place = 0; place < places; place++) {
            boolean isCertain = place < bits && start == Start.PULSE;
            boolean isPulse = isCertain || random.nextDouble() < pulseProbability;
            into.setDrawn(place, isPulse ? random.nextBoolean() ? 1 : -1 : 0);
        }
    }

    @Override
    public void show(UniformRandomProvider random, Trial trial) {
        for (int place = 0; place < trial.steps() * bits; place++) {
            trial.inputs()[place] = (float) trial.drawn(place);
        }
        ask(trial);
    }

    /** Asks for what follows from what is shown. */
    void ask(Trial trial) {
        float[] inputs = trial.inputs();
        float[] targets = trial.targets();
        for (int place = 0; place < trial.steps() * bits; place++) {
            float before = place < bits ? 0 : targets[place - bits];
            targets[place] = inputs[place] == 0 ? before : Math.signum(inputs[place]);
        }
    }

    @Override
    public Response response(ChoiceRule rule) {
        return new ErrorBelow(this, tolerance);
    }
}
