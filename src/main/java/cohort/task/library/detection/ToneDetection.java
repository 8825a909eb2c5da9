package cohort.task.library.detection;

import cohort.config.Settings;
import cohort.task.ChoiceRule;
import cohort.task.Duration;
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
import cohort.task.parts.TaskForm;
import java.util.List;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Tone detection: a short tone comes at one of several moments in noise, or not at all, and the network says which. neurogym's {@code
 * ToneDetection}, after Costalupes (1985, <a href="https://doi.org/10.1523/JNEUROSCI.05-12-03261.1985">doi</a>).
 *
 * <p>The one input is 1 during the tone, plus N(0, 1) sigma / sqrt(dt) at every step. Outputs are no tone, then one for each moment. The
 * answer is read at the last step. The repaired form asks for no tone until one comes, and from then on for its moment; the original
 * asks for it from the beginning of the trial on, when nobody can know it.
 *
 * @param form which steps ask for the tone's moment
 * @param timing duration of the stimulus
 * @param toneMillis how long the tone lasts, at least one step
 * @param onsetsMillis the moments, in their order; tones at two of them do not overlap
 * @param sigma noise of the stimulus; its standard deviation at one step is sigma / sqrt(dt)
 */
public record ToneDetection(TaskForm form, Timing timing, double toneMillis, List<Double> onsetsMillis, double sigma)
        implements Task {
    /** The name in configurations and tables. */
    public static final String NAME = "tone-detection";

    private static final int STIMULUS = 0;

    /** Place of the factor, which is also the right answer. */
    private static final int POSITION = 0;

    public ToneDetection {
        onsetsMillis = List.copyOf(onsetsMillis);
        if (!(sigma >= 0) || sigma == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("sigma is not a number of at least 0: " + sigma);
        }
        if (onsetsMillis.isEmpty()) {
            throw new IllegalArgumentException("there is no moment at which the tone can come");
        }
        new Duration.Constant(toneMillis).requireStep("tone", timing.dtMillis());
        int end = 0;
        for (double onset : onsetsMillis) {
            if (!(onset >= 0) || timing.steps(onset) < end) {
                throw new IllegalArgumentException(
                        "tones begin in their order, not before the one before is over: " + onsetsMillis);
            }
            end = timing.steps(onset) + timing.steps(toneMillis);
        }
        if (timing.steps(timing.duration(STIMULUS).minMillis()) < end) {
            throw new IllegalArgumentException("the last tone does not fit into the shortest stimulus period, "
                    + timing.duration(STIMULUS).minMillis() + " ms");
        }
    }

    @Override
    public Signature signature() {
        return new Signature(
                NAME,
                timing.dtMillis(),
                List.of(new Group("stimulus", 0, 1)),
                List.of(new Group("choice", 0, 1 + onsetsMillis.size())),
                timing.periods(),
                List.of(new Factor(
                        "position", "", "at which of the moments the tone comes, from 1 on; 0: there is none")));
    }

    @Override
    public void plan(UniformRandomProvider random, Trial into) {
        int position = random.nextInt(1 + onsetsMillis.size());
        into.setFactor(POSITION, position);
        into.setAnswer(position);
        timing.draw(random, into);
    }

    @Override
    public void show(UniformRandomProvider random, Trial trial) {
        int onset = trial.answer() == 0 ? trial.steps() : timing.steps(onsetsMillis.get(trial.answer() - 1));
        if (trial.answer() > 0) {
            trial.paintSteps(onset, onset + timing.steps(toneMillis), 0, 1);
        }
        int known = form == TaskForm.ORIGINAL ? 0 : onset;
        trial.targetSteps(0, known, 0, 1);
        trial.targetSteps(known, trial.steps(), trial.answer(), 1);
        trial.addNoise(random, sigma / Math.sqrt(timing.dtMillis()));
    }

    @Override
    public Response response(ChoiceRule rule) {
        int choices = onsetsMillis.size();
        return new LargestOutput(choices, 1.0 / (1 + choices), ChoiceRule.LAST_STEP, STIMULUS);
    }

    @Override
    public Optional<IdealObserver> ideal() {
        double noise = sigma / Math.sqrt(timing.dtMillis());
        return sigma == 0
                ? Optional.empty()
                : Optional.of(ToneObserver.of(onsetsMillis.size(), Math.sqrt(timing.steps(toneMillis)) / noise));
    }

    /** The task of a configuration that has its keys. */
    static ToneDetection of(Settings settings) {
        Timing timing = Timing.of(settings, "stimulus");
        TaskForm form = settings.choice("task.form", TaskForm.class);
        double sigma = Noise.sigma(settings);
        double tone = settings.number("task.tone", "milliseconds above 0", v -> v > 0);
        List<Double> onsets = settings.numbers("task.onsets");
        return settings.within("task.onsets", () -> new ToneDetection(form, timing, tone, onsets, sigma));
    }
}
