package cohort.task.library.decision;

import cohort.config.Settings;
import cohort.task.ChoiceRule;
import cohort.task.Factor;
import cohort.task.Group;
import cohort.task.IdealObserver;
import cohort.task.LargestOutput;
import cohort.task.Response;
import cohort.task.Signature;
import cohort.task.Task;
import cohort.task.Timing;
import cohort.task.Trial;
import cohort.task.parts.Noise;
import java.util.List;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Two values are shown one after the other, and the larger is named: the task of Romo and others (Barak et al. 2010,
 * <a href="https://doi.org/10.1523/JNEUROSCI.1875-10.2010">doi</a>) in the form of neurogym's {@code DelayComparison}.
 *
 * <p>Input channels are fixation, 1 until the decision, and the stimulus, which shows a value v as 0.5 + 0.5 (v - min) / (max - min), with
 * min and max those of all values there are. In both stimulus periods both channels are noisy, N(0, 1) sigma / sqrt(dt). Outputs are
 * fixate, the first is larger, the second is.
 *
 * @param timing fixation, first stimulus (at least one step), delay, second stimulus (at least one step), decision (at least one step)
 * @param pairs the larger value and the smaller one; a pair and which of them comes first are drawn with equal probability
 * @param sigma noise of the stimuli; its standard deviation at one step is sigma / sqrt(dt)
 */
record DelayComparison(Timing timing, List<Pair> pairs, double sigma) implements Task {
    static final String NAME = "delay-comparison";

    static final int FIRST = 1;
    static final int SECOND = 3;
    private static final int DECISION = 4;

    /** Places of the factors. */
    static final int FIRST_VALUE = 0;

    static final int SECOND_VALUE = 1;

    static final String DEFAULTS = """
            task {
              dt = 100
              # Pairs of values, the larger one first; which of them is shown first is drawn. Shown are 0.5 for the smallest of all values
              # and 1 for the largest.
              pairs = [[18, 10], [22, 14], [26, 18], [30, 22], [34, 26]]
              # Noise of the stimuli; its standard deviation at one step is sigma / sqrt(dt).
              sigma = 1.0
              # Durations of the periods.
              timing {
                fixation = 500
                stimulus1 = 500
                delay = 1000
                stimulus2 = 500
                decision = 100
              }
            }
            training.period-weights {
              fixation = 1
              stimulus1 = 1
              delay = 1
              stimulus2 = 1
              decision = 1
            }
            """;

    DelayComparison {
        timing.requireStep(FIRST, SECOND, DECISION);
        pairs = List.copyOf(pairs);
    }

    static Task of(Settings settings) {
        Timing timing = Timing.of(settings, "fixation", "stimulus1", "delay", "stimulus2", "decision");
        double sigma = Noise.sigma(settings);
        String allowed = "must be pairs of a larger and a smaller value, such as [[18, 10], [22, 14]]";
        List<Pair> pairs = Pair.list(settings, "task.pairs", allowed);
        if (pairs.stream().anyMatch(pair -> !(pair.first() > pair.second()))) {
            throw settings.error("task.pairs", allowed);
        }
        return settings.within("task.timing", () -> new DelayComparison(timing, pairs, sigma));
    }

    @Override
    public Signature signature() {
        return new Signature(
                NAME,
                timing.dtMillis(),
                List.of(new Group("fixation", 0, 1), new Group("stimulus", 1, 1)),
                List.of(new Group("choice", 0, 3)),
                timing.periods(),
                List.of(
                        new Factor("first_value", "", "the value that is shown first"),
                        new Factor("second_value", "", "the value that is shown after the delay")));
    }

    @Override
    public void plan(UniformRandomProvider random, Trial into) {
        int larger = 1 + random.nextInt(2);
        Pair pair = pairs.get(random.nextInt(pairs.size()));
        into.setAnswer(larger);
        into.setFactor(FIRST_VALUE, larger == 1 ? pair.first() : pair.second());
        into.setFactor(SECOND_VALUE, larger == 1 ? pair.second() : pair.first());
        timing.draw(random, into);
    }

    @Override
    public void show(UniformRandomProvider random, Trial trial) {
        for (int period = 0; period < DECISION; period++) {
            trial.paint(period, 0, 1);
            trial.target(period, 0);
        }
        trial.target(DECISION, trial.answer());
        trial.paint(FIRST, 1, shown(trial.factor(FIRST_VALUE)));
        trial.paint(SECOND, 1, shown(trial.factor(SECOND_VALUE)));
        trial.addNoise(random, FIRST, 0, 2, sigmaPerStep());
        trial.addNoise(random, SECOND, 0, 2, sigmaPerStep());
    }

    /** What the stimulus shows of a value. */
    double shown(double value) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (Pair pair : pairs) {
            min = Math.min(min, pair.second());
            max = Math.max(max, pair.first());
        }
        return 0.5 + 0.5 * (value - min) / (max - min);
    }

    @Override
    public Response response(ChoiceRule rule) {
        return new LargestOutput(2, 0.5, rule, DECISION);
    }

    @Override
    public Optional<IdealObserver> ideal() {
        return Optional.of(new DelayComparisonObserver(this));
    }

    /** Standard deviation of the stimulus noise at one step. */
    double sigmaPerStep() {
        return sigma / Math.sqrt(timing.dtMillis());
    }
}
