package cohort.task.library.reasoning;

import cohort.config.Settings;
import cohort.task.Answer;
import cohort.task.ChoiceRule;
import cohort.task.Duration;
import cohort.task.Factor;
import cohort.task.Group;
import cohort.task.Outputs;
import cohort.task.Response;
import cohort.task.Signature;
import cohort.task.Task;
import cohort.task.Timing;
import cohort.task.Trial;
import cohort.task.parts.PeriodChoice;
import cohort.task.parts.TaskForm;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Hierarchical reasoning: the interval between two flashes at one place is long or short, and a rule says which of the two calls for that
 * place and which for the opposite one. The network first reports the rule, then the place. The task of Sarafyazd and Jazayeri (2019,
 * <a href="https://doi.org/10.1126/science.aav8911">doi</a>) in the form of neurogym's {@code HierarchicalReasoning}.
 *
 * <p>Inputs are fixation, 1 until the decision; two rule cues, on in the period rule_target; and two places, on in the flashes. Outputs
 * are fixate, the two rules, and the two places. Under rule 1 a long interval calls for the place of the flashes, under rule 0 a short one.
 * Rules change after a number of trials drawn from shortestBlock to longestBlock, without notice: two successive rules have
 * shortestBlock + longestBlock trials together, so that a trial follows from its index and these two alone.
 *
 * <p>The repaired form shows the cue of the rule that holds. The original shows both, so that the rule is known from the feedback of other
 * trials alone; it judges another interval than the one that is shown, drawn by itself; and it says by chance whether one equal to the
 * threshold, to half a millisecond, is long.
 *
 * @param form whether trials can be solved
 * @param timing durations of fixation, rule_target, fixation2, flash1, delay, flash2 and decision
 * @param thresholdMillis an interval above this is long, in whole steps
 * @param shortestBlock fewest trials of one rule in a row, at least 1
 * @param longestBlock most of them
 */
public record HierarchicalReasoning(
        TaskForm form, Timing timing, double thresholdMillis, int shortestBlock, int longestBlock) implements Task {
    /** The name in configurations and tables. */
    public static final String NAME = "hierarchical-reasoning";

    /** Names of the periods, and their places. */
    private static final String[] PERIODS = {
        "fixation", "rule_target", "fixation2", "flash1", "delay", "flash2", "decision"
    };

    static final int RULE_TARGET = 1;
    private static final int FLASH1 = 3;
    static final int DELAY = 4;
    private static final int FLASH2 = 5;
    static final int DECISION = 6;

    /** Places of the factors. */
    private static final int RULE = 0;

    private static final int INTERVAL = 1;

    /** Where a trial has the place of its flashes, from 0 on; the interval that is judged; and whether it is long, 1 or 0. */
    static final int FLASHED = 0;

    static final int JUDGED = 1;
    static final int LONG = 2;

    /** The first cue and the first place among the inputs, and the rules and places among the outputs. */
    private static final int RULES = 1;

    private static final int PLACES = 3;

    public HierarchicalReasoning {
        timing.requireStep(RULE_TARGET, FLASH1, DELAY, FLASH2, DECISION);
        if (shortestBlock < 1 || longestBlock < shortestBlock) {
            throw new IllegalArgumentException(
                    "blocks of trials with one rule have not at least 1 trial, and the longest as many as"
                            + " the shortest: " + shortestBlock + ", " + longestBlock);
        }
        Duration delay = timing.duration(DELAY);
        if (form == TaskForm.REPAIRED
                && !(shown(timing, delay.minMillis()) <= thresholdMillis
                        && thresholdMillis < shown(timing, delay.maxMillis()))) {
            throw new IllegalArgumentException("all delays are on one side of the threshold of " + thresholdMillis
                    + " ms: from " + delay.minMillis() + " to " + delay.maxMillis() + " ms");
        }
    }

    /** A duration in whole steps, in milliseconds. */
    private static double shown(Timing timing, double millis) {
        return timing.steps(millis) * timing.dtMillis();
    }

    @Override
    public Signature signature() {
        return new Signature(
                NAME,
                timing.dtMillis(),
                List.of(new Group("fixation", 0, 1), new Group("rule", RULES, 2), new Group("stimulus", PLACES, 2)),
                List.of(new Group("action", 0, 5)),
                timing.periods(),
                List.of(
                        new Factor("rule", "", "1: a long interval calls for the place of the flashes; 0: a short one"),
                        new Factor("interval", "ms", "time between the flashes, where it is one of a list")));
    }

    /** As many trials as two successive rules have together. */
    @Override
    public int blockSize() {
        return shortestBlock + longestBlock;
    }

    @Override
    public void planBlock(UniformRandomProvider random, Trial into) {
        int first = shortestBlock + random.nextInt(longestBlock - shortestBlock + 1);
        into.setFactor(RULE, into.index() % blockSize() < first ? 1 : 0);
    }

    @Override
    public void plan(UniformRandomProvider random, Trial into) {
        int flashed = random.nextInt(2);
        timing.draw(random, into);
        double interval = into.steps(DELAY) * timing.dtMillis();
        boolean isShown = form == TaskForm.REPAIRED;
        double judged = isShown ? interval : timing.drawSteps(random, DELAY) * timing.dtMillis();
        boolean isLong = judged > thresholdMillis + (isShown ? 0 : random.nextDouble() - 0.5);
        boolean isPro = isLong == (into.factor(RULE) == 1);
        into.setDrawn(FLASHED, flashed);
        into.setDrawn(JUDGED, judged);
        into.setDrawn(LONG, isLong ? 1 : 0);
        into.setFactor(INTERVAL, timing.duration(DELAY).isContinuous() ? Double.NaN : interval);
        into.setAnswer(1 + (isPro ? flashed : 1 - flashed));
    }

    @Override
    public void show(UniformRandomProvider random, Trial trial) {
        int rule = (int) trial.factor(RULE);
        int flashed = PLACES + (int) trial.drawn(FLASHED);
        trial.paintSteps(0, trial.start(DECISION), 0, 1);
        for (int cue = 0; cue < 2; cue++) {
            if (form == TaskForm.ORIGINAL || cue == rule) {
                trial.paint(RULE_TARGET, RULES + cue, 1);
            }
        }
        trial.paint(FLASH1, flashed, 1);
        trial.paint(FLASH2, flashed, 1);
        for (int period = 0; period < DECISION; period++) {
            trial.target(period, period == RULE_TARGET ? RULES + rule : 0);
        }
        trial.target(DECISION, PLACES + trial.answer() - 1);
    }

    @Override
    public Response response(ChoiceRule rule) {
        return new Both(new PeriodChoice(RULE_TARGET, RULES, 2, rule), new PeriodChoice(DECISION, PLACES, 2, rule));
    }

    /** The answer is the place; it is right if the rule was, too. */
    private record Both(PeriodChoice rule, PeriodChoice place) implements Response {
        @Override
        public int choices() {
            return place.choices();
        }

        @Override
        public double chance() {
            return 0.25;
        }

        @Override
        public Answer read(Trial trial, Outputs outputs) {
            int chosen = place.of(trial, outputs);
            boolean knowsRule = rule.of(trial, outputs) == 1 + (int) trial.factor(RULE);
            return Answer.choice(chosen, knowsRule && chosen == trial.answer());
        }
    }

    /** The task of a configuration that has its keys. */
    static HierarchicalReasoning of(Settings settings) {
        Timing timing = Timing.of(settings, PERIODS);
        TaskForm form = settings.choice("task.form", TaskForm.class);
        double threshold = settings.number("task.threshold", "milliseconds", v -> true);
        String allowed = "must be two whole numbers, the fewest and the most trials of one rule, from 1 to 1000000";
        List<Long> block = settings.integers("task.block", allowed);
        if (block.size() != 2 || block.get(0) < 1 || block.get(1) < block.get(0) || block.get(1) > 1_000_000) {
            throw settings.error("task.block", allowed);
        }
        return settings.within(
                "task.threshold",
                () -> new HierarchicalReasoning(
                        form,
                        timing,
                        threshold,
                        block.get(0).intValue(),
                        block.get(1).intValue()));
    }
}
