package cohort.task.declared;

import cohort.config.Settings;
import cohort.task.Examples;
import cohort.task.Split;
import cohort.task.Task;
import cohort.task.TaskFactory;
import cohort.task.Trial;
import java.util.ArrayList;
import java.util.List;

/** Tasks that several tests declare. */
public final class DeclaredTasks {
    /** The library's go-nogo; durations are those of its defaults, and can be set. */
    static final String GO_NOGO = """
            task {
              kind = declared
              name = my-go-nogo
              inputs = [fixation, { symbol = 2 }]
              outputs = [{ choice = 2 }]
              periods = [fixation, stimulus, delay, decision]
              timing { fixation = 0, stimulus = 500, delay = 500, decision = 500 }
              draw { go = [0, 1] }
              answer = go
              show = [
                { flag = fixation, in = [fixation, stimulus, delay] }
                { one-hot = symbol, at = go, in = stimulus }
              ]
              ask = [{ class = answer, in = decision }]
              response { largest = choice, in = decision }
            }
            """;

    /** The library's perceptual-decision-making with two directions. */
    static final String PERCEPTUAL_DECISION = """
            task {
              kind = declared
              name = my-decision
              inputs = [fixation, { stimulus = 2 }]
              outputs = [{ choice = 3 }]
              periods = [fixation, stimulus, delay, decision]
              timing { fixation = 100, stimulus = 2000, delay = 0, decision = 100 }
              draw {
                direction = { directions = 2, condition = false }
                coherence = { one-of = [0, 6.4, 12.8, 25.6, 51.2], unit = "%", meaning = strength of the evidence }
                sigma = 1
              }
              answer = direction
              show = [
                { flag = fixation, in = [fixation, stimulus, delay] }
                { ring = stimulus, at = direction, code = cosine, strength = coherence, scale = 0.005, offset = 0.5, in = stimulus }
                { noise = sigma, on = stimulus, in = stimulus }
              ]
              ask = [{ class = answer, in = decision }]
              response { largest = choice, in = decision }
              psychometry { factor = coherence, period = stimulus, positive = 2 }
            }
            """;

    /** Something of everything: 2 + 4 + 2 steps. */
    static final String SMALL = """
            task {
              kind = declared
              name = small
              dt = 10
              inputs = [light, { pair = 2 }, { ring = 4 }]
              outputs = [{ choice = 3 }, { ring = 4, weight = 2 }]
              periods = [wait, look, decide]
              timing { wait = 20, look = 40, decide = 20 }
              draw {
                side = [1, 2]
                angle = { directions = 4 }
                strength = [0.5, 1]
              }
              answer = side
              show = [
                { flag = light, in = [wait, look] }
                { one-hot = pair, at = side, in = look }
                { ring = ring, at = angle, strength = strength, in = look }
              ]
              ask = [
                { class = answer, of = choice, in = decide }
                { ring = ring, at = angle, in = decide }
              ]
              response { largest = choice, in = decide }
            }
            """;

    private DeclaredTasks() {}

    static Settings settings(String text, String... overrides) {
        return Settings.stored(text, "x.conf", List.of(overrides));
    }

    static Task task(String text, String... overrides) {
        return TaskFactory.chosen(settings(text, overrides));
    }

    /** The first trials of a task. */
    static List<Trial> trials(Task task, int count) {
        List<Trial> trials = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            trials.add(Examples.read(task.trials(5, Split.TRAIN), index));
        }
        return trials;
    }

    static float input(Trial trial, int step, int channel) {
        return trial.inputs()[step * trial.channels() + channel];
    }

    static float target(Trial trial, int step, int output) {
        return trial.targets()[step * trial.outputs() + output];
    }

    /** What a channel shows, or an output is asked for, in each step. */
    static List<Float> row(Trial trial, float[] values, int width, int place) {
        List<Float> row = new ArrayList<>();
        for (int step = 0; step < trial.steps(); step++) {
            row.add(values[step * width + place]);
        }
        return row;
    }

    static List<Float> input(Trial trial, int channel) {
        return row(trial, trial.inputs(), trial.channels(), channel);
    }

    static List<Float> target(Trial trial, int output) {
        return row(trial, trial.targets(), trial.outputs(), output);
    }

    static List<Float> weights(Trial trial) {
        return row(trial, trial.weights(), 1, 0);
    }
}
