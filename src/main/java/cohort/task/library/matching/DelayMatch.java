package cohort.task.library.matching;

import cohort.task.ChoiceRule;
import cohort.task.Factor;
import cohort.task.Group;
import cohort.task.IdealObserver;
import cohort.task.LargestOutput;
import cohort.task.PeriodSpec;
import cohort.task.Response;
import cohort.task.Signature;
import cohort.task.Task;
import cohort.task.Timing;
import cohort.task.Trial;
import cohort.task.parts.Ring;
import java.util.List;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Does the second stimulus belong to the first? Two stimuli are shown with a delay between them, and the answer is a relation of the two,
 * so that the first has to be remembered. Delayed match to sample (Miller et al. 1996, <a
 * href="https://doi.org/10.1523/JNEUROSCI.16-16-05154.1996">doi</a>), to category (Freedman and Assad 2006, <a
 * href="https://doi.org/10.1038/nature05078">doi</a>) and paired association (Zhang et al. 2019, <a
 * href="https://doi.org/10.7554/eLife.43191">doi</a>), in the form of neurogym's {@code DelayMatchSample}, {@code DelayMatchCategory} and
 * {@code DelayPairedAssociation}.
 *
 * <p>Inputs are [fixation, stimuli], outputs [fixate, match, non-match] or, of pairs, [fixate, go]. Fixation is 1 until the last period,
 * which asks for the answer. Channel i of a ring of R shows {@code 0.5 + 0.5 cos(2 pi i / R - angle)}; a symbol is 1 on its own channel.
 * Stimuli have normal noise of standard deviation sigma / sqrt(dt) at each step.
 *
 * @param rule what the answer depends on
 * @param timing the rule's periods
 * @param stimuli number of stimulus channels: the size of a ring, at least 2, or 4 symbols
 * @param sigma noise of the stimuli; its standard deviation at one step is sigma / sqrt(dt)
 */
public record DelayMatch(Rule rule, Timing timing, int stimuli, double sigma) implements Task {
    /** What the answer depends on. */
    public enum Rule {
        /** The test is the sample's direction, or the opposite one. */
        SAMPLE("delay-match-sample"),
        /** The test is in the sample's half of the circle, or in the other; the answer is due while it is shown. */
        CATEGORY("delay-match-category"),
        /** Symbol 3 belongs to symbol 1 and symbol 4 to 2. */
        PAIR("delay-paired-association");

        private final String kind;

        Rule(String kind) {
            this.kind = kind;
        }

        /** The task's name in configurations and tables. */
        String kind() {
            return kind;
        }

        /** Names of its periods, in order. */
        List<String> periods() {
            return switch (this) {
                case SAMPLE -> List.of("fixation", "sample", "delay", "test", "decision");
                case CATEGORY -> List.of("fixation", "sample", "delay", "test");
                case PAIR -> List.of("fixation", "stimulus1", "delay1", "stimulus2", "delay2", "decision");
            };
        }

        /** Place of the period in which the answer is asked for. */
        int answerPeriod() {
            return periods().size() - 1;
        }
    }

    /** Number of symbols that pairs are made of. */
    static final int SYMBOLS = 4;

    /** Places of the periods that all rules have, and of what is drawn. */
    static final int FIRST = 1;

    static final int DELAY = 2;
    static final int SECOND = 3;
    static final int SHOWN_FIRST = 0;
    static final int SHOWN_SECOND = 1;

    private static final int DELAY_FACTOR = 2;

    public DelayMatch {
        List<String> names = timing.periods().stream().map(PeriodSpec::name).toList();
        if (!names.equals(rule.periods())) {
            throw new IllegalArgumentException("periods are not " + rule.periods() + ": " + names);
        }
        if (stimuli < 2 || (rule == Rule.PAIR && stimuli != SYMBOLS)) {
            throw new IllegalArgumentException(
                    "number of stimulus channels is not at least 2, or of symbols not " + SYMBOLS + ": " + stimuli);
        }
        if (!(sigma >= 0) || sigma == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("sigma is not a number of at least 0: " + sigma);
        }
        timing.requireStep(FIRST, SECOND, rule.answerPeriod());
    }

    @Override
    public Signature signature() {
        return new Signature(
                rule.kind(),
                timing.dtMillis(),
                List.of(new Group("fixation", 0, 1), new Group("stimulus", 1, stimuli)),
                List.of(new Group("choice", 0, rule == Rule.PAIR ? 2 : 3)),
                timing.periods(),
                factors());
    }

    private List<Factor> factors() {
        Factor delay = new Factor("delay", "ms", "time between the stimuli, where it is one of a list");
        Factor match = new Factor("match", "", "1: the test matches; 0: it does not");
        return switch (rule) {
            case SAMPLE -> List.of(new Factor("sample", "°", "direction of the sample"), match, delay);
            case CATEGORY -> List.of(new Factor("category", "", "half of the circle the sample is in"), match, delay);
            case PAIR ->
                List.of(
                        new Factor("stimulus1", "", "symbol that is shown first"),
                        new Factor("stimulus2", "", "symbol that is shown second"),
                        delay);
        };
    }

    @Override
    public void plan(UniformRandomProvider random, Trial into) {
        int first = random.nextInt(rule == Rule.SAMPLE ? stimuli : 2);
        int match = random.nextInt(2);
        int second = match == 1 ? first : 1 - first; // of two categories or symbols
        switch (rule) {
            case SAMPLE -> {
                double angle = Ring.angle(first, stimuli);
                into.setDrawn(SHOWN_FIRST, angle);
                into.setDrawn(SHOWN_SECOND, match == 1 ? angle : angle + Math.PI);
                into.setFactor(0, 360.0 * first / stimuli);
                into.setFactor(1, match);
            }
            case CATEGORY -> {
                into.setDrawn(SHOWN_FIRST, (first + random.nextDouble()) * Math.PI);
                into.setDrawn(SHOWN_SECOND, (second + random.nextDouble()) * Math.PI);
                into.setFactor(0, 1 + first);
                into.setFactor(1, match);
            }
            case PAIR -> {
                into.setDrawn(SHOWN_FIRST, first);
                into.setDrawn(SHOWN_SECOND, 2 + second);
                into.setFactor(0, 1 + first);
                into.setFactor(1, 3 + second);
            }
        }
        into.setAnswer(match == 1 ? 1 : rule == Rule.PAIR ? 0 : 2);
        timing.draw(random, into);
        into.setFactor(DELAY_FACTOR, timing.factorMillis(into, DELAY));
    }

    @Override
    public void show(UniformRandomProvider random, Trial trial) {
        for (int period = 0; period < rule.answerPeriod(); period++) {
            trial.paint(period, 0, 1);
            trial.target(period, 0);
        }
        trial.target(rule.answerPeriod(), trial.answer());
        trial.paint(FIRST, 1, pattern(trial.drawn(SHOWN_FIRST)));
        trial.paint(SECOND, 1, pattern(trial.drawn(SHOWN_SECOND)));
        trial.addNoise(random, FIRST, 1, stimuli, sigmaPerStep());
        trial.addNoise(random, SECOND, 1, stimuli, sigmaPerStep());
    }

    /** What the stimulus channels show of an angle in radians, or of a symbol. */
    private float[] pattern(double shown) {
        if (rule != Rule.PAIR) {
            return Ring.cosine(stimuli, shown, 0.5, 0.5);
        }
        float[] symbols = new float[stimuli];
        symbols[(int) shown] = 1;
        return symbols;
    }

    /** Standard deviation of the noise of a stimulus channel at one step. */
    double sigmaPerStep() {
        return sigma / Math.sqrt(timing.dtMillis());
    }

    @Override
    public Response response(ChoiceRule choiceRule) {
        return new LargestOutput(rule == Rule.PAIR ? 1 : 2, 0.5, choiceRule, rule.answerPeriod());
    }

    @Override
    public Optional<IdealObserver> ideal() {
        return Optional.of(new DelayMatchObserver(this));
    }

    @Override
    public List<String> notes() {
        return rule == Rule.CATEGORY && stimuli == 2
                ? List.of(
                        "nobody can do better than guess: with task.ring-size = 2 both halves of the circle look alike;"
                                + " 3 channels or more tell them apart")
                : List.of();
    }
}
