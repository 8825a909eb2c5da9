package cohort.task.library.yang19;

import cohort.task.Answer;
import cohort.task.ChoiceRule;
import cohort.task.LargestOutput;
import cohort.task.Outputs;
import cohort.task.Response;
import cohort.task.Trial;

/**
 * The network points to the location of its largest output, or fixates. Where there are two options, that is a choice between them; a
 * network that points elsewhere has made none.
 *
 * <p>Where the answer moves, the network must be with it throughout the decision, after the first step: a unit off at most, and at the last
 * step not off at all. It is then read at the last step, whatever the rule.
 *
 * @param ringSize number R of locations
 * @param hasOptions whether a trial asks to choose between two locations; else all R are choices
 * @param chance fraction of right answers of who guesses
 * @param rule at which steps outputs are read
 * @param decision place of the decision
 * @param movement how the answer moves
 */
record Yang19Response(
        int ringSize, boolean hasOptions, double chance, ChoiceRule rule, int decision, Yang19Movement movement)
        implements Response {
    @Override
    public int choices() {
        return hasOptions ? 2 : ringSize;
    }

    @Override
    public Answer read(Trial trial, Outputs outputs) {
        ChoiceRule readBy = movement.isSequence() ? ChoiceRule.LAST_STEP : rule;
        int pointed = new LargestOutput(ringSize, chance, readBy, decision)
                .read(trial, outputs)
                .choice();
        int choice = hasOptions ? option(trial, pointed) : pointed;
        boolean isRight = choice == trial.answer() && (!movement.isSequence() || isOnTheWay(trial, outputs));
        return Answer.choice(choice, isRight);
    }

    private int option(Trial trial, int pointed) {
        int last = trial.steps() - 1;
        if (pointed == asked(trial, Yang19Rings.OPTION_1, last)) {
            return 1;
        }
        return pointed == asked(trial, Yang19Rings.OPTION_2, last) ? 2 : 0;
    }

    private boolean isOnTheWay(Trial trial, Outputs outputs) {
        for (int step = trial.start(decision) + 1; step < trial.steps(); step++) {
            int asked = asked(trial, Yang19Rings.ASKED, step);
            int pointed = largest(outputs, step);
            int off = Math.floorMod(pointed - asked, ringSize);
            boolean isNear = asked > 0 && pointed > 0 && Math.min(off, ringSize - off) <= 1;
            if (pointed != asked && !isNear) {
                return false;
            }
        }
        return true;
    }

    private int largest(Outputs outputs, int step) {
        int largest = 0;
        for (int output = 1; output <= ringSize; output++) {
            if (outputs.at(step, output) > outputs.at(step, largest)) {
                largest = output;
            }
        }
        return largest;
    }

    private int asked(Trial trial, int place, int step) {
        return Yang19Rings.asked(trial, place, step, decision, movement, ringSize);
    }
}
