package cohort.task.library.psychrnn;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** How well somebody can say in which category the direction lies that a ring of noisy units shows. */
final class PsychRnnCategories {
    private static final int ANGLES = 3600;
    private static final double STEP = 1e-4;

    /** Worked out before: all trials of a test ask for the same few. */
    private static final Map<Question, Double> KNOWN = new ConcurrentHashMap<>();

    private record Question(PsychRnnChoice task, int steps) {}

    private PsychRnnCategories() {}

    /**
     * The mean over all directions of Phi(distance to the nearest border between categories / sd), where sd is the least error that a
     * direction can be estimated with, noise / sqrt(steps x sum of the squared slopes of the units). Holds as long as that is small
     * beside a category.
     *
     * @param steps for which the direction is shown
     */
    static double accuracy(PsychRnnChoice task, int steps) {
        return KNOWN.computeIfAbsent(new Question(task, steps), PsychRnnCategories::mean);
    }

    private static double mean(Question question) {
        PsychRnnChoice task = question.task();
        if (question.steps() == 0) {
            return 1.0 / task.categories();
        }
        NormalDistribution normal = NormalDistribution.of(0, 1);
        double width = 2 * Math.PI / task.categories();
        double sum = 0;
        for (int i = 0; i < ANGLES; i++) {
            double angle = 2 * Math.PI * (i + 0.5) / ANGLES;
            double within = angle % width;
            double precision = Math.sqrt(question.steps() * squaredSlopes(task, angle));
            double distance = Math.min(within, width - within);
            sum += task.noise() == 0 ? 1 : normal.cumulativeProbability(distance * precision / task.noise());
        }
        return Math.max(sum / ANGLES, 1.0 / task.categories());
    }

    private static double squaredSlopes(PsychRnnChoice task, double angle) {
        double sum = 0;
        for (int unit = 0; unit < task.units(); unit++) {
            double slope = (task.tuning(unit, angle + STEP) - task.tuning(unit, angle - STEP)) / (2 * STEP);
            sum += slope * slope;
        }
        return sum;
    }
}
