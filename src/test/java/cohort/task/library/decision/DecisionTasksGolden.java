package cohort.task.library.decision;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.task.ChoiceRule;
import cohort.task.Examples;
import cohort.task.GoldenTask;
import cohort.task.Response;
import cohort.task.Signature;
import cohort.task.Task;
import cohort.task.Trial;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/** neurogym's tasks that end in a decision between a few alternatives. */
public final class DecisionTasksGolden implements GoldenTask {
    private static final List<String> FOUR_PERIODS = List.of("fixation", "stimulus", "delay", "decision");

    /** The file that trials are compared with. */
    private JsonNode file;

    @Override
    public List<String> names() {
        return List.of(
                "PerceptualDecisionMakingDelayResponse",
                "PulseDecisionMaking",
                "ContextDecisionMaking",
                "MultiSensoryIntegration",
                "PostDecisionWager",
                "DelayComparison",
                "EconomicDecisionMaking");
    }

    @Override
    public Task task(JsonNode golden) {
        file = golden;
        String sigma = "task.sigma=" + golden.at("/config/sigma_argument").asText("1");
        return switch (golden.get("task").textValue()) {
            case "PerceptualDecisionMakingDelayResponse" ->
                GoldenTask.chosen(
                        golden,
                        TwoAlternatives.DELAYED_RESPONSE,
                        FOUR_PERIODS,
                        sigma,
                        "task.stimulus-scale=" + scale(),
                        "task.coherences=" + unscaled());
            case "PulseDecisionMaking" -> pulses();
            case "ContextDecisionMaking" ->
                GoldenTask.chosen(
                        golden,
                        TwoModalities.CONTEXT,
                        FOUR_PERIODS,
                        sigma,
                        "task.coherences=" + golden.at("/config/cohs"),
                        "task.ring-size=" + golden.at("/config/dim_ring").asInt(2),
                        "task.fixation=fixation-only",
                        "task.context=" + context());
            case "MultiSensoryIntegration" ->
                GoldenTask.chosen(
                        golden,
                        TwoModalities.MULTISENSORY,
                        List.of("fixation", "stimulus", "decision"),
                        sigma,
                        "task.coherences=" + golden.at("/config/cohs"),
                        "task.ring-size=" + (golden.get("output_size").intValue() - 1));
            case "PostDecisionWager" ->
                GoldenTask.chosen(
                        golden,
                        TwoAlternatives.WAGER,
                        FOUR_PERIODS,
                        sigma,
                        "task.coherences=" + golden.at("/config/cohs"),
                        "task.sure=never",
                        "task.timing.pre-sure=" + duration("pre_sure"));
            case "DelayComparison" ->
                GoldenTask.chosen(
                        golden,
                        DelayComparison.NAME,
                        List.of("fixation", "stimulus1", "delay", "stimulus2", "decision"),
                        sigma,
                        "task.pairs=" + golden.at("/config/vpairs"));
            case "EconomicDecisionMaking" ->
                new Unlabelled(GoldenTask.chosen(
                        golden,
                        EconomicDecisionMaking.NAME,
                        List.of("fixation", "decision"),
                        "task.timing.offer=" + duration("offer_on")));
            default -> throw new IllegalArgumentException("task " + golden.get("task"));
        };
    }

    private String duration(String period) {
        return GoldenTask.duration(file.at("/config/timing/" + period).textValue());
    }

    private double scale() {
        return file.at("/config/arguments/stim_scale").asDouble(1);
    }

    /** The coherences before they were multiplied. */
    private List<Double> unscaled() {
        List<Double> coherences = new ArrayList<>();
        file.at("/config/cohs")
                .forEach(coherence -> coherences.add(Math.rint(coherence.doubleValue() / scale() * 1e9) / 1e9));
        return coherences;
    }

    private Task pulses() {
        int bins = file.at("/config/n_bin").asInt();
        for (int bin = 1; bin < bins; bin++) {
            assertThat(duration("cue" + bin)).isEqualTo(duration("cue0"));
            assertThat(duration("bin" + bin)).isEqualTo(duration("bin0"));
        }
        return GoldenTask.chosen(
                file,
                PulseDecisionMaking.NAME,
                List.of("fixation", "decision"),
                "task.timing.cue=" + duration("cue0"),
                "task.timing.bin=" + duration("bin0"),
                "task.bins=" + bins,
                "task.pulse-probabilities=" + file.at("/config/p_pulse"));
    }

    private String context() {
        if (file.at("/config/use_expl_context").asBoolean()) {
            return "explicit";
        }
        return "modality-" + (1 + file.at("/config/contexts/0").intValue());
    }

    /** neurogym's periods in the order of the file, which may list one that not all trials have at its end. */
    @Override
    public List<String> periods(Signature signature) {
        List<String> expected = new ArrayList<>(signature.periodNames());
        switch (signature.name()) {
            case PulseDecisionMaking.NAME -> {
                expected.remove("pulses");
                for (int bin = 0; bin < file.at("/config/n_bin").asInt(); bin++) {
                    expected.addAll(List.of("cue" + bin, "bin" + bin));
                }
            }
            case TwoAlternatives.WAGER -> expected.add("pre_sure");
            case EconomicDecisionMaking.NAME -> expected.set(1, "offer_on");
            default -> {}
        }
        List<String> order = new ArrayList<>();
        file.get("periods").forEach(period -> order.add(period.get("name").textValue()));
        assertThat(order).containsExactlyInAnyOrderElementsOf(expected);
        return order;
    }

    @Override
    public int[] steps(Trial trial, String period) {
        if (period.equals("pre_sure")) {
            int start = trial.start(TwoAlternatives.DELAY);
            return trial.factor("sure") == 1
                    ? new int[] {start, start + (int) trial.drawn(TwoAlternatives.PRE_SURE_STEPS)}
                    : null;
        }
        if (period.matches("(cue|bin)\\d+")) {
            int place = 2 * Integer.parseInt(period.substring(3)) + (period.startsWith("cue") ? 0 : 1);
            int start = trial.start(1);
            for (int part = 0; part < place; part++) {
                start += (int) trial.drawn(PulseDecisionMaking.LENGTHS_DRAWN + part);
            }
            return new int[] {start, start + (int) trial.drawn(PulseDecisionMaking.LENGTHS_DRAWN + place)};
        }
        return GoldenTask.super.steps(trial, period.equals("offer_on") ? "offer" : period);
    }

    @Override
    public String value(Trial trial, String condition) {
        if (condition.equals("response")) {
            return "" + Examples.target(trial, trial.start(trial.signature().period("decision")));
        }
        return switch (trial.signature().name()) {
            case TwoAlternatives.DELAYED_RESPONSE, TwoAlternatives.WAGER, TwoModalities.MULTISENSORY ->
                evidence(trial, condition);
            case PulseDecisionMaking.NAME -> pulses(trial, condition);
            case TwoModalities.CONTEXT -> context(trial, condition);
            case DelayComparison.NAME -> comparison(trial, condition);
            default -> offers(trial, condition);
        };
    }

    /** neurogym counts its ground truth from 0 in some of these tasks, and from 1 in others. */
    private String evidence(Trial trial, String condition) {
        boolean fromOne = trial.signature().name().equals(TwoAlternatives.DELAYED_RESPONSE);
        return switch (condition) {
            case "ground_truth" -> "" + (trial.answer() - (fromOne ? 0 : 1));
            case "coh" -> spelled(condition, trial.factor("coherence"));
            case "wager" -> "" + (trial.factor("sure") == 1);
            case "coh_prop_quarter" -> "" + (int) (4 * trial.drawn(TwoModalities.PROPORTION));
            default -> throw new IllegalArgumentException("condition " + condition);
        };
    }

    @Override
    public double number(Trial trial, String quantity) {
        assertThat(quantity).isEqualTo("coh_prop");
        return trial.drawn(TwoModalities.PROPORTION);
    }

    private static String pulses(Trial trial, String condition) {
        int first = (int) trial.drawn(PulseDecisionMaking.PULSES_DRAWN);
        int second = (int) trial.drawn(PulseDecisionMaking.PULSES_DRAWN + 1);
        return switch (condition) {
            case "ground_truth" -> "" + (trial.answer() - 1);
            case "n_pulse1" -> "" + Integer.bitCount(first);
            case "n_pulse2" -> "" + Integer.bitCount(second);
            case "difference" -> "" + (Integer.bitCount(second) - Integer.bitCount(first));
            case "first_bin" -> (first & 1) + "," + (second & 1);
            default -> throw new IllegalArgumentException("condition " + condition);
        };
    }

    private String context(Trial trial, String condition) {
        int other = (int) trial.drawn(TwoModalities.OTHER_DIRECTION);
        boolean isFirst = trial.factor("context") == 1;
        return switch (condition) {
            case "ground_truth" -> "" + trial.answer();
            case "other_choice" -> "" + other;
            case "context" -> isFirst ? "0" : "1";
            case "choice_mod1" -> "" + (isFirst ? trial.answer() : other);
            case "choice_mod2" -> "" + (isFirst ? other : trial.answer());
            case "coh_1" -> spelled(condition, trial.factor(isFirst ? "coherence" : "other_coherence"));
            case "coh_2" -> spelled(condition, trial.factor(isFirst ? "other_coherence" : "coherence"));
            default -> throw new IllegalArgumentException("condition " + condition);
        };
    }

    private String comparison(Trial trial, String condition) {
        double first = trial.factor("first_value");
        double second = trial.factor("second_value");
        return switch (condition) {
            case "ground_truth" -> "" + trial.answer();
            case "v1" -> spelled(condition, first);
            case "v2" -> spelled(condition, second);
            case "vpair" -> GoldenTask.text(Math.max(first, second)) + "," + GoldenTask.text(Math.min(first, second));
            default -> throw new IllegalArgumentException("condition " + condition);
        };
    }

    private static String offers(Trial trial, String condition) {
        return switch (condition) {
            case "juice" -> trial.factor("a_first") == 1 ? "a,b" : "b,a";
            case "offer" -> GoldenTask.text(trial.factor("amount_b")) + "," + GoldenTask.text(trial.factor("amount_a"));
            case "ground_truth" -> "0";
            default -> throw new IllegalArgumentException("condition " + condition);
        };
    }

    /** The spelling that the file has of a number. */
    private String spelled(String condition, double number) {
        Iterator<String> names = file.at("/conditions/" + condition).fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            if (Math.abs(Double.parseDouble(name) - number) <= 1e-6 * Math.abs(number)) {
                return name;
            }
        }
        return GoldenTask.text(number);
    }

    @Override
    public int location(Trial trial, String ring) {
        boolean isOther = trial.signature().name().equals(TwoModalities.CONTEXT)
                && ring.contains("2") == (trial.factor("context") == 1);
        return (isOther ? (int) trial.drawn(TwoModalities.OTHER_DIRECTION) : trial.answer()) - 1;
    }

    /** A task that asks for nothing but fixation: the original has no ground truth. */
    private record Unlabelled(Task labelled) implements Task {
        @Override
        public Signature signature() {
            return labelled.signature();
        }

        @Override
        public void plan(UniformRandomProvider random, Trial into) {
            labelled.plan(random, into);
        }

        @Override
        public void show(UniformRandomProvider random, Trial trial) {
            labelled.show(random, trial);
            trial.targetSteps(0, trial.steps(), trial.answer(), 0);
            trial.targetSteps(0, trial.steps(), 0, 1);
        }

        @Override
        public Response response(ChoiceRule rule) {
            return labelled.response(rule);
        }
    }
}
