package cohort.task.library.degeneracy;

import cohort.config.Settings;
import cohort.task.ExactTrials;
import cohort.task.Examples;
import cohort.task.GoldenComparison;
import cohort.task.SegmentComparison;
import cohort.task.Split;
import cohort.task.Task;
import cohort.task.TaskFactory;
import cohort.task.Trial;
import cohort.task.TrialSource;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Tasks that ask for values at all steps: flip-flop, path integration, sine waves. */
public final class DegeneracyExact implements ExactTrials {
    private static final int TRIALS = Integer.getInteger("golden.trials", 5_000);

    /** Length of a step where a file counts in steps, ms. */
    private static final int DT = 20;

    @Override
    public List<String> names() {
        return List.of("flip_flop", "path_integration", "sine");
    }

    @Override
    public void compare(JsonNode golden, GoldenComparison comparison) {
        switch (golden.get("task").textValue()) {
            case "flip_flop" -> compareFlipFlop(golden, comparison);
            case "path_integration" ->
                golden.get("variants").forEach(variant -> comparePath(variant, new SegmentComparison(comparison)));
            default -> golden.get("variants").forEach(variant -> compareSine(variant, comparison));
        }
    }

    private static Task task(String... settings) {
        return TaskFactory.chosen(Settings.defaults(List.of(settings)));
    }

    private static FlipFlop flipFlop(int bits, int steps, double p, String start) {
        return (FlipFlop) task(
                "task.kind=flip-flop",
                "task.bits=" + bits,
                "task.timing.run=" + DT * steps,
                "task.pulse-probability=" + p,
                "task.start=" + start);
    }

    private static void compareFlipFlop(JsonNode golden, GoldenComparison comparison) {
        Iterator<String> fields = golden.fieldNames();
        while (fields.hasNext()) {
            String field = fields.next();
            String start = field.substring(field.lastIndexOf('_') + 1);
            if (field.startsWith("trials_start_")) {
                int number = 0;
                for (JsonNode trial : golden.get(field)) {
                    double[][] inputs = ExactTrials.rows(trial.get("input"));
                    FlipFlop task = flipFlop(inputs[0].length, inputs.length, 0.5, start);
                    Trial ours = ExactTrials.showing(task, inputs);
                    task.ask(ours);
                    new SegmentComparison(comparison)
                            .targets("flip-flop " + start + " " + number++, ours, trial.get("target"));
                }
            } else if (field.startsWith("statistics_start_")) {
                JsonNode defaults = golden.get("defaults");
                double p = golden.get(field).get("p").doubleValue();
                Task task = flipFlop(
                        defaults.get("bits").intValue(), defaults.get("steps").intValue(), p, start);
                compareStatistics(task, golden.get(field), comparison);
            }
        }
    }

    private static void compareStatistics(Task task, JsonNode statistics, GoldenComparison comparison) {
        List<Trial> trials = new ArrayList<>();
        TrialSource source = task.trials(2026, Split.TEST);
        for (int index = 0; index < TRIALS; index++) {
            trials.add(Examples.read(source, index));
        }
        statistics.fieldNames().forEachRemaining(name -> {
            if (!name.equals("trials") && !name.equals("p")) {
                JsonNode value = statistics.get(name);
                double[] ours = mean(trials, trial -> statistic(trial, name));
                comparison.estimates(
                        name,
                        ours[0],
                        ours[1],
                        value.isNumber()
                                ? value.doubleValue()
                                : value.get("value").doubleValue(),
                        value.path("se").asDouble(0));
            }
        });
    }

    private static double statistic(Trial trial, String name) {
        float[] inputs = trial.inputs();
        float[] targets = trial.targets();
        int bits = trial.channels();
        int end = trial.steps() * bits;
        int lag = name.startsWith("lag") ? Integer.parseInt(name.substring(3)) * bits : bits;
        return switch (name) {
            case "pulse_rate_step_0" -> mean(0, bits, at -> Math.abs(inputs[at]));
            case "pulse_rate_from_step_1" -> mean(bits, end, at -> Math.abs(inputs[at]));
            case "mean_input" -> mean(0, end, at -> inputs[at]);
            case "target_changes_from_step_1" -> mean(bits, end, at -> targets[at] == targets[at - bits] ? 0 : 1);
            default -> mean(lag, end, at -> targets[at] * targets[at - lag]);
        };
    }

    private interface OfPlace {
        double at(int place);
    }

    private static double mean(int first, int end, OfPlace value) {
        double sum = 0;
        for (int at = first; at < end; at++) {
            sum += value.at(at);
        }
        return sum / (end - first);
    }

    /** Mean over trials, and its standard error. */
    private static double[] mean(List<Trial> trials, ToDoubleFunction<Trial> value) {
        double sum = 0;
        double squares = 0;
        for (Trial trial : trials) {
            double one = value.applyAsDouble(trial);
            sum += one;
            squares += one * one;
        }
        double mean = sum / trials.size();
        double variance = Math.max(0, squares / trials.size() - mean * mean);
        return new double[] {mean, Math.sqrt(variance / trials.size())};
    }

    private static void comparePath(JsonNode variant, SegmentComparison comparison) {
        String name = variant.get("name").textValue();
        double[][] inputs = shown(variant);
        List<String> settings = new ArrayList<>(List.of(
                "task.kind=path-integration",
                "task.convention=" + name.replaceAll("[, ]+", "-"),
                "task.timing.walk=" + DT * inputs.length));
        if (variant.has("w")) {
            settings.add("task.speed=" + variant.get("w"));
            settings.add("task.ring-size=" + variant.get("K"));
        }
        PathIntegration task = (PathIntegration) task(settings.toArray(String[]::new));
        Trial ours = ExactTrials.showing(task, inputs);
        ours.setDrawn(PathIntegration.START, variant.path("theta_0").asDouble(0));
        task.ask(ours);
        comparison.targets(name, ours, variant.get("target"));
    }

    /** What the inputs of a variant are here, [step][channel]. */
    private static double[][] shown(JsonNode variant) {
        if (variant.has("blocks")) {
            double[][] inputs = new double[variant.get("steps").intValue()][];
            for (JsonNode block : variant.get("blocks")) {
                double amplitude = block.get("amplitude").doubleValue();
                for (int step = block.get("from_step").intValue(); step < inputs.length; step++) {
                    inputs[step] = new double[] {Math.max(0, amplitude), Math.max(0, -amplitude), 1};
                }
            }
            return inputs;
        }
        if (variant.has("heading")) {
            double[][] speed = ExactTrials.rows(variant.get("speed"));
            double[][] heading = ExactTrials.rows(variant.get("heading"));
            double[][] inputs = new double[speed.length][];
            for (int step = 0; step < inputs.length; step++) {
                inputs[step] = new double[] {speed[step][0], Math.cos(heading[step][0]), Math.sin(heading[step][0])};
            }
            return inputs;
        }
        double[][] inputs = ExactTrials.rows(variant.get("velocity"));
        if (variant.has("theta_0")) {
            double start = variant.get("theta_0").doubleValue();
            for (int step = 0; step < inputs.length; step++) {
                double cue = step == 0 ? 1 : 0;
                inputs[step] = new double[] {inputs[step][0], cue * Math.cos(start), cue * Math.sin(start)};
            }
        }
        return inputs;
    }

    private static void compareSine(JsonNode variant, GoldenComparison comparison) {
        String name = variant.get("name").textValue();
        SegmentComparison segments = new SegmentComparison(comparison);
        if (name.startsWith("pycog")) {
            double dt = variant.get("dt").doubleValue();
            Task task = task(
                    "task.kind=song-sinewave",
                    "task.dt=" + dt,
                    "task.timing.wave=" + dt * variant.get("steps").intValue());
            segments.targets(name, ExactTrials.first(task, trial -> true), variant.get("target"));
            return;
        }
        for (JsonNode trial : variant.get("trials")) {
            double dt = trial.get("dt").doubleValue();
            Task task = task(
                    "task.kind=sine-generation",
                    "task.dt=" + dt,
                    "task.time-unit=1",
                    "task.timing.wave=" + dt * trial.get("target").size());
            Trial ours = ExactTrials.first(
                    task, one -> one.factor("frequency") == trial.get("j").intValue());
            for (int step = 0; step < ours.steps(); step++) {
                comparison.values(
                        name + " input", ours.inputs()[step], trial.get("input").doubleValue(), 1e-6);
            }
            segments.targets(name + " " + trial.get("j"), ours, trial.get("target"));
        }
    }
}
