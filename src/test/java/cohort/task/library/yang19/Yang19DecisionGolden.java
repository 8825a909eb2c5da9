package cohort.task.library.yang19;

import cohort.task.GoldenTask;
import cohort.task.Task;
import cohort.task.Trial;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.StringJoiner;

/** The decision tasks of neurogym's collection yang19. */
public final class Yang19DecisionGolden implements GoldenTask {
    @Override
    public List<String> names() {
        return Yang19Decision.bases().stream()
                .map(base -> "yang19." + base.name())
                .toList();
    }

    @Override
    public Task task(JsonNode golden) {
        JsonNode config = golden.get("config");
        boolean isDelayed = config.get("delaycomparison").booleanValue();
        return GoldenTask.chosen(
                golden,
                Yang19ReachGolden.kind(golden),
                isDelayed
                        ? List.of("fixation", "stim1", "delay", "stim2", "decision")
                        : List.of("fixation", "stimulus", "decision"),
                "task.ring-size=" + config.get("choices").size(),
                isDelayed ? "task.strengths=" + config.get("cohs") : "task.coherences=" + percent(config.get("cohs")),
                "task.sigma=" + config.get("sigma_argument"),
                "task.fixation=fixation-only");
    }

    private static String percent(JsonNode fractions) {
        StringJoiner percent = new StringJoiner(",", "[", "]");
        fractions.forEach(fraction ->
                percent.add(new BigDecimal(fraction.asText()).movePointRight(2).toPlainString()));
        return percent.toString();
    }

    @Override
    public String value(Trial trial, String condition) {
        int ring = Yang19ReachGolden.ring(trial);
        return switch (condition) {
            case "stim_period" ->
                GoldenTask.text(
                        trial.steps(Yang19Decision.STIMULUS) * trial.signature().dtMillis());
            case "coh1_mod1" -> strength(trial, 1, 1);
            case "coh2_mod1" -> strength(trial, 2, 1);
            case "coh1_mod2" -> strength(trial, 1, 2);
            case "coh2_mod2" -> strength(trial, 2, 2);
            case "theta1_index" -> "" + unit(trial, 1);
            case "theta2_index" -> "" + unit(trial, 2);
            case "separation" -> "" + Math.floorMod(unit(trial, 2) - unit(trial, 1), ring);
            case "chosen" -> "" + trial.answer();
            case "response" -> "" + Yang19ReachGolden.asked(trial);
            default -> throw new IllegalArgumentException("condition " + condition);
        };
    }

    private static String strength(Trial trial, int stimulus, int modality) {
        double strength = trial.drawn(Yang19Decision.strength(stimulus, modality));
        return GoldenTask.text(Math.rint(strength * 1e9) / 1e9);
    }

    private static int unit(Trial trial, int stimulus) {
        return (int) trial.drawn(stimulus == 1 ? Yang19Decision.UNIT_1 : Yang19Decision.UNIT_2);
    }

    @Override
    public int location(Trial trial, String ring) {
        return unit(trial, ring.endsWith("theta1") ? 1 : 2);
    }
}
