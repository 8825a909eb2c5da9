package cohort.task.library.detection;

import cohort.task.Examples;
import cohort.task.GoldenTask;
import cohort.task.GoldenWords;
import cohort.task.Task;
import cohort.task.Trial;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** neurogym's {@code Detection}, {@code ToneDetection} and {@code AnnubesEnv}. */
public final class DetectionTasksGolden implements GoldenTask {
    private GoldenWords words;
    private Task task;

    @Override
    public List<String> names() {
        return List.of("Detection", "ToneDetection", "AnnubesEnv", "Annubes");
    }

    @Override
    public Task task(JsonNode golden) {
        words = new GoldenWords(golden);
        task = switch (golden.get("task").textValue()) {
            case "Detection" -> detection(golden);
            case "ToneDetection" -> toneDetection(golden);
            default -> annubes(golden);
        };
        return task;
    }

    /** The original's delay is a number of steps. */
    private Task detection(JsonNode golden) {
        String delay = words.given("delay", "null");
        return GoldenTask.chosen(
                golden,
                Detection.NAME,
                List.of("fixation", "stimulus"),
                "task.form=original",
                "task.sigma=" + words.sigma(1),
                "task.signal=" + words.given("stim_dur", 100),
                "task.onset="
                        + (delay.equals("null")
                                ? "anywhere"
                                : Double.parseDouble(delay)
                                        * golden.at("/config/dt").doubleValue()));
    }

    private Task toneDetection(JsonNode golden) {
        return GoldenTask.chosen(
                golden,
                ToneDetection.NAME,
                List.of("stimulus"),
                "task.form=original",
                "task.sigma=" + words.sigma(0.2),
                "task.tone=" + ofTiming(golden, "toneDur", "50"),
                "task.onsets=" + ofTiming(golden, "toneTiming", "[500, 1000, 1500]"));
    }

    /** What is no period among the timing, in words or in numbers. */
    private static String ofTiming(JsonNode golden, String name, String standard) {
        JsonNode value = golden.at("/config/timing/" + name);
        return value.isMissingNode() ? standard : value.isTextual() ? GoldenTask.duration(value.asText()) : "" + value;
    }

    private Task annubes(JsonNode golden) {
        List<String> modalities = new ArrayList<>();
        List<String> shares = new ArrayList<>();
        JsonNode session = golden.at("/config/arguments/session").isObject()
                ? golden.at("/config/arguments/session")
                : golden.at("/config/session");
        session.fields().forEachRemaining(entry -> {
            modalities.add(entry.getKey());
            shares.add(entry.getValue().asText());
        });
        double tau = Double.parseDouble(words.argument("tau", 100));
        double noise = Double.parseDouble(words.argument("noise_std", 0.01))
                * Math.sqrt(2 * tau / golden.at("/config/dt").doubleValue());
        JsonNode outputs = golden.get("output_size");
        return GoldenTask.chosen(
                golden,
                Annubes.NAME,
                List.of("fixation", "stimulus", "iti"),
                "task.form=original",
                "task.modalities=" + (modalities.isEmpty() ? List.of("v", "a") : modalities),
                "task.shares=" + (shares.isEmpty() ? List.of(0.5, 0.5) : shares),
                "task.intensities=" + words.argument("stim_intensities", List.of(0.8, 0.9, 1)),
                "task.catch=" + words.argument("catch_prob", 0.5),
                "task.max-sequential=" + words.argument("max_sequential", 0),
                "task.block-size=100000", // all trials of the comparison
                "task.fixation-intensity=" + words.argument("fix_intensity", 0),
                "task.noise=" + noise,
                "task.outputs=" + outputs.intValue());
    }

    @Override
    public double number(Trial trial, String quantity) {
        return Double.parseDouble(value(trial, quantity));
    }

    @Override
    public String value(Trial trial, String condition) {
        if (condition.equals("ground_truth")) {
            return "" + trial.answer();
        }
        return switch (trial.signature().name()) {
            case Detection.NAME -> ofDetection(trial, condition);
            case ToneDetection.NAME -> ofToneDetection(trial, condition);
            default -> ofAnnubes(trial, condition);
        };
    }

    private String ofDetection(Trial trial, String condition) {
        double dt = trial.signature().dtMillis();
        int stimulus = trial.start(Detection.STIMULUS);
        boolean hasSignal = trial.answer() == 1;
        int onset = hasSignal ? Examples.firstGo(trial) - stimulus : 0;
        return switch (condition) {
            case "response", "go" -> words.value(condition, trial.answer(), hasSignal);
            case "delay", "delay_trial", "onset", "onset_step", "onset_steps", "delay_steps", "go_step" -> {
                boolean isMillis = condition.equals("delay_trial");
                double inUnit = isMillis ? onset * dt : onset;
                yield hasSignal ? words.value(condition, inUnit, onset * dt) : none(condition, inUnit);
            }
            case "go_count", "go_steps" -> "" + Examples.gos(trial);
            case "stimulus_steps" -> "" + trial.steps(Detection.STIMULUS);
            default -> throw new IllegalArgumentException("condition " + condition);
        };
    }

    private String ofToneDetection(Trial trial, String condition) {
        int position = trial.answer();
        double onset = position == 0 ? 0 : ((ToneDetection) task).onsetsMillis().get(position - 1);
        double dt = trial.signature().dtMillis();
        return switch (condition) {
            case "condition", "response", "position", "tone_position" -> "" + position;
            case "tone", "has_tone", "tone_present" -> "" + (position > 0);
            case "onset", "tone_onset", "tone_time", "tone_timing" ->
                position == 0 ? none(condition, 0) : words.value(condition, onset);
            case "onset_step", "tone_step", "tone_start" ->
                position == 0 ? none(condition, 0) : "" + Math.round(Math.floor(onset / dt));
            default -> throw new IllegalArgumentException("condition " + condition);
        };
    }

    private String ofAnnubes(Trial trial, String condition) {
        Annubes annubes = (Annubes) task;
        int modality = (int) trial.factor("modality");
        boolean isCatch = modality == 0;
        double intensity = trial.factor("intensity");
        return switch (condition) {
            case "catch" -> words.value(condition, isCatch, isCatch ? "1" : "0");
            case "stim_type", "modality" ->
                isCatch ? none(condition, "None") : annubes.modalities().get(modality - 1);
            case "stim_value", "intensity" ->
                isCatch
                        ? none(condition, "None")
                        : words.value(condition, intensity, "[" + GoldenTask.text(intensity) + "]");
            case "sequential_count" -> "" + (int) trial.drawn(Annubes.IN_A_ROW);
            case "response" -> "" + trial.answer();
            default -> throw new IllegalArgumentException("condition " + condition);
        };
    }

    /** How the file says that there is nothing. */
    private String none(String condition, Object standard) {
        return words.value(condition, "None", "none", "null", "nan", "NaN", "-1", "", standard);
    }
}
