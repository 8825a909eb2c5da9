package cohort.task;

import java.util.OptionalInt;

/**
 * The choice is the first output that exceeds a threshold, and the response time the beginning of that step; of several at the same step
 * it is the largest. There is no answer if none does. It is right if it is the trial's answer.
 *
 * <p>In a trial without the period in which outputs are read, a catch trial, whatever exceeds the threshold at any step is an answer.
 *
 * @param choices number of choices
 * @param chance fraction of right answers of who guesses
 * @param first output of choice 1; those of the others follow
 * @param from place of the period from whose onset response times count
 * @param read place of the period in which outputs are read; they are to its end
 * @param skipped steps at the beginning of that period that are not read
 * @param threshold in the unit of the outputs
 */
public record FirstCrossing(int choices, double chance, int first, int from, int read, int skipped, double threshold)
        implements Response {
    @Override
    public OptionalInt timedFrom() {
        return OptionalInt.of(from);
    }

    @Override
    public Answer read(Trial trial, Outputs outputs) {
        boolean isCatch = trial.steps(read) == 0;
        int end = isCatch ? trial.steps() : trial.end(read);
        for (int step = isCatch ? 0 : trial.start(read) + skipped; step < end; step++) {
            int choice = 0;
            double largest = threshold;
            for (int i = 0; i < choices; i++) {
                double output = outputs.at(step, first + i);
                if (output > largest) {
                    largest = output;
                    choice = 1 + i;
                }
            }
            if (choice > 0) {
                double millis = step * trial.signature().dtMillis();
                return new Answer(choice, Double.NaN, millis, choice == trial.answer());
            }
        }
        return Answer.choice(0, trial.answer() == 0);
    }
}
