package cohort.task.library.yang;

import cohort.config.Settings;
import cohort.task.Group;
import cohort.task.RandomStreams;
import cohort.task.Split;
import cohort.task.TaskFactory;
import cohort.task.Trial;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Yang et al.'s tasks and trials of them, as their files describe them. */
final class YangExamples {
    private YangExamples() {}

    /** A task by its name in the files. */
    static YangTask task(String name, String... settings) {
        List<String> all = new ArrayList<>(List.of("task.kind=yang-" + name));
        all.addAll(List.of(settings));
        return (YangTask) TaskFactory.chosen(Settings.defaults(all));
    }

    /** A trial of given times and stimuli. */
    static Trial show(YangTask task, int[] steps, YangStimulus first, YangStimulus second) {
        Trial trial = new Trial(task.signature());
        trial.begin(0);
        task.plan(trial, steps, first, second);
        trial.clear();
        task.show(RandomStreams.of(1, Split.TEST, 0), trial);
        return trial;
    }

    /** Lengths of the periods, from a file's times. */
    static int[] steps(YangTask task, JsonNode times, int end) {
        YangSchedule schedule = task.schedule();
        int periods = schedule.periods();
        int[] ends = new int[periods];
        ends[schedule.on(1) - 1] = step(times, "stim1_on", end);
        if (schedule.off(1) < periods) {
            ends[schedule.off(1) - 1] = step(times, "stim1_off", end);
        }
        if (times.has("stim2_on")) {
            ends[schedule.on(2) - 1] = step(times, "stim2_on", end);
            if (schedule.off(2) < periods) {
                ends[schedule.off(2) - 1] = step(times, "stim2_off", end);
            }
        }
        ends[periods - 2] = step(times, "response_on", end);
        ends[periods - 1] = end;
        int[] steps = new int[periods];
        for (int period = 0; period < periods; period++) {
            steps[period] = ends[period] - (period == 0 ? 0 : ends[period - 1]);
        }
        return steps;
    }

    /** A time in steps; null is the end. */
    static int step(JsonNode times, String name, int end) {
        return times.get(name).isNull() ? end : times.get(name).intValue();
    }

    /** A stimulus of a trial in a file, by its number. */
    static YangStimulus stimulus(JsonNode conditions, int number, int lane) {
        String name = "stim" + number;
        if (!conditions.has(name + "_angle")) {
            return YangStimulus.NONE;
        }
        double angle = at(conditions, name + "_angle", lane);
        if (conditions.has(name + "_mod1_strength")) {
            return new YangStimulus(
                    angle,
                    at(conditions, name + "_mod1_strength", lane),
                    at(conditions, name + "_mod2_strength", lane));
        }
        String modality = conditions.has(name + "_modality") ? name + "_modality" : "modality";
        double strength = conditions.has(name + "_strength") ? at(conditions, name + "_strength", lane) : 1;
        return YangStimulus.in((int) at(conditions, modality, lane), angle, strength);
    }

    static double at(JsonNode conditions, String name, int lane) {
        return conditions.get(name).get(lane).doubleValue();
    }

    /** The angle that is asked for at a step, -1 for fixation. */
    static double location(YangTask task, Trial trial, int step) {
        double asked = YangStimulus.asked(trial);
        boolean isFixation = step < trial.start(task.schedule().response()) || Double.isNaN(asked);
        return isFixation ? -1 : asked;
    }

    /** How much an output counts in the loss at a step. */
    static double weight(Trial trial, int step, int output) {
        List<Group> groups = trial.signature().outputs();
        int group = 0;
        while (output >= groups.get(group).end()) {
            group++;
        }
        return trial.weights()[step] * groups.get(group).lossWeight();
    }
}
