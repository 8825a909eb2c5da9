package cohort.task.library.yang19;

import cohort.task.ChoiceRule;
import cohort.task.Factor;
import cohort.task.Response;
import cohort.task.Signature;
import cohort.task.Task;
import cohort.task.Timing;
import cohort.task.Trial;
import cohort.task.parts.PeriodDefaults;
import cohort.task.parts.Recipe;
import cohort.task.parts.Ring;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A location is shown, and the network points there, or to the opposite side: go, anti and their variants with a delay or without time to
 * wait, in the form of neurogym's collection yang19. Inputs and outputs are those of {@link Yang19Rings}.
 *
 * <p>The ring of one modality shows a bump, 0.8 exp(-(d / (pi / 8))^2 / 2) at a distance of d radians, in the stimulus period, or where there
 * is none, in the decision. The fixation input is on until the decision. There is no noise.
 *
 * @param name the task's name
 * @param timing fixation, stimulus, delay and decision; or fixation and decision, where the stimulus comes with the decision
 * @param ringSize number of locations, at least 2
 * @param order which modality a trial shows
 * @param isAnti whether to point to the opposite side
 * @param movement how the answer moves
 */
record Yang19Reach(String name, Timing timing, int ringSize, Yang19Order order, boolean isAnti, Yang19Movement movement)
        implements Task {
    /** Place of the period in which the stimulus is shown, whether or not that is the decision. */
    private static final int STIMULUS = 1;

    private static final int DELAY = 2;

    private static final int MODALITY_FACTOR = 0;

    /** Place of the direction, or of the delay where that says as much. */
    private static final int SECOND_FACTOR = 1;

    /** Where the location that is shown is kept. */
    static final int LOCATION = Yang19Rings.OWN;

    Yang19Reach {
        timing.requireStep(STIMULUS, Yang19Rings.decision(timing));
    }

    /** The tasks of the family. */
    static List<Yang19Base> bases() {
        return List.of(
                base("go", "A location is shown; point there when the fixation light goes out.", false, 0),
                base(
                        "anti",
                        "A location is shown; point to the opposite side when the fixation light goes out.",
                        true,
                        0),
                base("dlygo", "A location is shown; point there after a delay.", false, 500),
                base("dlyanti", "A location is shown; point to the opposite side after a delay.", true, 500),
                reaction("rtgo", "A location is shown; point there at once.", false),
                reaction("rtanti", "A location is shown; point to the opposite side at once.", true));
    }

    private static Yang19Base base(String name, String about, boolean isAnti, int delay) {
        return base(
                name, about, isAnti, List.of("fixation = 500", "stimulus = 500", "delay = " + delay, "decision = 500"));
    }

    private static Yang19Base reaction(String name, String about, boolean isAnti) {
        return base(name, about, isAnti, List.of("fixation = 500", "decision = 500"));
    }

    private static Yang19Base base(String name, String about, boolean isAnti, List<String> timing) {
        return new Yang19Base(
                name,
                about,
                List.of(Yang19Base.RING_SIZE, Yang19Base.MODALITY),
                timing,
                Recipe.leaky(128, 16, 500, 0.003),
                (kind, settings, movement) -> new Yang19Reach(
                        kind,
                        PeriodDefaults.timing(settings, timing),
                        Yang19Base.ringSize(settings),
                        settings.choice("task.modality", Yang19Order.class),
                        isAnti,
                        movement));
    }

    @Override
    public Signature signature() {
        return Yang19Rings.signature(
                name,
                timing,
                ringSize,
                List.of(
                        new Factor("modality", "", "which ring shows the stimulus"),
                        movement.isIntegrating()
                                ? new Factor("delay", "ms", "how long the answer moves before it is given")
                                : new Factor("direction", "°", "where to point")));
    }

    @Override
    public void plan(UniformRandomProvider random, Trial into) {
        into.setFactor(MODALITY_FACTOR, order.draw(random, into));
        int target = 1 + random.nextInt(ringSize);
        timing.draw(random, into);
        int asked = target;
        if (movement.isIntegrating()) {
            double delayMillis = into.steps(DELAY) * timing.dtMillis();
            asked = movement.afterDelay(target, delayMillis, ringSize);
            into.setFactor(SECOND_FACTOR, timing.factorMillis(into, DELAY));
        } else {
            into.setFactor(SECOND_FACTOR, 360.0 * (target - 1) / ringSize);
        }
        into.setDrawn(Yang19Rings.ASKED, asked);
        into.setDrawn(LOCATION, Ring.angle(target - 1, ringSize) + (isAnti ? Math.PI : 0));
        int decision = Yang19Rings.decision(timing);
        into.setAnswer(
                Yang19Rings.asked(into, Yang19Rings.ASKED, into.end(decision) - 1, decision, movement, ringSize));
    }

    @Override
    public void show(UniformRandomProvider random, Trial trial) {
        int decision = Yang19Rings.decision(timing);
        Yang19Rings.fixate(trial, decision);
        double location = trial.drawn(LOCATION);
        trial.paint(
                STIMULUS,
                Yang19Rings.firstChannel((int) trial.factor(MODALITY_FACTOR), ringSize),
                trial.kept(this, location, () -> Ring.bump(ringSize, location, 1)));
        Yang19Rings.ask(trial, decision, movement, ringSize);
    }

    @Override
    public Response response(ChoiceRule rule) {
        return new Yang19Response(ringSize, false, 1.0 / ringSize, rule, Yang19Rings.decision(timing), movement);
    }
}
