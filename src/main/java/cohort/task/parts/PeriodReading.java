package cohort.task.parts;

import cohort.task.ChoiceRule;
import cohort.task.Outputs;
import cohort.task.Trial;

/** Reads the outputs of one of several periods that ask for an answer: at its last step, or their mean over it. */
public final class PeriodReading {
    private PeriodReading() {}

    /** An output at a period's last step, or its mean over the period. */
    public static double of(Outputs outputs, int output, Trial trial, int period, ChoiceRule rule) {
        int end = trial.end(period);
        int first = rule == ChoiceRule.LAST_STEP ? end - 1 : trial.start(period);
        double sum = 0;
        for (int step = first; step < end; step++) {
            sum += outputs.at(step, output);
        }
        return sum / (end - first);
    }

    /** The largest of the first outputs in a period, the lowest of equals. */
    public static int largest(Outputs outputs, int count, Trial trial, int period, ChoiceRule rule) {
        int best = 0;
        double largest = Double.NEGATIVE_INFINITY;
        for (int output = 0; output < count; output++) {
            double mean = of(outputs, output, trial, period, rule);
            if (mean > largest) {
                largest = mean;
                best = output;
            }
        }
        return best;
    }
}
