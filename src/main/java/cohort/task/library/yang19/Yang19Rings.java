package cohort.task.library.yang19;

import cohort.task.Factor;
import cohort.task.Group;
import cohort.task.Signature;
import cohort.task.Timing;
import cohort.task.Trial;
import java.util.List;

/**
 * What the three families of neurogym's collection yang19 have in common. Inputs are fixation and two rings of R units, a modality
 * each, unit i of which stands for the angle 2 pi i / R; outputs are fixate and a ring of answers. The decision is the last period.
 */
final class Yang19Rings {
    /** Place of what {@link cohort.task.Task#plan} has drawn: the output that is asked for at the onset of the decision; 0 to fixate. */
    static final int ASKED = 0;

    /** Places of the two outputs, at that onset, between which a trial asks to choose. */
    static final int OPTION_1 = 1;

    static final int OPTION_2 = 2;

    /** Place from which on a family keeps what else it has drawn. */
    static final int OWN = 3;

    private Yang19Rings() {}

    /** Sizes and names of a task on these rings. */
    static Signature signature(String name, Timing timing, int ringSize, List<Factor> factors) {
        return new Signature(name, timing.dtMillis(), inputs(ringSize), outputs(ringSize), timing.periods(), factors);
    }

    private static List<Group> inputs(int ringSize) {
        return List.of(
                new Group("fixation", 0, 1),
                new Group("modality-1", firstChannel(1, ringSize), ringSize),
                new Group("modality-2", firstChannel(2, ringSize), ringSize));
    }

    private static List<Group> outputs(int ringSize) {
        return List.of(new Group("choice", 0, 1 + ringSize));
    }

    /** First channel of the ring of modality 1 or 2. */
    static int firstChannel(int modality, int ringSize) {
        return 1 + (modality - 1) * ringSize;
    }

    /** Place of the decision. */
    static int decision(Timing timing) {
        return timing.periods().size() - 1;
    }

    /** Shows the fixation input in some periods, from the first to the one before another. */
    static void fixate(Trial trial, int end) {
        for (int period = 0; period < end; period++) {
            trial.paint(period, 0, 1);
        }
    }

    /** Asks to fixate before the decision, and in it for what has been drawn, wherever that moves. */
    static void ask(Trial trial, int decision, Yang19Movement movement, int ringSize) {
        for (int period = 0; period < decision; period++) {
            trial.target(period, 0);
        }
        if (!movement.isSequence() || trial.drawn(ASKED) == 0) {
            trial.target(decision, (int) trial.drawn(ASKED));
            return;
        }
        for (int step = trial.start(decision); step < trial.end(decision); step++) {
            trial.targetStep(step, asked(trial, ASKED, step, decision, movement, ringSize), 1);
        }
    }

    /** The output at a step of the decision that is another one at its onset, whose place among what is drawn is given. */
    static int asked(Trial trial, int place, int step, int decision, Yang19Movement movement, int ringSize) {
        int first = (int) trial.drawn(place);
        double millis = (step - trial.start(decision)) * trial.signature().dtMillis();
        return first == 0 ? 0 : movement.afterOnset(first, millis, ringSize);
    }
}
