package cohort.task;

import java.util.Optional;

/**
 * The choice is the largest output: output 0 is no answer, the others are the choices. It is right if it is the trial's answer.
 *
 * @param choices number of choices; there is one output more
 * @param chance fraction of right answers of who guesses
 * @param rule at which steps outputs are read
 * @param decision place of the period that is read as a mean
 */
public record LargestOutput(int choices, double chance, ChoiceRule rule, int decision) implements Response {
    @Override
    public Answer read(Trial trial, Outputs outputs) {
        int first = rule == ChoiceRule.LAST_STEP ? trial.steps() - 1 : trial.start(decision);
        int best = 0;
        double largest = Double.NEGATIVE_INFINITY;
        for (int output = 0; output <= choices; output++) {
            double sum = 0;
            for (int step = first; step < trial.steps(); step++) {
                sum += outputs.at(step, output);
            }
            if (sum > largest) {
                largest = sum;
                best = output;
            }
        }
        return Answer.choice(best, best == trial.answer());
    }

    @Override
    public Optional<Response> crossing(double threshold) {
        return Optional.of(new FirstCrossing(choices, chance, 1, decision, decision, 0, threshold));
    }
}
