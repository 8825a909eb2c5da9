package cohort.task.library.decision;

import cohort.task.DecisionTimes;
import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * Accuracy and response times of who adds up evidence until the sum S reaches a bound of either sign: Wald's sequential probability ratio
 * test of one drift against its opposite, on the steps of a trial. Steps add N(drift, 1) to S, in standard deviations of what one shows;
 * the answer is given at the first step that is read with |S| at or above the bound, and at the last one by the sign of S.
 *
 * <p>Exact but for rounding: the density of S among those who have not answered yet goes from step to step,
 *
 * <pre>f[n](y) = integral from -bound to bound of f[n - 1](x) phi(y - x - drift) dx,</pre>
 *
 * by Gauss and Legendre's rule on panels at most as wide as the noise of a step, which leaves an error below 1e-9.
 *
 * @param drift mean of a step's evidence for the right choice, at least 0
 * @param steps that show evidence
 * @param silent the first of them, at which no answer is given; below their number
 * @param dtMillis length of a step; an answer is given at its beginning, as networks' are
 */
record EvidenceBound(double drift, int steps, int silent, double dtMillis) {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final GaussIntegrator PANEL = new GaussIntegratorFactory(8).legendre(8);
    private static final double ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

    private static final int POINTS = PANEL.getNumberOfPoints();

    /** In so many standard deviations there is as good as nobody. */
    private static final double NOBODY = 9;

    /** Less than this of all is as good as nobody. */
    private static final double NO_MASS = 1e-18;

    /** A bound that as good as nobody reaches before the last step. */
    static double outOfReach(double drift, int steps) {
        return drift * steps + NOBODY * Math.sqrt(steps);
    }

    /**
     * What can be expected with a bound.
     *
     * @param bound of S, at least 0
     */
    DecisionTimes with(double bound) {
        return sums(bound).times();
    }

    /** Probability of an answer, 1 but for rounding. */
    double answers(double bound) {
        Sums sums = sums(bound);
        return sums.right + sums.wrong;
    }

    private Sums sums(double bound) {
        int first = silent + 1;
        double mean = drift * first;
        double sd = Math.sqrt(first);
        Waiting waiting = new Waiting(bound);
        waiting.begin(mean, sd);
        double needed = first == steps ? 0 : bound;
        Sums sums = new Sums();
        sums.add(
                first,
                NORMAL.survivalProbability((needed - mean) / sd),
                NORMAL.cumulativeProbability((-needed - mean) / sd));
        for (int step = first + 1; step <= steps; step++) {
            needed = step == steps ? 0 : bound;
            sums.add(step, waiting.above(needed), waiting.below(-needed));
            waiting.step();
        }
        return sums;
    }

    /** The evidence of those who have not answered yet: their mass at the points of each panel, from -bound to bound. */
    private final class Waiting {
        private final double bound;
        private final int panels;
        private final double width;
        private final int reach;
        private final double[] transition; // weight of the panel a number further, from -reach on, [panels, to, from]
        private double[] mass;
        private double[] next;

        Waiting(double bound) {
            this.bound = bound;
            this.panels = Math.max(1, (int) Math.ceil(2 * bound));
            this.width = 2 * bound / panels;
            this.reach = Math.min(panels - 1, (int) Math.min(panels, Math.ceil((NOBODY + drift) / width) + 1));
            this.mass = new double[panels * POINTS];
            this.next = new double[panels * POINTS];
            this.transition = new double[(2 * reach + 1) * POINTS * POINTS];
            for (int at = 0; at < transition.length; at++) {
                int further = at / (POINTS * POINTS) - reach;
                int to = at / POINTS % POINTS;
                int from = at % POINTS;
                double distance = further * width + width / 2 * (PANEL.getPoint(to) - PANEL.getPoint(from));
                transition[at] = weight(to) * phi(distance - drift);
            }
        }

        private double weight(int point) {
            return width / 2 * PANEL.getWeight(point);
        }

        private double evidence(int at) {
            int panel = at / POINTS;
            return -bound + width * panel + width / 2 * (1 + PANEL.getPoint(at % POINTS));
        }

        void begin(double mean, double sd) {
            for (int at = 0; at < mass.length; at++) {
                mass[at] = weight(at % POINTS) * phi((evidence(at) - mean) / sd) / sd;
            }
        }

        /** Probability of being at or above a threshold after one more step. */
        double above(double threshold) {
            double sum = 0;
            for (int at = 0; at < mass.length; at++) {
                if (mass[at] > NO_MASS) {
                    sum += mass[at] * NORMAL.survivalProbability(threshold - evidence(at) - drift);
                }
            }
            return sum;
        }

        /** Probability of being at or below a threshold after one more step. */
        double below(double threshold) {
            double sum = 0;
            for (int at = 0; at < mass.length; at++) {
                if (mass[at] > NO_MASS) {
                    sum += mass[at] * NORMAL.cumulativeProbability(threshold - evidence(at) - drift);
                }
            }
            return sum;
        }

        void step() {
            Arrays.fill(next, 0);
            for (int at = 0; at < mass.length; at++) {
                if (mass[at] > NO_MASS) {
                    int panel = at / POINTS;
                    int end = Math.min(panels - 1, panel + reach);
                    for (int to = Math.max(0, panel - reach); to <= end; to++) {
                        int block = (to - panel + reach) * POINTS * POINTS + at % POINTS;
                        for (int point = 0; point < POINTS; point++) {
                            next[to * POINTS + point] += transition[block + point * POINTS] * mass[at];
                        }
                    }
                }
            }
            double[] before = mass;
            mass = next;
            next = before;
        }
    }

    private static double phi(double z) {
        return Math.exp(-z * z / 2) / ROOT_TWO_PI;
    }

    /** Of right and wrong answers. */
    private final class Sums {
        private double right;
        private double wrong;
        private double rightMillis;
        private double wrongMillis;

        void add(int step, double answeredRight, double answeredWrong) {
            double millis = (step - 1) * dtMillis;
            right += answeredRight;
            wrong += answeredWrong;
            rightMillis += answeredRight * millis;
            wrongMillis += answeredWrong * millis;
        }

        DecisionTimes times() {
            return new DecisionTimes(
                    right / (right + wrong),
                    (rightMillis + wrongMillis) / (right + wrong),
                    right == 0 ? Double.NaN : rightMillis / right,
                    wrong == 0 ? Double.NaN : wrongMillis / wrong);
        }
    }
}
