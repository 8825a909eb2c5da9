package cohort.task.library.decision;

import cohort.task.Batching;
import cohort.task.IdealObserver;
import cohort.task.Trial;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The best possible accuracy at a comparison of two values, of who knows the pairs there are and remembers perfectly.
 *
 * <p>The means x and y of what the two stimuli show are all that matters. If both are shown equally long they are equally noisy, and the
 * likelihood of every pair, in one order and in the other, only differs by a factor that rises with (x - y): their comparison decides,
 * with Phi(|v1 - v2| / (s sqrt(2))) right answers, s being the standard deviation of a mean. If one is shown longer than the other, it
 * also says which pairs are likely, and how much its partner differs. Then the probability that the right order is the more likely one
 * is integrated over x and y.
 */
record DelayComparisonObserver(DelayComparison task) implements IdealObserver {
    /** Middles of cells, in standard deviations; further out there is less than 1e-8. */
    private static final double SPACING = 0.05;

    private static final int CELLS_PER_SIDE = 120;

    /** Answers given before: an integral is too long for each trial. */
    private static final Map<Question, Double> KNOWN = new ConcurrentHashMap<>();

    private record Question(DelayComparison task, double first, double second, int firstSteps, int secondSteps) {}

    @Override
    public double accuracy(Trial trial) {
        return accuracy(
                trial.factor(DelayComparison.FIRST_VALUE),
                trial.factor(DelayComparison.SECOND_VALUE),
                trial.steps(DelayComparison.FIRST),
                trial.steps(DelayComparison.SECOND));
    }

    /**
     * Probability of the right answer.
     *
     * @param first value that is shown first
     * @param second value that is shown second
     * @param firstSteps steps for which the first is shown
     * @param secondSteps steps for which the second is shown
     */
    double accuracy(double first, double second, int firstSteps, int secondSteps) {
        if (task.sigma() == 0) {
            return 1;
        }
        return KNOWN.computeIfAbsent(
                new Question(task, first, second, firstSteps, secondSteps),
                asked -> firstSteps == secondSteps ? compared(asked) : integrated(asked));
    }

    private double compared(Question asked) {
        double difference = Math.abs(task.shown(asked.first()) - task.shown(asked.second()));
        return TwoAlternativesObserver.normal(difference / (Math.sqrt(2) * sd(asked.firstSteps())));
    }

    private double sd(int steps) {
        return task.sigmaPerStep() / Math.sqrt(steps);
    }

    /** By the midpoint rule. */
    private double integrated(Question asked) {
        double firstSd = sd(asked.firstSteps());
        double secondSd = sd(asked.secondSteps());
        double right = 0;
        double all = 0;
        for (int i = -CELLS_PER_SIDE; i < CELLS_PER_SIDE; i++) {
            for (int j = -CELLS_PER_SIDE; j < CELLS_PER_SIDE; j++) {
                double u = (i + 0.5) * SPACING;
                double v = (j + 0.5) * SPACING;
                double density = Math.exp(-(u * u + v * v) / 2);
                double x = task.shown(asked.first()) + u * firstSd;
                double y = task.shown(asked.second()) + v * secondSd;
                boolean isFirst = likelihood(x, firstSd, y, secondSd) > likelihood(y, secondSd, x, firstSd);
                right += isFirst == asked.first() > asked.second() ? density : 0;
                all += density;
            }
        }
        return right / all;
    }

    /** How likely the mean of the larger value of a pair, and that of the smaller one, are such. */
    private double likelihood(double larger, double largerSd, double smaller, double smallerSd) {
        double sum = 0;
        for (Pair pair : task.pairs()) {
            double a = (larger - task.shown(pair.first())) / largerSd;
            double b = (smaller - task.shown(pair.second())) / smallerSd;
            sum += Math.exp(-(a * a + b * b) / 2);
        }
        return sum;
    }

    @Override
    public double lowestCrossEntropy(Batching batching, long seed) {
        return Double.NaN;
    }
}
