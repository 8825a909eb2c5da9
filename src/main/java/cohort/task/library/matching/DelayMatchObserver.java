package cohort.task.library.matching;

import cohort.task.Batching;
import cohort.task.IdealObserver;
import cohort.task.Trial;
import cohort.task.parts.Ring;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;
import org.hipparchus.special.Erf;

/**
 * The best possible accuracy at telling whether two noisy stimuli belong together. What is shown of a stimulus over n steps is summed up
 * in a point of the plane (a line where there are two), with independent noise of variance 1 and its mean at a distance
 *
 * <pre>d = 0.5 sqrt(g n) / s,   s the noise of a step, g = R / 2 of a ring of R, 2 of two directions or two symbols</pre>
 *
 * <p>from the origin. Who has to tell two alternatives apart is wrong with probability e, and right about the relation if it is right
 * or wrong about both stimuli: (1 - e1)(1 - e2) + e1 e2. Of two directions or symbols e = Q(d). The half of the circle is that of the
 * sum, e = 1/pi integral from 0 to pi of Q(d sin u) du. On a larger ring, a sample and its like or its opposite are told apart by
 * the likelihoods of the two given the ring's directions, which for many of them is differential phase-shift keying: right with
 * probability 1 - exp(-d^2 / 2) / 2 where d1 = d2 = d (Proakis, Digital Communications, chapter 5).
 */
record DelayMatchObserver(DelayMatch task) implements IdealObserver {
    private static final GaussIntegrator PANEL = new GaussIntegratorFactory(20).legendre(20);
    private static final int PANELS = 8;

    /** At this distance a direction and its opposite are taken for each other once in a million trials. */
    private static final double NO_DOUBT = 5;

    /** Beyond it nothing changes. */
    private static final double FAR = 12;

    /** More directions cannot be told from these where there is any doubt. */
    private static final int MOST_DIRECTIONS = 32;

    /** Points at which a mean over four normal numbers is taken; it is known to 0.0002. */
    private static final int POINTS = 20_000;

    /** The real root of x^5 = x + 1: multiples of its powers -1 to -4, modulo 1, fill four dimensions evenly. */
    private static final double EVEN = 1.1673039782614187;

    /** Answers given before: thousands of networks of a sweep are compared with the same few. */
    private static final Map<Question, Double> KNOWN = new ConcurrentHashMap<>();

    private record Question(DelayMatch.Rule rule, int stimuli, double first, double second) {}

    @Override
    public double accuracy(Trial trial) {
        Question question = new Question(
                task.rule(),
                task.stimuli(),
                distance(trial.steps(DelayMatch.FIRST)),
                distance(trial.steps(DelayMatch.SECOND)));
        return KNOWN.computeIfAbsent(question, DelayMatchObserver::answer);
    }

    /** Nobody knows. */
    @Override
    public double lowestCrossEntropy(Batching batching, long seed) {
        return Double.NaN;
    }

    private double distance(int steps) {
        boolean isLine = task.rule() == DelayMatch.Rule.PAIR || task.stimuli() == 2;
        double gain = isLine ? 2 : task.stimuli() / 2.0;
        return distance(gain, steps, task.sigmaPerStep());
    }

    /** How far the mean of the evidence is from the origin, in standard deviations; infinite without noise. */
    static double distance(double gain, int steps, double sigmaPerStep) {
        return 0.5 * Math.sqrt(gain * steps) / sigmaPerStep;
    }

    private static double answer(Question question) {
        double first = question.first();
        double second = question.second();
        if (question.rule() == DelayMatch.Rule.CATEGORY) {
            boolean halvesLookAlike = question.stimuli() == 2;
            return halvesLookAlike ? 0.5 : ofBoth(wrongHalf(first), wrongHalf(second));
        }
        if (question.rule() == DelayMatch.Rule.PAIR || question.stimuli() == 2) {
            return ofBoth(wrongOfTwo(first), wrongOfTwo(second));
        }
        return Math.min(first, second) >= NO_DOUBT
                ? 1
                : sameOrOpposite(
                        Math.min(MOST_DIRECTIONS, question.stimuli()), Math.min(FAR, first), Math.min(FAR, second));
    }

    /** Probability of being right about a relation of two things, from those of being wrong about each. */
    static double ofBoth(double wrongFirst, double wrongSecond) {
        return (1 - wrongFirst) * (1 - wrongSecond) + wrongFirst * wrongSecond;
    }

    /** Probability of taking one of two for the other: Q(distance). */
    static double wrongOfTwo(double distance) {
        return Erf.erfc(distance / Math.sqrt(2)) / 2;
    }

    /** Probability of being wrong about the half of the circle that an angle anywhere in it belongs to. */
    private static double wrongHalf(double distance) {
        if (distance == Double.POSITIVE_INFINITY) {
            return 0;
        }
        double upper = Math.min(Math.PI / 2, FAR / distance);
        double half = upper / PANELS / 2;
        double sum = 0;
        for (int panel = 0; panel < PANELS; panel++) {
            double middle = (2 * panel + 1) * half;
            sum += half * PANEL.integrate(x -> wrongOfTwo(distance * Math.sin(middle + half * x)));
        }
        return sum * 2 / Math.PI;
    }

    /** The mean, over what is seen of two like stimuli, of the larger posterior probability of the two answers. */
    private static double sameOrOpposite(int ring, double first, double second) {
        double right = 0;
        for (int point = 0; point < POINTS; point++) {
            double radius1 = radius(uniform(point, 1));
            double angle1 = 2 * Math.PI * uniform(point, 2);
            double radius2 = radius(uniform(point, 3));
            double angle2 = 2 * Math.PI * uniform(point, 4);
            double same = 0;
            double opposite = 0;
            for (int k = 0; k < ring; k++) {
                double angle = Ring.angle(k, ring);
                double ofFirst = first * (first * Math.cos(angle) + radius1 * Math.cos(angle1 - angle));
                double ofSecond = second * (second * Math.cos(angle) + radius2 * Math.cos(angle2 - angle));
                same += Math.exp(ofFirst + ofSecond);
                opposite += Math.exp(ofFirst - ofSecond);
            }
            right += Math.max(same, opposite) / (same + opposite);
        }
        return right / POINTS;
    }

    /** A number from 0 to below 1 of a point in the unit cube. */
    private static double uniform(int point, int dimension) {
        return (0.5 + point * Math.pow(EVEN, -dimension)) % 1;
    }

    /** How far from the origin a normally distributed point of the plane is, from a uniform number (Box and Muller). */
    private static double radius(double uniform) {
        return Math.sqrt(-2 * Math.log1p(-uniform));
    }
}
