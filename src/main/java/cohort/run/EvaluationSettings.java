package cohort.run;

import cohort.config.Settings;
import cohort.evaluation.EvaluationSpec;
import cohort.task.ChoiceRule;
import cohort.task.Split;
import cohort.task.Task;
import cohort.training.Loss;

/** How a network is tested, as a configuration says. */
final class EvaluationSettings {
    private static final String CHOICE = "evaluation.choice";
    private static final String THRESHOLD = "evaluation.threshold";

    private EvaluationSettings() {}

    static EvaluationSpec of(Settings settings, Task task) {
        long heldOut = task.size(Split.TEST);
        if (heldOut < settings.integer("evaluation.trials", 1, RunConfiguration.MANY)) {
            throw settings.error(
                    "evaluation.trials",
                    "task " + task.signature().name() + " holds out " + heldOut
                            + " trials for it: must be at most that");
        }
        double threshold = settings.number(THRESHOLD, "a number", Double::isFinite);
        if (hasThreshold(settings)) {
            requireThreshold(settings, task, threshold);
        }
        return new EvaluationSpec(
                (int) settings.integer("evaluation.trials", 1, RunConfiguration.MANY),
                settings.choice(CHOICE, ChoiceRule.class),
                threshold,
                (int) settings.integer("evaluation.loss-sequences", 1, RunConfiguration.MANY),
                (int) settings.integer("evaluation.every", 0, RunConfiguration.MANY));
    }

    /** Whether the threshold is of any meaning. */
    static boolean hasThreshold(Settings settings) {
        return settings.choice(CHOICE, ChoiceRule.class) == ChoiceRule.FIRST_CROSSING;
    }

    private static void requireThreshold(Settings settings, Task task, double threshold) {
        if (task.response(ChoiceRule.LAST_STEP).crossing(threshold).isEmpty()) {
            throw settings.error(
                    CHOICE,
                    "asks which output crosses a threshold first, and in task "
                            + task.signature().name()
                            + " choices have no outputs of their own: must be last-step or decision-mean");
        }
        boolean isProbability = settings.choice("training.loss", Loss.class) == Loss.CROSS_ENTROPY;
        if (isProbability && !(threshold > 0 && threshold < 1)) {
            throw settings.error(
                    THRESHOLD, "is a probability where training.loss = cross-entropy: must be above 0 and below 1");
        }
    }
}
