package cohort.task.library.song;

import cohort.config.Settings;
import cohort.task.ExactTrials;
import cohort.task.GoldenComparison;
import cohort.task.SegmentComparison;
import cohort.task.Task;
import cohort.task.TaskFactory;
import cohort.task.Trial;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** pycog's trials without noise and baseline: each is made by a task whose durations and values are the given ones. */
public final class SongExact implements ExactTrials {
    private static final String PREFIX = "pycog.";

    @Override
    public List<String> names() {
        return List.of(
                "pycog.rdm_fixed",
                "pycog.rdm_varstim",
                "pycog.rdm_rt",
                "pycog.mante",
                "pycog.multisensory",
                "pycog.romo",
                "pycog.lee");
    }

    @Override
    public void compare(JsonNode golden, GoldenComparison comparison) {
        String task = golden.get("task").textValue().substring(PREFIX.length());
        int number = 0;
        for (JsonNode trial : golden.get("trials")) {
            String what = task + " trial " + number++;
            Trial ours = ExactTrials.first(task(task, trial), one -> isGiven(one, task, trial));
            boolean isChoice = trial.at("/info/choice").isNumber();
            if (isChoice) {
                comparison.values(
                        what + " answer",
                        ours.answer(),
                        trial.at("/info/choice").intValue() + 1,
                        0);
            }
            new SegmentComparison(comparison).segments(what, ours, trial);
        }
    }

    private static boolean isCatch(JsonNode trial) {
        return trial.at("/given/catch").asBoolean(false);
    }

    private static Task task(String task, JsonNode trial) {
        boolean isSequence = task.equals("lee");
        List<String> settings = new ArrayList<>(List.of(
                "task.kind=song-" + task.replace('_', '-'),
                "task.dt=" + trial.get("dt").asText(),
                "task.baseline=0",
                "task.sigma=0",
                "task.grid=stretched"));
        JsonNode times = trial.get("epochs_ms");
        if (!isSequence) {
            settings.add("task.catch=" + (isCatch(trial) ? 1 : 0));
        }
        if (isCatch(trial)) {
            settings.add("task.timing.catch=" + times.get("T").asText());
            return TaskFactory.chosen(Settings.defaults(settings));
        }
        List<String> periods = new ArrayList<>();
        times.fieldNames().forEachRemaining(periods::add);
        periods.remove("T");
        for (int p = 0; p < periods.size(); p++) {
            double start = times.get(periods.get(p)).get(0).doubleValue();
            double end = p + 1 < periods.size()
                    ? times.get(periods.get(p + 1)).get(0).doubleValue()
                    : times.get("T").doubleValue();
            settings.add("task.timing." + periods.get(p).toLowerCase(Locale.ROOT) + "=" + (end - start));
        }
        JsonNode info = trial.get("info");
        switch (task) {
            case "rdm_fixed", "rdm_varstim", "rdm_rt" -> settings.add("task.coherences=[" + info.get("coh") + "]");
            case "mante" ->
                settings.add("task.coherences=["
                        + (info.get("coh_m").equals(info.get("coh_c"))
                                ? info.get("coh_m")
                                : info.get("coh_m") + ", " + info.get("coh_c"))
                        + "]");
            case "multisensory" -> settings.add("task.frequencies=[" + info.get("freq") + "]");
            case "romo" -> {
                double f1 = info.get("f1").doubleValue();
                double f2 = info.get("f2").doubleValue();
                settings.add("task.frequencies=[" + Math.max(f1, f2) + "]");
                settings.add("task.difference=" + Math.abs(f1 - f2));
            }
            default -> {}
        }
        return TaskFactory.chosen(Settings.defaults(settings));
    }

    private static boolean isGiven(Trial ours, String task, JsonNode trial) {
        if (isCatch(trial)) {
            return ours.factor("catch") == 1;
        }
        JsonNode info = trial.get("info");
        return switch (task) {
            case "mante" ->
                ours.factor("context") == (info.get("context").textValue().equals("m") ? 1 : 2)
                        && ours.factor("motion") == signed(info, "m")
                        && ours.factor("colour") == signed(info, "c");
            case "multisensory" ->
                ours.factor("modality")
                        == List.of("v", "a", "va").indexOf(info.get("modality").textValue()) + 1;
            case "romo" -> ours.factor("f1") == info.get("f1").doubleValue();
            case "lee" -> ours.factor("sequence") == info.get("seq").doubleValue();
            default -> ours.answer() == (info.get("in_out").doubleValue() > 0 ? 1 : 2);
        };
    }

    private static double signed(JsonNode info, String modality) {
        return info.get("coh_" + modality).doubleValue()
                * info.get("left_right_" + modality).doubleValue();
    }
}
