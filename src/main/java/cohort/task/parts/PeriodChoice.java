package cohort.task.parts;

import cohort.task.ChoiceRule;
import cohort.task.Outputs;
import cohort.task.Trial;
import java.io.Serializable;

/**
 * What a network chooses in a period that need not be the last one: the largest of output 0, which is no choice, and the outputs of the
 * choices.
 *
 * @param period place of the period
 * @param first output of the first choice
 * @param choices number of choices
 * @param rule whether the period's last step counts, or the mean over it
 */
public record PeriodChoice(int period, int first, int choices, ChoiceRule rule) implements Serializable {
    /** The choice, from 1 on, or 0. */
    public int of(Trial trial, Outputs outputs) {
        int end = trial.end(period);
        int start = rule == ChoiceRule.LAST_STEP ? end - 1 : trial.start(period);
        int best = 0;
        double largest = sum(outputs, 0, start, end);
        for (int choice = 1; choice <= choices; choice++) {
            double sum = sum(outputs, first + choice - 1, start, end);
            if (sum > largest) {
                largest = sum;
                best = choice;
            }
        }
        return best;
    }

    private static double sum(Outputs outputs, int output, int start, int end) {
        double sum = 0;
        for (int step = start; step < end; step++) {
            sum += outputs.at(step, output);
        }
        return sum;
    }
}
