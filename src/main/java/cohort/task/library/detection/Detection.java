package cohort.task.library.detection;

import cohort.config.Settings;
import cohort.task.Answer;
import cohort.task.ChoiceRule;
import cohort.task.Duration;
import cohort.task.Factor;
import cohort.task.Group;
import cohort.task.IdealObserver;
import cohort.task.Outputs;
import cohort.task.Response;
import cohort.task.Signature;
import cohort.task.Task;
import cohort.task.Timing;
import cohort.task.Trial;
import cohort.task.parts.Noise;
import cohort.task.parts.TaskForm;
import cohort.task.parts.TimedGo;
import java.util.List;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Detection: in half of the trials a short signal of height 0.5 comes somewhere in noise, and the network says so as soon as it has seen
 * it. neurogym's {@code Detection}.
 *
 * <p>Inputs are fixation, 1 in the fixation period, and the stimulus, N(0, 1) sigma / sqrt(dt) at each step of the stimulus period. The
 * signal begins at a step of it that leaves it room, and a signal of one step one more to answer in; where there is room for more than one
 * beginning, the last of them never comes up. Outputs are fixate and go; go is asked for from the signal's beginning on. The answer is the
 * first go of a trial, which is right at or after the signal's beginning.
 *
 * <p>In the original, trials without a signal have noise of sqrt(2) times this size, which tells them apart by itself.
 *
 * @param form whether noise is the same in all trials
 * @param timing durations of fixation and stimulus
 * @param signalMillis how long the signal lasts, at least one step
 * @param onsetMillis when it begins, from the beginning of the stimulus period; NaN: anywhere
 * @param sigma noise of the stimulus; its standard deviation at one step is sigma / sqrt(dt)
 */
public record Detection(TaskForm form, Timing timing, double signalMillis, double onsetMillis, double sigma)
        implements Task {
    /** The name in configurations and tables. */
    public static final String NAME = "detection";

    /** What the signal adds to the stimulus. */
    static final double HEIGHT = 0.5;

    static final int FIXATION = 0;
    static final int STIMULUS = 1;

    /** Place of the factor, which is also the right answer. */
    static final int SIGNAL = 0;

    /** Where a trial has the step of the stimulus period at which the signal begins. */
    private static final int ONSET = 0;

    public Detection {
        if (!(sigma >= 0) || sigma == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("sigma is not a number of at least 0: " + sigma);
        }
        new Duration.Constant(signalMillis).requireStep("signal", timing.dtMillis());
        timing.requireStep(STIMULUS);
        int shortest = timing.steps(timing.duration(STIMULUS).minMillis());
        int signal = timing.steps(signalMillis);
        int before = Double.isNaN(onsetMillis) ? room(signal) : timing.steps(onsetMillis);
        if (shortest < before + signal) {
            throw new IllegalArgumentException("the signal does not fit into the shortest stimulus period, "
                    + timing.duration(STIMULUS).minMillis() + " ms");
        }
    }

    /** Steps left free at the end of the stimulus period. */
    private static int room(int signalSteps) {
        return signalSteps == 1 ? 1 : 0;
    }

    @Override
    public Signature signature() {
        return new Signature(
                NAME,
                timing.dtMillis(),
                List.of(new Group("fixation", 0, 1), new Group("stimulus", 1, 1)),
                List.of(new Group("action", 0, 2)),
                timing.periods(),
                List.of(new Factor("signal", "", "1: there is a signal; 0: there is none")));
    }

    @Override
    public void plan(UniformRandomProvider random, Trial into) {
        int signal = random.nextInt(2);
        into.setFactor(SIGNAL, signal);
        into.setAnswer(signal);
        timing.draw(random, into);
        into.setDrawn(ONSET, firstOnset() + random.nextInt(onsets(into.steps(STIMULUS))));
    }

    /** The first step of a stimulus period at which the signal can begin. */
    int firstOnset() {
        return Double.isNaN(onsetMillis) ? 0 : timing.steps(onsetMillis);
    }

    /** How many steps of a stimulus period, one after the other, the signal can begin at. */
    int onsets(int stimulusSteps) {
        int signal = timing.steps(signalMillis);
        return Double.isNaN(onsetMillis) ? Math.max(1, stimulusSteps - signal - room(signal)) : 1;
    }

    /** Steps of the signal. */
    int signalSteps() {
        return timing.steps(signalMillis);
    }

    /** Standard deviation of the noise of a step. */
    double noise(boolean hasSignal) {
        double noise = sigma / Math.sqrt(timing.dtMillis());
        return form == TaskForm.ORIGINAL && !hasSignal ? Math.sqrt(2) * noise : noise;
    }

    /** The step of the trial at which its signal begins. */
    private static int onset(Trial trial) {
        return trial.start(STIMULUS) + (int) trial.drawn(ONSET);
    }

    @Override
    public void show(UniformRandomProvider random, Trial trial) {
        boolean hasSignal = trial.answer() == 1;
        int go = hasSignal ? onset(trial) : trial.steps();
        trial.paint(FIXATION, 0, 1);
        if (hasSignal) {
            trial.paintSteps(go, go + signalSteps(), 1, HEIGHT);
        }
        trial.targetSteps(0, go, TimedGo.FIXATE, 1);
        trial.targetSteps(go, trial.steps(), TimedGo.GO, 1);
        trial.addNoise(random, STIMULUS, 1, 1, noise(hasSignal));
    }

    @Override
    public Response response(ChoiceRule rule) {
        return new FirstGo();
    }

    @Override
    public Optional<IdealObserver> ideal() {
        return sigma == 0 ? Optional.empty() : Optional.of(new DetectionObserver(this));
    }

    private record FirstGo() implements Response {
        @Override
        public int choices() {
            return 1;
        }

        @Override
        public double chance() {
            return 0.5;
        }

        @Override
        public Answer read(Trial trial, Outputs outputs) {
            int go = TimedGo.firstGo(trial, outputs);
            if (go < 0) {
                return Answer.choice(0, trial.answer() == 0);
            }
            boolean isRight = trial.answer() == 1 && go >= onset(trial);
            return new Answer(1, Double.NaN, go * trial.signature().dtMillis(), isRight);
        }
    }

    /** The task of a configuration that has its keys. */
    static Detection of(Settings settings) {
        Timing timing = Timing.of(settings, "fixation", "stimulus");
        TaskForm form = settings.choice("task.form", TaskForm.class);
        double sigma = Noise.sigma(settings);
        double signal = settings.number("task.signal", "milliseconds above 0", v -> v > 0);
        double onset = settings.text("task.onset").equals("anywhere")
                ? Double.NaN
                : settings.number("task.onset", "anywhere, or milliseconds of at least 0", v -> v >= 0);
        return settings.within("task.timing.stimulus", () -> new Detection(form, timing, signal, onset, sigma));
    }
}
