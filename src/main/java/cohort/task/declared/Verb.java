package cohort.task.declared;

import cohort.task.Trial;
import java.io.Serializable;
import org.apache.commons.rng.UniformRandomProvider;

/** One thing that is painted into a trial: names are places already, and nothing is allocated. */
sealed interface Verb extends Serializable {
    void paint(UniformRandomProvider random, Trial trial);

    /**
     * Adds a pattern to what input channels show.
     *
     * @param first the first channel
     * @param size how many they are
     */
    record Show(Span span, Where where, int first, int size, Pattern pattern) implements Verb {
        @Override
        public void paint(UniformRandomProvider random, Trial trial) {
            if (where.holds(trial)) {
                int from = span.from(trial);
                int end = span.end(trial);
                for (int channel = 0; channel < size; channel++) {
                    double value = pattern.at(channel, trial);
                    if (value != 0) {
                        trial.addSteps(from, end, first + channel, value);
                    }
                }
            }
        }
    }

    /** Adds to input channels independent normal noise; its standard deviation at a step is sigma / sqrt(dt). */
    record Noise(Span span, Where where, int first, int size, Amount sigma) implements Verb {
        @Override
        public void paint(UniformRandomProvider random, Trial trial) {
            if (where.holds(trial)) {
                double sd = sigma.of(trial) / Math.sqrt(span.dtMillis());
                trial.addNoiseSteps(random, span.from(trial), span.end(trial), first, size, sd);
            }
        }
    }

    /**
     * Asks outputs for a pattern, whatever they were asked for before.
     *
     * @param isFirst whether they were asked for nothing before, so that a 0 is there already
     */
    record Ask(Span span, Where where, int first, int size, Pattern pattern, boolean isFirst) implements Verb {
        @Override
        public void paint(UniformRandomProvider random, Trial trial) {
            if (where.holds(trial)) {
                int from = span.from(trial);
                int end = span.end(trial);
                for (int output = 0; output < size; output++) {
                    double value = pattern.at(output, trial);
                    if (value != 0 || !isFirst) {
                        trial.targetSteps(from, end, first + output, value);
                    }
                }
            }
        }
    }

    /** Says how much steps count in the loss. */
    record Weigh(Span span, Where where, Amount weight) implements Verb {
        @Override
        public void paint(UniformRandomProvider random, Trial trial) {
            if (where.holds(trial)) {
                trial.weightSteps(span.from(trial), span.end(trial), weight.of(trial));
            }
        }
    }
}
