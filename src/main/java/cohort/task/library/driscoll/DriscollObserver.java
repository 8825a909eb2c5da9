package cohort.task.library.driscoll;

import cohort.task.Batching;
import cohort.task.IdealObserver;
import cohort.task.Trial;
import cohort.task.parts.Ring;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * The best possible accuracy at the tasks of Driscoll et al., whose inputs are noisy: of who adds up what a stimulus shows in n steps of
 * noise s, so that d = sqrt(n) / s is its distance from 0 in standard deviations of the sum.
 *
 * <ul>
 *   <li>Reach: the phase of (d, 0) plus standard noise on both axes is off by less than the tolerance w with probability 1 - 1/pi integral
 *       from 0 to pi - w of exp(-d^2 sin^2 w / (2 sin^2 u)) du (Craig 1991, <a href="https://doi.org/10.1109/MILCOM.1991.258319">doi</a>).
 *   <li>Decision: Phi(c sqrt(n1 + n2) / s) for strengths m +- c, of who is told m and the locations; sqrt(2) better with two modalities.
 *   <li>Match of categories: each stimulus is told to be in the right one with probability Phi(|sin angle| d), and two wrongs are
 *       right.
 *   <li>Match of locations: phases are compared, whose difference is taken to be normal, with the best threshold.
 * </ul>
 *
 * <p>Where several are to be done at once, comparing and pointing, only the comparison is counted: so this is a bound, from above.
 */
record DriscollObserver(DriscollTask task) implements IdealObserver {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final GaussIntegrator PANEL = new GaussIntegratorFactory(20).legendre(20);
    private static final int PANELS = 64;

    /** Stimuli that do not match are at least this far apart, radians. */
    private static final double NEAREST = Math.PI / 9;

    private static final double FARTHEST = Math.PI;
    private static final int HALVINGS = 50;

    /** Answers given before: thousands of networks of a sweep are compared with the same few. */
    private static final Map<Question, Double> KNOWN = new ConcurrentHashMap<>();

    private record Question(double tolerance, double distance) {}

    @Override
    public double accuracy(Trial trial) {
        if (task.noise() == 0) {
            return 1;
        }
        int steps = task.stepsOfStimulus(trial, DriscollTask.STIMULUS);
        return switch (task.rule().family()) {
            case REACH ->
                KNOWN.computeIfAbsent(
                        new Question(Math.toRadians(task.toleranceDegrees()), distance(steps)),
                        DriscollObserver::pointing);
            case DECISION -> decision(trial);
            case MATCH -> task.rule().isCategory() ? category(trial) : location(trial);
        };
    }

    private double distance(int steps) {
        return Math.sqrt(steps) / task.noise();
    }

    private static double pointing(Question question) {
        double upper = Math.PI - question.tolerance();
        double sine = question.distance() * Math.sin(question.tolerance());
        double error = 0;
        for (int panel = 0; panel < PANELS; panel++) {
            double from = upper * panel / PANELS;
            double half = upper / PANELS / 2;
            error += half
                    * PANEL.integrate(x -> {
                        double s = Math.sin(from + half * (1 + x));
                        return Math.exp(-sine * sine / (2 * s * s));
                    });
        }
        return 1 - error / Math.PI;
    }

    private double decision(Trial trial) {
        int steps = trial.steps(DriscollTask.STIMULUS) + trial.steps(DriscollTask.SECOND_STIMULUS);
        double gain = task.rule() == DriscollRule.MULTIDELAYDM ? Math.sqrt(2) : 1;
        return NORMAL.cumulativeProbability(gain * trial.drawn(DriscollTask.COHERENCE) * distance(steps));
    }

    private double category(Trial trial) {
        double first = rightHalf(trial, DriscollTask.LOCATION_1, trial.steps(DriscollTask.STIMULUS));
        double second = rightHalf(trial, DriscollTask.LOCATION_2, trial.steps(task.secondStimulus()));
        return first * second + (1 - first) * (1 - second);
    }

    private double rightHalf(Trial trial, int location, int steps) {
        return NORMAL.cumulativeProbability(Math.abs(Math.sin(trial.drawn(location))) * distance(steps));
    }

    private double location(Trial trial) {
        double error = Math.hypot(
                1 / distance(trial.steps(DriscollTask.STIMULUS)), 1 / distance(trial.steps(task.secondStimulus())));
        double threshold = threshold(error);
        double apart = Ring.distance(trial.drawn(DriscollTask.LOCATION_1), trial.drawn(DriscollTask.LOCATION_2));
        double match = within(threshold, apart, error);
        return trial.factor(0) == 1 ? match : 1 - match;
    }

    /** Probability that the difference of two phases, of a standard error, looks smaller than a threshold. */
    private static double within(double threshold, double apart, double error) {
        return NORMAL.cumulativeProbability((threshold - apart) / error)
                - NORMAL.cumulativeProbability((-threshold - apart) / error);
    }

    /** The difference at which both answers are equally likely: match and not are, and all differences of those that do not. */
    private static double threshold(double error) {
        double low = 0;
        double high = Math.PI;
        for (int halving = 0; halving < HALVINGS; halving++) {
            double middle = (low + high) / 2;
            double match = 2 * NORMAL.density(middle / error) / error;
            double other = (NORMAL.cumulativeProbability((middle - NEAREST) / error)
                            - NORMAL.cumulativeProbability((middle - FARTHEST) / error))
                    / (FARTHEST - NEAREST);
            if (match > other) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** Targets are values, not classes. */
    @Override
    public double lowestCrossEntropy(Batching batching, long seed) {
        return Double.NaN;
    }
}
