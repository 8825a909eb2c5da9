package cohort.task.library.yang;

import cohort.config.Settings;
import cohort.task.Duration;
import cohort.task.TaskFactory;
import cohort.task.Trial;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which rule inputs are on, when, and how much: that of the task at all steps, unless a network is shown others to see what it makes
 * of instructions it has not learned.
 *
 * @param rules which ones; of one that is there twice the last value counts
 * @param values their values, as many
 * @param on first step at which they are on
 * @param off first step at which they no longer are
 */
record YangRules(List<YangRule> rules, List<Double> values, int on, int off) implements Serializable {
    /** In the place of a name: the rule of the task itself. */
    private static final String OWN = "own";

    private static final double LARGEST = 1e6;

    YangRules {
        rules = List.copyOf(rules);
        values = List.copyOf(values);
        if (values.size() != rules.size()) {
            throw new IllegalArgumentException("there are " + values.size() + " values for the rules " + rules);
        }
    }

    /** Those that keys task.rules, task.rule-values and task.rule-times say. */
    static YangRules of(Settings settings, YangRule own) {
        List<YangRule> rules = rules(settings, own);
        List<Double> values = settings.numbers("task.rule-values");
        if (values.isEmpty()) {
            values = Collections.nCopies(rules.size(), 1.0);
        }
        if (values.size() != rules.size() || values.stream().anyMatch(value -> !(Math.abs(value) <= LARGEST))) {
            throw settings.error(
                    "task.rule-values",
                    "must be a number from -" + LARGEST + " to " + LARGEST + " for each of the " + rules.size()
                            + " task.rules, or [], which is 1 for each");
        }
        List<Double> times = settings.numbers("task.rule-times");
        if (times.isEmpty()) {
            return new YangRules(rules, values, 0, Integer.MAX_VALUE);
        }
        if (times.size() != 2
                || !(times.get(0) >= 0 && times.get(0) <= times.get(1) && times.get(1) <= Duration.MAX_MILLIS)) {
            throw settings.error(
                    "task.rule-times",
                    "must be [], which is at all steps, or [on, off], milliseconds from 0 to "
                            + (long) Duration.MAX_MILLIS);
        }
        double dt = TaskFactory.dtMillis(settings);
        return new YangRules(rules, values, Duration.steps(times.get(0), dt), Duration.steps(times.get(1), dt));
    }

    private static List<YangRule> rules(Settings settings, YangRule own) {
        List<YangRule> rules = new ArrayList<>();
        if (!(settings.value("task.rules") instanceof ConfigList names)) {
            throw refused(settings);
        }
        for (ConfigValue name : names) {
            rules.add(
                    name.unwrapped().equals(OWN) ? own : named(name.unwrapped()).orElseThrow(() -> refused(settings)));
        }
        return rules;
    }

    private static Optional<YangRule> named(Object name) {
        return Arrays.stream(YangRule.values())
                .filter(rule -> rule.key().equals(name))
                .findFirst();
    }

    private static RuntimeException refused(Settings settings) {
        String keys = Arrays.stream(YangRule.values()).map(YangRule::key).collect(Collectors.joining(", "));
        return settings.error("task.rules", "must be a list of " + OWN + " or " + keys);
    }

    /** Shows them in a trial whose rule inputs begin at a channel. */
    void paint(Trial trial, int firstChannel) {
        int end = Math.min(off, trial.steps());
        for (int i = 0; i < rules.size(); i++) {
            trial.paintSteps(on, end, firstChannel + rules.get(i).place(), values.get(i));
        }
    }
}
