package cohort.task.library.detection;

import cohort.config.Settings;
import cohort.task.Answer;
import cohort.task.ChoiceRule;
import cohort.task.Factor;
import cohort.task.Group;
import cohort.task.Outputs;
import cohort.task.Response;
import cohort.task.Signature;
import cohort.task.Task;
import cohort.task.Timing;
import cohort.task.Trial;
import cohort.task.parts.Noise;
import cohort.task.parts.PeriodChoice;
import cohort.task.parts.TaskForm;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Annubes: a stimulus of one of several modalities comes, or, in catch trials, none; the network responds while there is one. neurogym's
 * {@code AnnubesEnv}.
 *
 * <p>Inputs are fixation, {@code fixationIntensity} in the fixation period; start, 1 in the stimulus period of every trial; and the
 * modalities, whose channels have the intensity and N(0, noise^2) at each step of the stimulus period if they are shown, else 0. Outputs
 * are fixate and respond (others, if there are more, are never asked for).
 *
 * <p>No modality comes more than {@code maxSequential} times in a row. Trials are drawn in blocks, within which this holds, and each is a
 * function of its index alone; a catch trial, and the end of a block, begin a new row. In the original a combination of modalities, "va",
 * has a channel of its own, and where another modality must come, all others are equally likely, also after a catch trial if
 * {@code maxSequential} is 1; here a combination is shown on the channels of its letters, and others come by their shares.
 *
 * @param form what a combination is shown on, and which modality follows a full row
 * @param timing durations of fixation, stimulus and iti
 * @param modalities their names, combinations among them
 * @param shares how often each of them comes, relative to the others
 * @param intensities of a stimulus, drawn with equal probability
 * @param catchShare probability of a catch trial
 * @param maxSequential most trials of one modality in a row; 0: no limit
 * @param blockSize number of trials in a block
 * @param fixationIntensity value of the fixation input
 * @param noise standard deviation of the noise of a step
 * @param outputs number of outputs, at least 2
 */
public record Annubes(
        TaskForm form,
        Timing timing,
        List<String> modalities,
        List<Double> shares,
        List<Double> intensities,
        double catchShare,
        int maxSequential,
        int blockSize,
        double fixationIntensity,
        double noise,
        int outputs)
        implements Task {
    /** The name in configurations and tables. */
    public static final String NAME = "annubes";

    private static final String[] PERIODS = {"fixation", "stimulus", "iti"};
    private static final int FIXATION = 0;
    private static final int STIMULUS = 1;
    private static final int ITI = 2;

    /** Places of the factors. */
    private static final int MODALITY = 0;

    private static final int INTENSITY = 1;

    /** Where a trial has which of its row it is, from 1 on. */
    static final int IN_A_ROW = 0;

    private static final int START = 1;

    /** Channel of the first modality. */
    private static final int FIRST = 2;

    private static final int NONE = -1;

    public Annubes {
        modalities = List.copyOf(modalities);
        shares = List.copyOf(shares);
        intensities = List.copyOf(intensities);
        timing.requireStep(STIMULUS);
        if (modalities.isEmpty()
                || modalities.contains("")
                || modalities.stream().distinct().count() < modalities.size()) {
            throw new IllegalArgumentException("modalities are not different names: " + modalities);
        }
        if (shares.size() != modalities.size()
                || shares.stream().anyMatch(share -> !(share >= 0 && share < Double.POSITIVE_INFINITY))
                || shares.stream().mapToDouble(Double::doubleValue).sum() == 0) {
            throw new IllegalArgumentException("shares are not a number of at least 0 for each of the modalities, "
                    + modalities + ", and above 0 for one of them: " + shares);
        }
        if (intensities.isEmpty()) {
            throw new IllegalArgumentException("list of intensities is empty");
        }
        if (!(catchShare >= 0 && catchShare <= 1)) {
            throw new IllegalArgumentException("share of catch trials is not between 0 and 1: " + catchShare);
        }
        if (maxSequential < 0 || blockSize < 1) {
            throw new IllegalArgumentException(
                    "the most in a row is below 0, or the block size below 1: " + maxSequential + ", " + blockSize);
        }
        if (!(noise >= 0) || noise == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("noise is not a number of at least 0: " + noise);
        }
        if (outputs < 2) {
            throw new IllegalArgumentException("there are not at least 2 outputs: " + outputs);
        }
    }

    /** Names of the modalities' channels, in their order. */
    private List<String> channels() {
        return form == TaskForm.ORIGINAL
                ? modalities
                : String.join("", modalities)
                        .codePoints()
                        .distinct()
                        .mapToObj(Character::toString)
                        .toList();
    }

    @Override
    public Signature signature() {
        List<Group> inputs = new ArrayList<>(List.of(new Group("fixation", 0, 1), new Group("start", START, 1)));
        for (String channel : channels()) {
            inputs.add(new Group(channel, inputs.size(), 1));
        }
        return new Signature(
                NAME,
                timing.dtMillis(),
                inputs,
                List.of(new Group("choice", 0, outputs)),
                timing.periods(),
                List.of(
                        new Factor("modality", "", "which of the modalities is shown, from 1 on; 0: a catch trial"),
                        new Factor("intensity", "", "of the stimulus")));
    }

    @Override
    public void planBlock(UniformRandomProvider random, Trial into) {
        long place = into.index() % blockSize;
        int modality = NONE;
        int inARow = 1;
        for (long trial = 0; trial <= place; trial++) {
            int before = modality;
            modality = random.nextDouble() < catchShare ? NONE : next(random, before, inARow);
            inARow = modality != NONE && modality == before ? inARow + 1 : 1;
        }
        into.setFactor(MODALITY, modality + 1);
        into.setAnswer(modality == NONE ? 0 : 1);
        into.setDrawn(IN_A_ROW, inARow);
    }

    /** Draws the modality of a trial that is not a catch trial. */
    private int next(UniformRandomProvider random, int before, int inARow) {
        boolean isFull = maxSequential > 0 && inARow >= maxSequential && modalities.size() > 1;
        if (isFull && form == TaskForm.ORIGINAL) {
            int others = modalities.size() - (before == NONE ? 0 : 1);
            int drawn = random.nextInt(others);
            return before != NONE && drawn >= before ? drawn + 1 : drawn;
        }
        int excluded = isFull ? before : NONE;
        double total = 0;
        for (int modality = 0; modality < shares.size(); modality++) {
            total += modality == excluded ? 0 : shares.get(modality);
        }
        double drawn = random.nextDouble() * total;
        int last = NONE;
        for (int modality = 0; modality < shares.size(); modality++) {
            if (modality != excluded && shares.get(modality) > 0) {
                last = modality;
                drawn -= shares.get(modality);
                if (drawn < 0) {
                    break;
                }
            }
        }
        return last == NONE ? before : last; // all others have no share
    }

    @Override
    public void plan(UniformRandomProvider random, Trial into) {
        if (blockSize == 1) {
            planBlock(random, into);
        }
        double intensity = intensities.get(random.nextInt(intensities.size()));
        into.setFactor(INTENSITY, into.answer() == 0 ? Double.NaN : intensity);
        timing.draw(random, into);
    }

    @Override
    public void show(UniformRandomProvider random, Trial trial) {
        trial.paint(FIXATION, 0, fixationIntensity);
        trial.paint(STIMULUS, START, 1);
        trial.target(FIXATION, 0);
        trial.target(STIMULUS, trial.answer());
        trial.target(ITI, 0);
        if (trial.answer() == 0) {
            return;
        }
        int modality = (int) trial.factor(MODALITY) - 1;
        if (form == TaskForm.ORIGINAL) {
            show(random, trial, FIRST + modality);
            return;
        }
        List<String> channels = channels();
        for (int channel = 0; channel < channels.size(); channel++) {
            if (modalities.get(modality).contains(channels.get(channel))) {
                show(random, trial, FIRST + channel);
            }
        }
    }

    private void show(UniformRandomProvider random, Trial trial, int channel) {
        trial.paint(STIMULUS, channel, trial.factor(INTENSITY));
        trial.addNoise(random, STIMULUS, channel, 1, noise);
    }

    @Override
    public int blockSize() {
        return blockSize;
    }

    @Override
    public Response response(ChoiceRule rule) {
        return new WhileShown(new PeriodChoice(STIMULUS, 1, outputs - 1, rule), Math.max(catchShare, 1 - catchShare));
    }

    /** The choice in the stimulus period, which an inter-trial interval may follow. */
    private record WhileShown(PeriodChoice choice, double chance) implements Response {
        @Override
        public int choices() {
            return choice.choices();
        }

        @Override
        public Answer read(Trial trial, Outputs outputs) {
            int chosen = choice.of(trial, outputs);
            return Answer.choice(chosen, chosen == trial.answer());
        }
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (catchShare == 0 || catchShare == 1) {
            notes.add("task.catch = " + catchShare
                    + ": the right answer is the same in all trials, and who guesses is right");
        }
        if (maxSequential > 0 && modalities.size() == 1) {
            notes.add("task.max-sequential has no effect: there is one modality");
        }
        return notes;
    }

    /** The task of a configuration that has its keys. */
    static Annubes of(Settings settings) {
        Timing timing = Timing.of(settings, PERIODS);
        return settings.within(
                "task.modalities",
                () -> new Annubes(
                        settings.choice("task.form", TaskForm.class),
                        timing,
                        names(settings, "task.modalities"),
                        settings.numbers("task.shares"),
                        settings.numbers("task.intensities"),
                        settings.number("task.catch", "a probability from 0 to 1", v -> v >= 0 && v <= 1),
                        (int) settings.integer("task.max-sequential", 0, Integer.MAX_VALUE),
                        (int) settings.integer("task.block-size", 1, 1_000_000),
                        settings.single("task.fixation-intensity", "a number", v -> true),
                        Noise.perStep(settings),
                        (int) settings.integer("task.outputs", 2, 100)));
    }

    private static List<String> names(Settings settings, String path) {
        if (!(settings.value(path) instanceof ConfigList list)) {
            throw settings.error(path, "must be a list of names, such as [v, a]");
        }
        return list.stream().map(ConfigValue::unwrapped).map(Object::toString).toList();
    }
}
