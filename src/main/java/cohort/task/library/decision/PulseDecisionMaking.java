package cohort.task.library.decision;

import cohort.config.Settings;
import cohort.task.Batching;
import cohort.task.ChoiceRule;
import cohort.task.Duration;
import cohort.task.Factor;
import cohort.task.Group;
import cohort.task.IdealObserver;
import cohort.task.LargestOutput;
import cohort.task.PeriodSpec;
import cohort.task.Psychometry;
import cohort.task.Response;
import cohort.task.Signature;
import cohort.task.Task;
import cohort.task.Timing;
import cohort.task.Trial;
import java.util.List;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Which of two sides had more pulses: the task of Scott et al. (2015, <a href="https://doi.org/10.7554/eLife.11308">doi</a>) in the form of
 * neurogym's {@code PulseDecisionMaking}.
 *
 * <p>Input channels are fixation, 1 until the decision, and one for each side. Bins follow each other, and at the beginning of each there is
 * on each side a pulse of height 1, or none. One side has pulses with one probability and the other with another; a coin says which.
 * Outputs are fixate, then the two sides. Right is the side that had more pulses, whatever the coin said; of a tie either side, by
 * another coin. There is no noise.
 *
 * @param lengths of the fixation period, of the cue in which a pulse is (at least one step), of what follows it in its bin, and of the
 *     decision (at least one step)
 * @param bins number of bins, 1 to {@value #MOST_BINS}
 * @param probabilities of a pulse on either side
 */
record PulseDecisionMaking(Timing lengths, int bins, Pair probabilities) implements Task {
    static final String NAME = "pulse-decision-making";

    /** Places of the periods. */
    private static final int FIXATION = 0;

    private static final int PULSES = 1;
    private static final int DECISION = 2;

    /** Places among the lengths. */
    private static final int CUE = 1;

    private static final int BIN = 2;
    private static final int DECISION_LENGTH = 3;

    private static final int DIFFERENCE = 0;

    /** Where a trial's pulses are, as bits from the first bin on: those of side 1, then those of side 2. */
    static final int PULSES_DRAWN = 0;

    /** Where its lengths are, in steps: cue and rest of the first bin, those of the second, ... */
    static final int LENGTHS_DRAWN = 2;

    /** As many bits as an int has beside its sign. */
    private static final int MOST_BINS = 31;

    static final String DEFAULTS = """
            task {
              dt = 10
              # Number of bins, each of which has a pulse at its beginning or none, on each side.
              bins = 6
              # Probability of a pulse on the one side and on the other; a coin says which side is which.
              pulse-probabilities = [0.3, 0.7]
              # Durations of the periods; each bin is a cue, in which the pulse is, and what follows it.
              timing {
                fixation = 500
                cue = 10
                bin = 240
                decision = 500
              }
            }
            training.period-weights {
              fixation = 1
              pulses = 1
              decision = 1
            }
            """;

    PulseDecisionMaking {
        lengths.requireStep(CUE, DECISION_LENGTH);
    }

    static Task of(Settings settings) {
        Timing lengths = Timing.of(settings, "fixation", "cue", "bin", "decision");
        int bins = (int) settings.integer("task.bins", 1, MOST_BINS);
        List<Double> probabilities = settings.numbers("task.pulse-probabilities");
        if (probabilities.size() != 2 || probabilities.stream().anyMatch(p -> !(p >= 0 && p <= 1))) {
            throw settings.error("task.pulse-probabilities", "must be two probabilities, such as [0.3, 0.7]");
        }
        Pair pair = new Pair(probabilities.get(0), probabilities.get(1));
        return settings.within("task.timing", () -> new PulseDecisionMaking(lengths, bins, pair));
    }

    @Override
    public Signature signature() {
        return new Signature(
                NAME,
                lengths.dtMillis(),
                List.of(new Group("fixation", 0, 1), new Group("sides", 1, 2)),
                List.of(new Group("choice", 0, 3)),
                List.of(
                        new PeriodSpec("fixation", lengths.duration(FIXATION)),
                        new PeriodSpec("pulses", pulses()),
                        new PeriodSpec("decision", lengths.duration(DECISION_LENGTH))),
                List.of(new Factor("difference", "", "how many pulses more one side had than the other")));
    }

    /** How long all bins can be together; each cue and each rest is a number of whole steps. */
    private Duration pulses() {
        int min = lengths.steps(lengths.duration(CUE).minMillis())
                + lengths.steps(lengths.duration(BIN).minMillis());
        int max = lengths.steps(lengths.duration(CUE).maxMillis())
                + lengths.steps(lengths.duration(BIN).maxMillis());
        return new Duration.Uniform(bins * min * lengths.dtMillis(), bins * max * lengths.dtMillis());
    }

    @Override
    public void plan(UniformRandomProvider random, Trial into) {
        boolean isSwapped = random.nextInt(2) == 1;
        int first = pulses(random, isSwapped ? probabilities.second() : probabilities.first());
        int second = pulses(random, isSwapped ? probabilities.first() : probabilities.second());
        int more = Integer.bitCount(second) - Integer.bitCount(first);
        int tied = 1 + random.nextInt(2);
        into.setDrawn(PULSES_DRAWN, first);
        into.setDrawn(PULSES_DRAWN + 1, second);
        into.setFactor(DIFFERENCE, Math.abs(more));
        into.setAnswer(more == 0 ? tied : more > 0 ? 2 : 1);
        into.setSteps(FIXATION, lengths.drawSteps(random, FIXATION));
        int steps = 0;
        for (int bin = 0; bin < bins; bin++) {
            for (int part = 0; part < 2; part++) {
                int length = lengths.drawSteps(random, CUE + part);
                into.setDrawn(LENGTHS_DRAWN + 2 * bin + part, length);
                steps += length;
            }
        }
        into.setSteps(PULSES, steps);
        into.setSteps(DECISION, lengths.drawSteps(random, DECISION_LENGTH));
    }

    private int pulses(UniformRandomProvider random, double probability) {
        int pulses = 0;
        for (int bin = 0; bin < bins; bin++) {
            if (random.nextDouble() < probability) {
                pulses |= 1 << bin;
            }
        }
        return pulses;
    }

    @Override
    public void show(UniformRandomProvider random, Trial trial) {
        for (int period = FIXATION; period < DECISION; period++) {
            trial.paint(period, 0, 1);
            trial.target(period, 0);
        }
        trial.target(DECISION, trial.answer());
        int start = trial.start(PULSES);
        for (int bin = 0; bin < bins; bin++) {
            int cue = (int) trial.drawn(LENGTHS_DRAWN + 2 * bin);
            for (int side = 0; side < 2; side++) {
                if (((int) trial.drawn(PULSES_DRAWN + side) >> bin & 1) == 1) {
                    trial.paintSteps(start, start + cue, 1 + side, 1);
                }
            }
            start += cue + (int) trial.drawn(LENGTHS_DRAWN + 2 * bin + 1);
        }
    }

    @Override
    public Response response(ChoiceRule rule) {
        return new LargestOutput(2, 0.5, rule, DECISION);
    }

    @Override
    public Optional<IdealObserver> ideal() {
        return Optional.of(new Counting());
    }

    @Override
    public Optional<Psychometry> psychometry() {
        return Optional.of(new Psychometry("difference", "pulses", 2));
    }

    /** Who counts is always right but where there is a tie, whose answer nothing says. */
    record Counting() implements IdealObserver {
        @Override
        public double accuracy(Trial trial) {
            return trial.factor(DIFFERENCE) == 0 ? 0.5 : 1;
        }

        @Override
        public double lowestCrossEntropy(Batching batching, long seed) {
            return Double.NaN;
        }
    }
}
