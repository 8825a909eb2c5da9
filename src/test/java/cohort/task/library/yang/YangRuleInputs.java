package cohort.task.library.yang;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.task.Examples;
import cohort.task.Split;
import cohort.task.Trial;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Compares rule inputs of test trials: others than the task's own, several, of other values, at some steps only. */
final class YangRuleInputs {
    private static final int FIRST = 65;

    private YangRuleInputs() {}

    static void compare(JsonNode golden) {
        assertThat(golden.get("rules")).hasSize(YangRule.values().length);
        for (JsonNode rule : golden.get("rules")) {
            YangRule ours = rule(rule.get("channel").intValue() - FIRST);
            assertThat(ours.key()).isEqualTo(rule.get("task").textValue());
            assertThat(ours.title()).isEqualTo(rule.get("name").textValue());
        }
        assertThat(golden.get("cases")).isNotEmpty();
        golden.get("cases").forEach(YangRuleInputs::compareCase);
    }

    private static void compareCase(JsonNode node) {
        String name = node.get("task").textValue();
        Trial own = trial(name, List.of());
        Trial trial = trial(name, settings(node.get("options"), own));
        assertThat(trial.steps()).isEqualTo(node.get("T").intValue());
        float[] expected = own.copyInputs();
        for (int step = 0; step < own.steps(); step++) {
            for (int rule = 0; rule < YangRule.values().length; rule++) {
                expected[step * own.channels() + FIRST + rule] = 0;
            }
        }
        for (JsonNode input : node.get("rule_input")) {
            for (int step = input.get(1).intValue(); step < input.get(2).intValue(); step++) {
                expected[step * own.channels() + input.get(0).intValue()] =
                        input.get(3).floatValue();
            }
        }
        assertThat(trial.copyInputs()).as(node.get("what").textValue()).isEqualTo(expected);
    }

    private static Trial trial(String name, List<String> settings) {
        List<String> all = new ArrayList<>(settings);
        all.add("task.mode=test");
        return Examples.read(YangExamples.task(name, all.toArray(String[]::new)).trials(1, Split.TEST), 5);
    }

    private static List<String> settings(JsonNode options, Trial own) {
        List<String> settings = new ArrayList<>();
        JsonNode rules = listed(options.path("replace_rule"));
        if (!rules.isMissingNode()) {
            settings.add("task.rules=" + join(rules));
        }
        JsonNode strengths = options.path("rule_strength");
        if (!strengths.isMissingNode()) {
            settings.add("task.rule-values=" + listed(strengths));
        }
        if (options.has("rule_on") || options.has("rule_off")) {
            double dt = own.signature().dtMillis();
            settings.add("task.rule-times=["
                    + dt * options.path("rule_on").asInt(0) + ", "
                    + dt * options.path("rule_off").asInt(own.steps()) + "]");
        }
        return settings;
    }

    /** Their rules may be counted, from 0 on. */
    private static String join(JsonNode rules) {
        return StreamSupport.stream(rules.spliterator(), false)
                .map(rule -> rule.isInt() ? rule(rule.intValue()).key() : rule.textValue())
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static YangRule rule(int place) {
        return Arrays.stream(YangRule.values())
                .filter(rule -> rule.place() == place)
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode listed(JsonNode node) {
        if (node.isMissingNode() || node.isArray()) {
            return node;
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        return list.add(node);
    }
}
