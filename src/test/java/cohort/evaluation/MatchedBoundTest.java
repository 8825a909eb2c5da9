package cohort.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cohort.config.Settings;
import cohort.task.Condition;
import cohort.task.DecisionTimes;
import cohort.task.Task;
import cohort.task.TaskFactory;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatchedBoundTest {
    private static final Task TASK =
            TaskFactory.chosen(Settings.defaults(List.of("task.kind=perceptual-decision-reaction-time")));
    private static final Condition WEAK = new Condition(TASK.signature().factors(), 6.4);
    private static final Condition NONE = new Condition(TASK.signature().factors(), 0);

    private static ResponseTimes times(Condition condition, long trials, double mean) {
        return new ResponseTimes(condition, true, trials, mean, 1, mean, mean, mean, mean, mean);
    }

    private static NavigableMap<Condition, DecisionTimes> matched(double mean) {
        NavigableMap<Condition, Accuracy> trials = new TreeMap<>();
        trials.put(NONE, new Accuracy(300, 150, 0, 0.5, 0.5));
        trials.put(WEAK, new Accuracy(100, 80, 0, 0.9, 0.5));
        return MatchedBound.of(
                TASK.bounded().orElseThrow(), trials, List.of(times(NONE, 30, mean - 20), times(WEAK, 10, mean + 60)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {40, 155, 700, 2500})
    void itTakesAsLongAsTheNetwork(double mean) {
        NavigableMap<Condition, DecisionTimes> bound = matched(mean);

        assertThat(0.75 * bound.get(NONE).meanMillis() + 0.25 * bound.get(WEAK).meanMillis())
                .isCloseTo(mean, within(1e-4));
        assertThat(bound.get(WEAK).meanMillis()).isLessThan(bound.get(NONE).meanMillis());
        assertThat(bound.get(WEAK).accuracy()).isGreaterThan(0.5);
    }

    /** The first answer is read after the grace of 20 ms, the last one at the last step. */
    @Test
    void whatNobodyCanDoIsComparedWithTheNearest() {
        assertThat(matched(10).get(NONE).meanMillis()).isCloseTo(20, within(1e-9));
        assertThat(matched(5000).get(NONE).meanMillis()).isCloseTo(2980, within(0.1));
    }
}
