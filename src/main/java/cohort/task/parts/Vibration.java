package cohort.task.parts;

import cohort.task.Factor;
import cohort.task.Trial;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Two vibrations that are compared (Romo et al. 1999, <a href="https://doi.org/10.1038/20939">doi</a>), each on two channels: one that
 * rises with the frequency f in Hz, 0.4 + 0.8 (f - 10) / 24, and one that falls, 0.4 + 0.8 (34 - f) / 24. Answer 1 is right if the first
 * is faster.
 */
public final class Vibration {
    /** Factors of the two frequencies, places 0 and 1. */
    public static final List<Factor> FACTORS = List.of(
            new Factor("f1", "Hz", "frequency of the first vibration"),
            new Factor("f2", "Hz", "frequency of the second one"));

    private static final double PER_HERTZ = 0.8 / 24;

    private Vibration() {}

    /** Draws the answer and the two frequencies: one of those given, and the one that is slower by a difference, all in Hz. */
    public static void plan(UniformRandomProvider random, List<Double> faster, double difference, Trial into) {
        double fast = faster.get(random.nextInt(faster.size()));
        int answer = 1 + random.nextInt(2);
        into.setAnswer(answer);
        into.setFactor(0, answer == 1 ? fast : fast - difference);
        into.setFactor(1, answer == 1 ? fast - difference : fast);
    }

    /** Shows a frequency in Hz in a period, on channels 0 and 1. */
    public static void show(Trial trial, int period, double frequency) {
        trial.paint(period, 0, 0.4 + PER_HERTZ * (frequency - 10));
        trial.paint(period, 1, 0.4 + PER_HERTZ * (34 - frequency));
    }

    /** How far what one step shows of a vibration is from what it shows of another one, by their difference in Hz. */
    public static double distance(double difference) {
        return Math.sqrt(2) * PER_HERTZ * difference;
    }
}
