package cohort.task.library;

import cohort.config.Settings;
import cohort.task.ChoiceRule;
import cohort.task.Duration;
import cohort.task.DurationSetting;
import cohort.task.Factor;
import cohort.task.Group;
import cohort.task.LargestOutput;
import cohort.task.PeriodSpec;
import cohort.task.Response;
import cohort.task.Signature;
import cohort.task.Task;
import cohort.task.TaskFactory;
import cohort.task.Trial;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Go or no-go: one of two symbols is shown, and after a delay a response must be given, or withheld. The task of Zhang et al. (2019,
 * <a href="https://doi.org/10.7554/eLife.43191">doi</a>) in the form of neurogym's {@code GoNogo}.
 *
 * <p>Input channels are fixation, no-go and go: fixation is 1 until the decision, so that its end is the cue; in the stimulus period the
 * symbol's channel is 1. Outputs are fixate and go. Both symbols are equally likely. There is no noise.
 *
 * @param dtMillis length of a step in milliseconds; every duration is floored to a multiple of it
 * @param fixation duration of the fixation period
 * @param stimulus duration of the stimulus period, at least one step
 * @param delay duration of the delay period
 * @param decision duration of the decision period, at least one step
 */
public record GoNogo(double dtMillis, Duration fixation, Duration stimulus, Duration delay, Duration decision)
        implements Task {
    /** The name in configurations and tables. */
    public static final String NAME = "go-nogo";

    private static final int FIXATION = 0;
    private static final int STIMULUS = 1;
    private static final int DELAY = 2;
    private static final int DECISION = 3;

    /** Place of the factor, which is also the right answer. */
    private static final int GO = 0;

    /** Channel of the no-go symbol; that of the go symbol is the next one. */
    private static final int SYMBOLS = 1;

    public GoNogo {
        Duration.requireDt(dtMillis);
        stimulus.requireStep("stimulus", dtMillis);
        decision.requireStep("decision", dtMillis);
    }

    @Override
    public Signature signature() {
        return new Signature(
                NAME,
                dtMillis,
                List.of(new Group("fixation", 0, 1), new Group("no-go", SYMBOLS, 1), new Group("go", SYMBOLS + 1, 1)),
                List.of(new Group("choice", 0, 2)),
                List.of(
                        new PeriodSpec("fixation", fixation),
                        new PeriodSpec("stimulus", stimulus),
                        new PeriodSpec("delay", delay),
                        new PeriodSpec("decision", decision)),
                List.of(new Factor("go", "", "1: a response is asked for; 0: none is")));
    }

    @Override
    public void plan(UniformRandomProvider random, Trial into) {
        int go = random.nextInt(2);
        into.setFactor(GO, go);
        into.setAnswer(go);
        into.setSteps(FIXATION, Duration.steps(fixation.sampleMillis(random), dtMillis));
        into.setSteps(STIMULUS, Duration.steps(stimulus.sampleMillis(random), dtMillis));
        into.setSteps(DELAY, Duration.steps(delay.sampleMillis(random), dtMillis));
        into.setSteps(DECISION, Duration.steps(decision.sampleMillis(random), dtMillis));
    }

    @Override
    public void show(UniformRandomProvider random, Trial trial) {
        for (int period = FIXATION; period < DECISION; period++) {
            trial.paint(period, 0, 1);
            trial.target(period, 0);
        }
        trial.paint(STIMULUS, SYMBOLS + trial.answer(), 1);
        trial.target(DECISION, trial.answer());
    }

    @Override
    public Response response(ChoiceRule rule) {
        return new LargestOutput(1, 0.5, rule, DECISION);
    }

    /** Makes the task from a configuration. */
    public static final class Factory implements TaskFactory {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public String about() {
            return "One of two symbols is shown; after a delay the network responds to the one, and withholds its response to the other.";
        }

        @Override
        public String source() {
            return "Zhang et al. 2019; neurogym GoNogo";
        }

        @Override
        public String defaults() {
            return """
                    # Durations of the periods.
                    task.timing {
                      fixation = 0
                      stimulus = 500
                      delay = 500
                      decision = 500
                    }
                    training.period-weights {
                      fixation = 1
                      stimulus = 1
                      delay = 1
                      decision = 1
                    }
                    """;
        }

        @Override
        public Task of(Settings settings) {
            double dt = TaskFactory.dtMillis(settings);
            return settings.within(
                    "task.timing",
                    () -> new GoNogo(
                            dt,
                            DurationSetting.of(settings, "task.timing.fixation"),
                            DurationSetting.of(settings, "task.timing.stimulus"),
                            DurationSetting.of(settings, "task.timing.delay"),
                            DurationSetting.of(settings, "task.timing.decision")));
        }
    }
}
