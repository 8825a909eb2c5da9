package cohort.task.library.yang;

import cohort.config.Kind;
import cohort.config.KindFamily;
import cohort.config.Settings;
import cohort.task.Task;
import cohort.task.library.yang.YangDecision.Evidence;
import cohort.task.library.yang.YangReach.Cue;
import cohort.task.parts.Entry;
import cohort.task.parts.PeriodDefaults;
import cohort.task.parts.Recipe;
import java.util.Arrays;
import java.util.List;

/**
 * The 20 tasks that Yang et al. (2019, <a href="https://doi.org/10.1038/s41593-018-0310-2">doi</a>) trained single networks on, as their
 * code (gyyang/multitask) has them.
 *
 * <p>Inputs are fixation, two rings of 32 units (modalities), and one rule input for each of the tasks, of which a task has its own on.
 * Outputs are fixation and a ring. A stimulus is a bump on a ring, 0.8 exp(-(d / (pi / 8))^2 / 2) times its strength at a distance d; asked
 * for are 0.8 of the fixation output until the response, 0.05 in it; and 0.05 of the ring, with a bump of strength 1 on top in the
 * response. All inputs are noisy at all steps.
 */
public final class YangTasks implements KindFamily {
    private static final String FAMILY = "yang";

    private static final String SOURCE =
            "Yang et al. 2019, https://doi.org/10.1038/s41593-018-0310-2; gyyang/multitask";

    private static final String COMMON = """
            task {
              # Units of each of the two input rings, and of the ring of outputs.
              ring-size = 32
              # Noise of all inputs at all steps; its standard deviation at one step is sigma / sqrt(dt). The original's is 0.01 sqrt(2 tau)
              # with tau = 100 ms, which is 0.0316 at steps of 20 ms.
              sigma = 0.1414214
              # What outputs should be: values, or classes (fixation or a unit of the ring; with training.loss = cross-entropy).
              targets = values
              # How much steps count in the loss, 0 in the first 100 ms of a trial and of the response, 1 before the response and in it: squared
              # (25, and fixation 4 times: the published networks), plain (5, and fixation twice: the paper) or normalised (as plain, but
              # 1 on average over a trial: the original's for classes).
              mask = squared
              # Rule inputs that are on: own, or others in its place, or several at once, by the names of the set: [fdanti, delaygo, fdgo].
              rules = [own]
              # Values of these inputs, one for each; []: 1 each.
              rule-values = []
              # When they are on, [on, off] in ms; []: always.
              rule-times = []
              # A response that is less than this off is right, degrees.
              tolerance = 36
              # Number of successive trials that share their timing and the modalities of their stimuli. The original's are those of a batch: then
              # nothing is padded.
              block-size = 1
              # Where conditions come from: random, or test, the original's grid, one condition after the other, with fixed timing and without
              # noise.
              mode = random
            }
            training.loss = mean-squared-error
            """;

    /** Where to point is plain to see. */
    private static final Recipe REACH = Recipe.leaky(128, 32, 1500, 0.002);

    /** What was seen is held and compared. */
    private static final Recipe COMPARISON = Recipe.gru(128, 32, 1500, 0.003);

    private static final String FIXATION_STAYS = """
            # When the fixation input goes off: stays (never: the stimulus is the go cue, as in the original) or until-response.
            task.fixation = stays
            """;

    @Override
    public List<Kind> kinds() {
        return Arrays.stream(YangRule.values())
                .<Kind>map(rule -> new Entry(
                        rule.kind(),
                        FAMILY,
                        SOURCE,
                        rule.title() + ": " + about(rule) + ".",
                        COMMON + recipe(rule).defaults() + defaults(rule),
                        settings -> make(settings, rule)))
                .toList();
    }

    private static Task make(Settings settings, YangRule rule) {
        YangFrame frame = YangFrame.of(settings, rule);
        return settings.within("task.timing", () -> switch (rule) {
            case FDGO -> YangReach.of(settings, frame, Cue.GO, false);
            case REACTGO -> YangReach.of(settings, frame, Cue.STIMULUS, false);
            case DELAYGO -> YangReach.of(settings, frame, Cue.GO_AFTER_DELAY, false);
            case FDANTI -> YangReach.of(settings, frame, Cue.GO, true);
            case REACTANTI -> YangReach.of(settings, frame, Cue.STIMULUS, true);
            case DELAYANTI -> YangReach.of(settings, frame, Cue.GO_AFTER_DELAY, true);
            case DM1 -> YangDecision.of(settings, frame, Evidence.MODALITY_1, false);
            case DM2 -> YangDecision.of(settings, frame, Evidence.MODALITY_2, false);
            case CONTEXTDM1 -> YangDecision.of(settings, frame, Evidence.ATTENDED_1, false);
            case CONTEXTDM2 -> YangDecision.of(settings, frame, Evidence.ATTENDED_2, false);
            case MULTIDM -> YangDecision.of(settings, frame, Evidence.SUM, false);
            case DELAYDM1 -> YangDecision.of(settings, frame, Evidence.MODALITY_1, true);
            case DELAYDM2 -> YangDecision.of(settings, frame, Evidence.MODALITY_2, true);
            case CONTEXTDELAYDM1 -> YangDecision.of(settings, frame, Evidence.ATTENDED_1, true);
            case CONTEXTDELAYDM2 -> YangDecision.of(settings, frame, Evidence.ATTENDED_2, true);
            case MULTIDELAYDM -> YangDecision.of(settings, frame, Evidence.SUM, true);
            case DMSGO -> YangMatching.of(settings, frame, false, false);
            case DMSNOGO -> YangMatching.of(settings, frame, false, true);
            case DMCGO -> YangMatching.of(settings, frame, true, false);
            case DMCNOGO -> YangMatching.of(settings, frame, true, true);
        });
    }

    private static String about(YangRule rule) {
        return switch (rule) {
            case FDGO -> "point to the stimulus as soon as the fixation input goes off";
            case REACTGO -> "point to the stimulus as soon as it comes on";
            case DELAYGO -> "point, after a delay, to where the stimulus was";
            case FDANTI -> "point away from the stimulus as soon as the fixation input goes off";
            case REACTANTI -> "point away from the stimulus as soon as it comes on";
            case DELAYANTI -> "point, after a delay, away from where the stimulus was";
            case DM1 -> "point to the stronger of two stimuli, both in modality 1";
            case DM2 -> "point to the stronger of two stimuli, both in modality 2";
            case CONTEXTDM1 -> "point to the stimulus that is stronger in modality 1, whatever modality 2 shows";
            case CONTEXTDM2 -> "point to the stimulus that is stronger in modality 2, whatever modality 1 shows";
            case MULTIDM -> "point to the stimulus that is stronger in both modalities together";
            case DELAYDM1 -> "point to the stronger of two stimuli, one after the other in modality 1";
            case DELAYDM2 -> "point to the stronger of two stimuli, one after the other in modality 2";
            case CONTEXTDELAYDM1 ->
                "point to the one of two stimuli, one after the other, that is stronger in modality 1, whatever modality 2 shows";
            case CONTEXTDELAYDM2 ->
                "point to the one of two stimuli, one after the other, that is stronger in modality 2, whatever modality 1 shows";
            case MULTIDELAYDM ->
                "point to the one of two stimuli, one after the other, that is stronger in both modalities together";
            case DMSGO -> "point to a second stimulus if it is where the first one was";
            case DMSNOGO -> "point to a second stimulus if it is not where the first one was";
            case DMCGO -> "point to a second stimulus if it is on the side of the circle on which the first one was";
            case DMCNOGO ->
                "point to a second stimulus if it is on the other side of the circle than the first one was";
        };
    }

    private static Recipe recipe(YangRule rule) {
        return switch (rule) {
            case FDGO, REACTGO, DELAYGO, FDANTI, REACTANTI, DELAYANTI -> REACH;
            default -> COMPARISON;
        };
    }

    private static String defaults(YangRule rule) {
        return switch (rule) {
            case FDGO, FDANTI ->
                timing("fixation = { uniform = [300, 700] }", "stimulus = { uniform = [500, 1500] }", "response = 500");
            case REACTGO, REACTANTI ->
                FIXATION_STAYS + timing("fixation = { uniform = [500, 2500] }", "response = 500");
            case DELAYGO, DELAYANTI ->
                timing(
                        "fixation = [300, 500, 700]",
                        "stimulus = [200, 400, 600]",
                        "delay = [200, 400, 800, 1600]",
                        "response = 500");
            case DM1, DM2, CONTEXTDM1, CONTEXTDM2, MULTIDM ->
                coherences("[0.01, 0.02, 0.04, 0.08]", 10)
                        + timing(
                                "fixation = { uniform = [100, 400] }", "stimulus = [400, 800, 1600]", "response = 500");
            case DELAYDM1, DELAYDM2, CONTEXTDELAYDM1, CONTEXTDELAYDM2, MULTIDELAYDM ->
                coherences("[0.08, 0.16, 0.32]", 2)
                        + timing(
                                "fixation = [200, 400, 600]",
                                "stimulus = [200, 400, 600]",
                                "delay = [200, 400, 800, 1600]",
                                "stimulus2 = [200, 400, 600]",
                                "wait = { uniform = [100, 300] }",
                                "response = 500");
            case DMSGO, DMSNOGO -> FIXATION_STAYS + matching("response = 500");
            case DMCGO, DMCNOGO -> FIXATION_STAYS + matching("response = [200, 400, 600]");
        };
    }

    private static String coherences(String list, int easier) {
        return "# By how much a stimulus is stronger or weaker than the mean of both, which is 0.8 to 1.2; drawn with equal probability.\n"
                + "task.coherences = " + list
                + "\n# standard, or easy: coherences are " + easier + " times as large.\ntask.difficulty = standard\n";
    }

    private static String matching(String response) {
        return timing(
                "fixation = [200, 400, 600]", "stimulus = [200, 400, 600]", "delay = [200, 400, 800, 1600]", response);
    }

    /** Durations of the periods, and their weights beside those of task.mask. */
    private static String timing(String... periods) {
        return "# Durations of the periods.\ntask.timing {\n"
                + String.join("\n", periods).indent(2)
                + "}\n# On top of task.mask.\ntraining.period-weights {\n"
                + PeriodDefaults.weights(List.of(periods), name -> 1).indent(2)
                + "}\n";
    }
}
