package cohort.task.library.psychrnn;

import cohort.config.Settings;
import cohort.task.ExactTrials;
import cohort.task.GoldenComparison;
import cohort.task.GoldenTask;
import cohort.task.PeriodComparison;
import cohort.task.Purpose;
import cohort.task.RandomStreams;
import cohort.task.SegmentComparison;
import cohort.task.Task;
import cohort.task.TaskFactory;
import cohort.task.Trial;
import cohort.task.parts.Ring;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/** PsychRNN's trials with given parameters, and the statistics of those that it draws. */
public final class PsychRnnExact implements ExactTrials, GoldenTask {
    private static final String PREFIX = "psychrnn.";
    private static final String SIGMA = "task.sigma=" + Math.sqrt(0.02);
    private static final String NO_NOISE = "task.sigma=0";

    @Override
    public List<String> names() {
        return List.of(
                "psychrnn.perceptual_discrimination", "psychrnn.delayed_discrimination", "psychrnn.match_to_category");
    }

    @Override
    public void compare(JsonNode golden, GoldenComparison comparison) {
        if (!golden.get("trials").isArray()) {
            new PeriodComparison(golden, this, drawn(golden, SIGMA), drawn(golden, NO_NOISE), comparison).compare();
            return;
        }
        String task = kind(golden);
        int number = 0;
        for (JsonNode trial : golden.get("trials")) {
            String what = task + " trial " + number++;
            Trial ours = given(task, trial);
            String answer = task.equals("perceptual_discrimination")
                    ? "direction"
                    : task.equals("delayed_discrimination") ? "choice" : "category";
            comparison.values(
                    what + " answer",
                    ours.answer(),
                    trial.get("parameters").get(answer).intValue() + 1,
                    0);
            new SegmentComparison(comparison).segments(what, ours, trial);
        }
    }

    private static String kind(JsonNode golden) {
        return golden.get("task").textValue().substring(PREFIX.length());
    }

    private static List<String> settings(String task, JsonNode config, String sigma) {
        return new ArrayList<>(List.of(
                "task.kind=psychrnn-" + task.replace('_', '-'),
                "task.form=original",
                "task.dt=" + config.get("dt").asText(),
                "task.duration=" + config.get("T").asText(),
                sigma));
    }

    @Override
    public Task task(JsonNode golden) {
        return drawn(golden, SIGMA);
    }

    /** The task that draws as the original does, with the arguments of its constructor. */
    private static Task drawn(JsonNode golden, String sigma) {
        JsonNode config = golden.get("config");
        JsonNode arguments = config.get("arguments");
        double whole = config.get("T").doubleValue();
        String task = kind(golden);
        List<String> settings = settings(task, config, sigma);
        switch (task) {
            case "perceptual_discrimination" -> {
                settings.add("task.timing.before={ uniform = [0, " + whole / 2 + "] }");
                settings.add("task.timing.stimulus={ uniform = [" + whole / 8 + ", " + 3 * whole / 8 + "] }");
                if (arguments.path("coherence").isNumber()) {
                    settings.add("task.coherences=[" + arguments.get("coherence") + "]");
                }
            }
            case "delayed_discrimination" -> {
                settings.add("task.timing.before=" + duration(arguments, "onset_time", whole / 8));
                settings.add("task.timing.stimulus-1=" + duration(arguments, "stim_duration_1", whole / 4));
                settings.add("task.timing.delay=" + duration(arguments, "delay_duration", whole / 4));
                settings.add("task.timing.stimulus-2=" + duration(arguments, "stim_duration_2", whole / 4));
                settings.add("task.timing.decision=" + duration(arguments, "decision_duration", whole / 8));
            }
            default -> {
                settings.add("task.ring-size=" + golden.get("input_size"));
                settings.add("task.categories=" + golden.get("output_size"));
            }
        }
        return TaskFactory.chosen(Settings.defaults(settings));
    }

    private static String duration(JsonNode arguments, String name, double longest) {
        JsonNode given = arguments.path(name);
        return given.isNumber() ? given.asText() : "{ uniform = [0, " + longest + "] }";
    }

    /** The trial with the given parameters. */
    private static Trial given(String task, JsonNode trial) {
        JsonNode parameters = trial.get("parameters");
        List<String> settings = settings(task, trial, NO_NOISE);
        switch (task) {
            case "perceptual_discrimination" -> {
                settings.add("task.coherences=[" + parameters.get("coherence") + "]");
                settings.add("task.timing.before=" + parameters.get("onset_time"));
                settings.add("task.timing.stimulus=" + parameters.get("stim_duration"));
                return ExactTrials.first(
                        TaskFactory.chosen(Settings.defaults(settings)),
                        one -> one.answer() == parameters.get("direction").intValue() + 1);
            }
            case "delayed_discrimination" -> {
                double f1 = parameters.get("f1").doubleValue();
                double f2 = parameters.get("f2").doubleValue();
                settings.add("task.frequencies=[" + Math.max(f1, f2) + "]");
                settings.add("task.difference=" + Math.abs(f1 - f2));
                double last = 0;
                String[] borders = {"stimulus_1", "delay", "stimulus_2", "decision", "end"};
                String[] periods = {"before", "stimulus-1", "delay", "stimulus-2", "decision"};
                for (int period = 0; period < periods.length; period++) {
                    double border = parameters.get(borders[period]).doubleValue();
                    settings.add("task.timing." + periods[period] + "=" + (border - last));
                    last = border;
                }
                return ExactTrials.first(
                        TaskFactory.chosen(Settings.defaults(settings)), one -> one.factor("f1") == f1);
            }
            default -> {
                JsonNode segment = trial.get("segments").get(0);
                settings.add("task.ring-size=" + segment.get("input").size());
                settings.add("task.categories=" + segment.get("target").size());
                settings.add("task.timing.before=" + parameters.get("onset_time"));
                settings.add("task.timing.stimulus=" + parameters.get("input_dur"));
                settings.add("task.timing.response=" + parameters.get("output_dur"));
                return at(
                        (PsychRnnChoice) TaskFactory.chosen(Settings.defaults(settings)),
                        parameters.get("angle").doubleValue());
            }
        }
    }

    private static Trial at(PsychRnnChoice task, double angle) {
        UniformRandomProvider random = RandomStreams.of(1, Purpose.TEST, 0);
        Trial trial = new Trial(task.signature());
        trial.begin(0);
        task.plan(random, trial);
        trial.setDrawn(PsychRnnChoice.ANGLE, angle);
        trial.setAnswer(task.category(angle));
        trial.clear();
        task.show(random, trial);
        return trial;
    }

    @Override
    public int[] steps(Trial trial, String period) {
        return GoldenTask.super.steps(trial, period.replace('_', '-'));
    }

    @Override
    public String value(Trial trial, String condition) {
        return switch (condition) {
            case "coherence" -> GoldenTask.text(trial.factor("coherence"));
            case "direction", "choice", "category" -> "" + (trial.answer() - 1);
            case "pair" -> GoldenTask.text(trial.factor("f1")) + "-" + GoldenTask.text(trial.factor("f2"));
            case "decision_steps_0" -> {
                int[] decision = steps(trial, "decision");
                yield decision[0] == decision[1] ? "1" : "0";
            }
            case "angle_octant" -> "" + (int) (trial.drawn(PsychRnnChoice.ANGLE) / (Math.PI / 4));
            default -> throw new IllegalArgumentException("condition " + condition);
        };
    }

    @Override
    public double number(Trial trial, String quantity) {
        return switch (quantity) {
            case "onset", "onset_time" -> trial.drawn(0);
            case "stim_duration", "stimulus_1_duration" -> trial.drawn(1);
            case "delay_duration" -> trial.drawn(2);
            case "stimulus_2_duration" -> trial.drawn(3);
            case "decision_duration" -> trial.drawn(4);
            case "end" -> trial.drawn(0) + trial.drawn(1) + trial.drawn(2) + trial.drawn(3) + trial.drawn(4);
            case "angle" -> trial.drawn(PsychRnnChoice.ANGLE);
            case "coherence" -> trial.factor("coherence");
            default -> throw new IllegalArgumentException("quantity " + quantity);
        };
    }

    @Override
    public int location(Trial trial, String field) {
        return field.endsWith("_at_choice")
                ? trial.answer() - 1
                : Ring.nearest(trial.drawn(PsychRnnChoice.ANGLE), trial.channels() - 1);
    }
}
