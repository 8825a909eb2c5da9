package cohort.task.library;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cohort.config.Settings;
import cohort.config.UserError;
import cohort.task.Answer;
import cohort.task.ChoiceRule;
import cohort.task.Examples;
import cohort.task.Split;
import cohort.task.Task;
import cohort.task.TaskFactory;
import cohort.task.Trial;
import cohort.task.TrialSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** What tests of the library's tasks have in common. */
public final class LibraryTasks {
    private LibraryTasks() {}

    /** The task of this name, with some settings. */
    public static Task task(String kind, String... settings) {
        List<String> all = new ArrayList<>(List.of("task.kind=" + kind));
        all.addAll(List.of(settings));
        return TaskFactory.chosen(Settings.defaults(all));
    }

    /** Its first test trials. */
    public static List<Trial> trials(Task task, int count) {
        TrialSource source = task.trials(3, Split.TEST);
        List<Trial> trials = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            trials.add(Examples.read(source, index));
        }
        return trials;
    }

    /** The answer of a network with outputs fixate and go, which goes at some steps. */
    public static Answer going(Task task, Trial trial, IntPredicate goes) {
        return task.response(ChoiceRule.LAST_STEP)
                .read(trial, (step, output) -> (output == 1) == goes.test(step) ? 0.7f : 0.3f);
    }

    /** The answer of a network that does what is asked for. */
    public static Answer obedient(Task task, Trial trial) {
        return task.response(ChoiceRule.LAST_STEP)
                .read(trial, (step, output) -> trial.targets()[step * trial.outputs() + output]);
    }

    /** An input. */
    public static float input(Trial trial, int step, int channel) {
        return trial.inputs()[step * trial.channels() + channel];
    }

    /** Steps at which an input is on. */
    public static int stepsOn(Trial trial, int channel) {
        int count = 0;
        for (int step = 0; step < trial.steps(); step++) {
            count += input(trial, step, channel) != 0 ? 1 : 0;
        }
        return count;
    }

    /** The first step from one on at which an input is on, or off; the trial's length if there is none. */
    public static int next(Trial trial, int from, int channel, boolean isOn) {
        int step = from;
        while (step < trial.steps() && (input(trial, step, channel) != 0) != isOn) {
            step++;
        }
        return step;
    }

    /** A task with a setting is refused, in words that name section task and say why. */
    public static void assertRefused(String kind, String setting, String message) {
        assertThatThrownBy(() -> task(kind, setting))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("task.")
                .hasMessageContaining(message);
    }
}
