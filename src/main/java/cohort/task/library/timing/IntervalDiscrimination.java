package cohort.task.library.timing;

import cohort.config.Settings;
import cohort.task.ChoiceRule;
import cohort.task.Factor;
import cohort.task.Group;
import cohort.task.LargestOutput;
import cohort.task.Psychometry;
import cohort.task.Purpose;
import cohort.task.RandomStreams;
import cohort.task.Response;
import cohort.task.Signature;
import cohort.task.Task;
import cohort.task.Timing;
import cohort.task.Trial;
import cohort.task.parts.TaskForm;
import java.util.List;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Interval discrimination: two stimuli are shown, and after a delay the one that lasted longer is chosen. The task of Genovesio et al.
 * (2009, <a href="https://doi.org/10.1016/j.neuron.2009.06.018">doi</a>) in the form of neurogym's {@code IntervalDiscrimination}.
 *
 * <p>Inputs are fixation, 1 until the decision, and one channel for each stimulus, without noise. Outputs are fixate, first and second. In
 * the original, stimuli can last equally many steps, which counts as if the second were longer; the repaired form draws both again until
 * they differ.
 *
 * @param form whether stimuli may be equally long
 * @param timing durations of fixation, stim1, delay1, stim2, delay2 and decision
 */
public record IntervalDiscrimination(TaskForm form, Timing timing) implements Task {
    /** The name in configurations and tables. */
    public static final String NAME = "interval-discrimination";

    /** Names of the periods. */
    private static final String[] PERIODS = {"fixation", "stim1", "delay1", "stim2", "delay2", "decision"};

    private static final int STIM1 = 1;
    private static final int STIM2 = 3;
    private static final int DECISION = 5;

    private static final int DIFFERENCE = 0;
    private static final int FIRST = 1;
    private static final int SECOND = 2;

    /** So many that the share of an answer is known to 0.002. */
    private static final int TRIALS = 100_000;

    /** If so many pairs are equally long, all are taken to be. */
    private static final int PAIRS = 1_000;

    public IntervalDiscrimination {
        timing.requireStep(STIM1, STIM2, DECISION);
        if (form == TaskForm.REPAIRED && areAlwaysEqual(timing)) {
            throw new IllegalArgumentException("the two stimuli are always equally long: " + timing.duration(STIM1)
                    + " and " + timing.duration(STIM2) + " in steps of " + timing.dtMillis() + " ms");
        }
    }

    private static boolean areAlwaysEqual(Timing timing) {
        UniformRandomProvider random = RandomStreams.of(0, Purpose.BOOTSTRAP, 0);
        for (int pair = 0; pair < PAIRS; pair++) {
            if (timing.drawSteps(random, STIM1) != timing.drawSteps(random, STIM2)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Signature signature() {
        return new Signature(
                NAME,
                timing.dtMillis(),
                List.of(new Group("fixation", 0, 1), new Group("stim1", FIRST, 1), new Group("stim2", SECOND, 1)),
                List.of(new Group("choice", 0, 3)),
                timing.periods(),
                List.of(new Factor("difference", "ms", "by how much one stimulus is longer")));
    }

    @Override
    public void plan(UniformRandomProvider random, Trial into) {
        int first;
        int second;
        do {
            first = timing.drawSteps(random, STIM1);
            second = timing.drawSteps(random, STIM2);
        } while (form == TaskForm.REPAIRED && first == second);
        for (int period = 0; period <= DECISION; period++) {
            into.setSteps(
                    period,
                    switch (period) {
                        case STIM1 -> first;
                        case STIM2 -> second;
                        default -> timing.drawSteps(random, period);
                    });
        }
        into.setFactor(DIFFERENCE, Math.abs(first - second) * timing.dtMillis());
        into.setAnswer(first > second ? FIRST : SECOND);
    }

    @Override
    public void show(UniformRandomProvider random, Trial trial) {
        for (int period = 0; period < DECISION; period++) {
            trial.paint(period, 0, 1);
            trial.target(period, 0);
        }
        trial.paint(STIM1, FIRST, 1);
        trial.paint(STIM2, SECOND, 1);
        trial.target(DECISION, trial.answer());
    }

    @Override
    public Response response(ChoiceRule rule) {
        return new LargestOutput(2, chance(), rule, DECISION);
    }

    /** Who always says what is right more often. */
    private double chance() {
        if (form == TaskForm.REPAIRED && timing.duration(STIM1).equals(timing.duration(STIM2))) {
            return 0.5;
        }
        UniformRandomProvider random = RandomStreams.of(0, Purpose.BOOTSTRAP, 0);
        Trial trial = new Trial(signature());
        int first = 0;
        for (int n = 0; n < TRIALS; n++) {
            plan(random, trial);
            first += trial.answer() == FIRST ? 1 : 0;
        }
        return Math.max(first, TRIALS - first) / (double) TRIALS;
    }

    @Override
    public Optional<Psychometry> psychometry() {
        return Optional.of(new Psychometry("difference", PERIODS[STIM2], FIRST));
    }

    /** The task of a configuration that has its keys. */
    static IntervalDiscrimination of(Settings settings) {
        Timing timing = Timing.of(settings, PERIODS);
        TaskForm form = settings.choice("task.form", TaskForm.class);
        return settings.within("task.timing", () -> new IntervalDiscrimination(form, timing));
    }
}
