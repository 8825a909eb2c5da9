package cohort.task.parts;

import cohort.task.Answer;
import cohort.task.ChoiceRule;
import cohort.task.FirstCrossing;
import cohort.task.Outputs;
import cohort.task.Response;
import cohort.task.Trial;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The choice is the largest output, each of which is one of the choices. In a trial that asks for none (a catch trial) there is no
 * choice as long as no output is raised, and it is read at the trial's last step.
 *
 * @param choices number of choices, and of outputs
 * @param rule whether outputs are read at the period's last step, or as the mean over it
 * @param period place of the period in which they are read; who has none in a trial that asks for a choice cannot answer
 * @param raised an output above this is a choice in a trial that asks for none
 * @param from place of the period from whose onset response times count
 * @param responds the answer is given when an output first exceeds this in the period; NaN if times do not matter
 */
public record LargestChoice(int choices, ChoiceRule rule, int period, double raised, int from, double responds)
        implements Response {
    @Override
    public double chance() {
        return 1.0 / choices;
    }

    @Override
    public Answer read(Trial trial, Outputs outputs) {
        if (trial.answer() == 0) {
            int last = trial.steps() - 1;
            int largest = largest(outputs, last, last + 1);
            int choice = outputs.at(last, largest) > raised ? 1 + largest : 0;
            return Answer.choice(choice, choice == 0);
        }
        if (trial.steps(period) == 0) {
            return Answer.choice(0, false);
        }
        int end = trial.end(period);
        int choice = 1 + largest(outputs, rule == ChoiceRule.LAST_STEP ? end - 1 : trial.start(period), end);
        return new Answer(choice, Double.NaN, responseMillis(trial, outputs), choice == trial.answer());
    }

    @Override
    public OptionalInt timedFrom() {
        return Double.isNaN(responds) ? OptionalInt.empty() : OptionalInt.of(from);
    }

    @Override
    public Optional<Response> crossing(double threshold) {
        return Optional.of(new FirstCrossing(choices, chance(), 0, from, period, 0, threshold));
    }

    private int largest(Outputs outputs, int first, int end) {
        int best = 0;
        double largest = Double.NEGATIVE_INFINITY;
        for (int output = 0; output < choices; output++) {
            double sum = 0;
            for (int step = first; step < end; step++) {
                sum += outputs.at(step, output);
            }
            if (sum > largest) {
                largest = sum;
                best = output;
            }
        }
        return best;
    }

    private double responseMillis(Trial trial, Outputs outputs) {
        for (int step = trial.start(period); step < trial.end(period); step++) {
            for (int output = 0; output < choices; output++) {
                if (outputs.at(step, output) > responds) {
                    return step * trial.signature().dtMillis();
                }
            }
        }
        return Double.NaN;
    }
}
