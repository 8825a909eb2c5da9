package cohort.task.library.decision;

import cohort.task.Batching;
import cohort.task.Split;
import cohort.task.Trial;
import cohort.task.TrialSource;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.util.ArithmeticUtils;

/**
 * The lowest mean cross-entropy that any network can reach at perceptual decision making: that of an observer who knows the task,
 * its conditions and its noise, and answers with the posterior probabilities of the directions.
 *
 * <p>It is certain at every step but those of the decision period. There the evidence of the stimulus steps it has seen is
 * summed up in y, which has variance 1 on each axis and the mean d_c u_k, with u_k the unit vector of direction k and d_c the
 * distance of coherence c (see {@link PerceptualDecisionObserver}), all coherences being equally likely:
 *
 * <pre>p(k | y) proportional to sum_c exp(d_c y.u_k - d_c^2 / 2),   loss = E[-log p(k* | y)]</pre>
 *
 * <p>The observer is also told at which step each period begins, which a network has to find out. So this is a lower bound,
 * and one that may be out of reach where periods vary or a window begins within a trial.
 */
final class BayesFloor {
    /** Where trials differ in length, the mean is taken over this many. */
    private static final int TRIALS = 10_000;

    /** A distance that leaves no doubt, at which squares still have digits to spare. */
    private static final double NO_DOUBT = 1e6;

    /**
     * The trapezoidal rule, since under a normal density it converges faster than Gauss and Hermite's (Trefethen 2022,
     * <a href="https://doi.org/10.1137/20M1389522">doi</a>): from -8 to 8 standard deviations, with an error below 1e-8.
     */
    private static final double SPACING = 0.2;

    private static final int NODES_PER_SIDE = 40;

    private final PerceptualDecisionMaking task;
    private final Batching batching;
    /** Step between two windows' starts within a trial, over all windows. */
    private final int grid;
    /** Loss at a decision step after so many steps of stimulus, or NaN as long as nobody asked, [steps]. */
    private final double[] losses;

    private BayesFloor(PerceptualDecisionMaking task, Batching batching, int grid) {
        this.task = task;
        this.batching = batching;
        this.grid = grid;
        this.losses = new double[1 + task.steps(task.stimulus().maxMillis())];
        Arrays.fill(losses, Double.NaN);
    }

    /**
     * The floor of the loss on batches of the validation split, in nats per step, weighted as the loss is.
     *
     * <p>Windows are taken to begin at all steps of the streams that they can begin at, equally often, as they do in the long run:
     * at every multiple of the greatest common divisor of the window's and the trials' lengths. What was shown before a
     * window's start is not seen.
     *
     * @param seed the experiment's seed; only matters where durations vary
     * @throws IllegalArgumentException if no step of a trial has a weight
     */
    static double of(PerceptualDecisionMaking task, Batching batching, long seed) {
        TrialSource trials = task.trials(seed, Split.VALIDATION);
        int count = trials.signature().minSteps() == trials.signature().maxSteps() ? 1 : TRIALS;
        int grid = batching.sequenceLength();
        for (int index = 0; index < count; index++) {
            grid = ArithmeticUtils.gcd(grid, trials.steps(index));
        }
        return new BayesFloor(task, batching, grid).mean(trials, count);
    }

    private double mean(TrialSource trials, int count) {
        List<Double> periodWeights = batching.periodWeights();
        double loss = 0;
        double weights = 0;
        Trial trial = new Trial(task.signature());
        for (int index = 0; index < count; index++) {
            trials.read(index, trial);
            for (int period = 0; period < periodWeights.size(); period++) {
                weights += periodWeights.get(period) * trial.steps(period);
            }
            for (int step = trial.start(PerceptualDecisionMaking.DECISION);
                    step < trial.end(PerceptualDecisionMaking.DECISION);
                    step++) {
                loss += periodWeights.get(PerceptualDecisionMaking.DECISION) * stepLoss(trial, step);
            }
        }
        if (weights == 0) {
            throw new IllegalArgumentException("no step of a trial has a weight: " + periodWeights);
        }
        return loss / weights;
    }

    private double stepLoss(Trial trial, int step) {
        return switch (batching.form()) {
            case TRIALS -> loss(trial.steps(PerceptualDecisionMaking.STIMULUS));
            case WINDOWS -> windowLoss(trial, step);
        };
    }

    /** The mean over all windows that show a step; a start below 0 lies in a trial before. */
    private double windowLoss(Trial trial, int step) {
        int length = batching.sequenceLength();
        double sum = 0;
        for (int start = step - step % grid; start > step - length; start -= grid) {
            int first = Math.max(start, trial.start(PerceptualDecisionMaking.STIMULUS));
            sum += loss(Math.max(0, trial.end(PerceptualDecisionMaking.STIMULUS) - first));
        }
        return sum * grid / length;
    }

    private double loss(int stimulusSteps) {
        if (Double.isNaN(losses[stimulusSteps])) {
            losses[stimulusSteps] = decisionLoss(task, stimulusSteps);
        }
        return losses[stimulusSteps];
    }

    /**
     * The observer's mean loss at one decision step, in nats: log(ring size) if it has seen nothing.
     *
     * @param stimulusSteps steps of the stimulus it has seen
     */
    static double decisionLoss(PerceptualDecisionMaking task, int stimulusSteps) {
        PerceptualDecisionObserver observer = new PerceptualDecisionObserver(task);
        double[] distances = task.coherencesPercent().stream()
                .mapToDouble(coherence -> Math.min(NO_DOUBT, observer.distance(coherence, stimulusSteps)))
                .toArray();
        int ring = task.ringSize();
        int side = ring == 2 ? 0 : NODES_PER_SIDE; // two directions lie on one axis
        double sum = 0;
        double weights = 0;
        for (int i = -NODES_PER_SIDE; i <= NODES_PER_SIDE; i++) {
            for (int j = 0; j <= side; j++) { // the ring is its own mirror image
                double x = i * SPACING;
                double y = j * SPACING;
                double weight = (j == 0 ? 1 : 2) * Math.exp(-(x * x + y * y) / 2);
                for (double distance : distances) {
                    sum += weight * surprise(distances, ring, distance + x, y);
                }
                weights += weight * distances.length;
            }
        }
        return sum / weights;
    }

    /** -log p(k | x, y) of the direction along the first axis. */
    private static double surprise(double[] distances, int ring, double x, double y) {
        double[] evidence = new double[ring];
        double[] terms = new double[distances.length];
        for (int k = 0; k < ring; k++) {
            double angle = 2 * Math.PI * k / ring;
            double along = x * Math.cos(angle) + y * Math.sin(angle);
            for (int c = 0; c < terms.length; c++) {
                terms[c] = distances[c] * (along - distances[c] / 2);
            }
            evidence[k] = logSumExp(terms);
        }
        return logSumExp(evidence) - evidence[0];
    }

    /** log(sum of exp(value)), without overflow. */
    static double logSumExp(double[] values) {
        double largest = values[0];
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        double sum = 0;
        for (double value : values) {
            sum += Math.exp(value - largest);
        }
        return largest + Math.log(sum);
    }
}
