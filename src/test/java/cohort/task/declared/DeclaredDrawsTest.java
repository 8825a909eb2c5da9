package cohort.task.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cohort.task.ChoiceRule;
import cohort.task.Duration;
import cohort.task.Factor;
import cohort.task.Task;
import cohort.task.Trial;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What draws come to. Channel 0 shows draw x; all but ranges are looked at as conditions. */
class DeclaredDrawsTest {
    private static final int TRIALS = 2000;

    private static List<Trial> draw(String draws) {
        Task task = DeclaredTasks.task(
                DeclaredTasks.SMALL,
                "task.draw={ " + draws + " }",
                "task.show=[{ scalar = light, value = x }, { ring = ring, at = angle }]");
        return DeclaredTasks.trials(task, TRIALS);
    }

    private static float shown(Trial trial) {
        return DeclaredTasks.input(trial, 0, 0);
    }

    private static Map<Double, Integer> counts(List<Trial> trials, ToDoubleFunction<Trial> value) {
        Map<Double, Integer> counts = new TreeMap<>();
        trials.forEach(trial -> counts.merge(value.applyAsDouble(trial), 1, Integer::sum));
        return counts;
    }

    /** Each within five standard deviations. */
    private static void assertShares(Map<Double, Integer> counts, Map<Double, Double> shares) {
        assertThat(counts.keySet()).isEqualTo(new TreeMap<>(shares).keySet());
        shares.forEach((value, share) -> assertThat((double) counts.get(value))
                .as("" + value)
                .isCloseTo(share * TRIALS, within(5 * Math.sqrt(TRIALS * share * (1 - share)))));
    }

    @Test
    void valuesOfAListAreEquallyLikelyOrAsLikelyAsIsSaid() {
        assertShares(
                counts(draw("x = [-1, 0.5, 7]"), t -> t.factor("x")), Map.of(-1.0, 1 / 3., 0.5, 1 / 3., 7.0, 1 / 3.));
        assertShares(
                counts(draw("x = { one-of = [0, 1, 2], shares = [7, 2, 1] }"), t -> t.factor("x")),
                Map.of(0.0, 0.7, 1.0, 0.2, 2.0, 0.1));
        assertShares(
                counts(draw("x = { directions = 4 }"), t -> t.factor("x")),
                Map.of(0., .25, 90., .25, 180., .25, 270., .25));
    }

    @Test
    void aNumberIsNoConditionAndAlwaysTheSame() {
        List<Trial> trials = draw("x = 0.25");
        assertThat(trials).allMatch(trial -> shown(trial) == 0.25f);
        assertThat(trials.get(0).condition().asMap()).containsOnlyKeys("angle", "side", "strength");
    }

    @Test
    void aRangeIsNoConditionAndEven() {
        List<Trial> trials = draw("x = { uniform = [2, 6] }");
        assertThat(trials.get(0).condition().asMap()).doesNotContainKey("x");
        assertThat(trials).allMatch(trial -> shown(trial) >= 2 && shown(trial) <= 6);
        assertThat(trials.stream()
                        .mapToDouble(DeclaredDrawsTest::shown)
                        .average()
                        .orElseThrow())
                .isCloseTo(4, within(5 * 4 / Math.sqrt(12.0 * TRIALS)));
    }

    @Test
    void anotherValueIsNeverTheSame() {
        List<Trial> trials =
                draw("a = [1, 2, 4], x = { other-than = a, where = { side = 2 }, condition = true, meaning = other }");
        assertThat(trials).allMatch(t -> (t.factor("a") == t.factor("x")) == (t.factor("side") == 1));
        List<Trial> others = trials.stream()
                .filter(t -> t.factor("side") == 2 && t.factor("a") == 2)
                .toList();
        assertThat(others.stream().filter(t -> t.factor("x") == 4).count())
                .isCloseTo(others.size() / 2, within((long) (2.5 * Math.sqrt(others.size()))));
        assertThat(trials.get(0).signature().factors()).contains(new Factor("x", "", "other"));
    }

    @Test
    void oppositesAreHalfACircleAway() {
        assertThat(draw("x = { opposite-of = angle, condition = true }"))
                .allMatch(t -> t.factor("x") == (t.factor("angle") + 180) % 360);
        assertThat(draw("a = { directions = 14 }, x = { opposite-of = a, where = { side = 1 }, condition = true }"))
                .allMatch(t -> (t.factor("x") == t.factor("a")) == (t.factor("side") == 2))
                .extracting(t -> t.factor("x"))
                .containsOnly(
                        IntStream.range(0, 14).mapToObj(k -> 360.0 * k / 14).toArray(Double[]::new));
        assertThat(draw("a = { uniform = [-90, 90] }, x = { opposite-of = a }"))
                .allMatch(t -> shown(t) >= 90 && shown(t) <= 270);
    }

    @Test
    void aListIsLookedUpByAnother() {
        assertThat(draw("pair = [5, 3, 9], x = { by = pair, values = [10, strength, 30], condition = true }"))
                .allMatch(t -> t.factor("x")
                        == (t.factor("pair") == 5 ? 10 : t.factor("pair") == 3 ? t.factor("strength") : 30));
        assertThat(draw("x = { by = angle, values = [1, 1, 2, 2], condition = true }"))
                .allMatch(t -> t.factor("x") == (t.factor("angle") < 180 ? 1 : 2));
    }

    @Test
    void drawsAreCalculatedWith() {
        assertThat(draw("x = { sum = [side, strength, -1], condition = true }"))
                .allMatch(t -> t.factor("x") == t.factor("side") + t.factor("strength") - 1);
        assertThat(draw("sign = [-1, 1], x = { product = [strength, sign, 2], condition = true }"))
                .allMatch(t -> t.factor("x") == 2 * t.factor("strength") * t.factor("sign"));
        assertThat(draw("a = [1, 2, 3], b = [1, 2, 3], x = { largest-of = [a, b], condition = true }"))
                .allMatch(t -> t.factor("x") == (t.factor("a") >= t.factor("b") ? 1 : 2));
        assertThat(
                        draw(
                                "a = { uniform = [0, 1] }, b = { uniform = [0, 1] }, x = { largest-of = [a, b], condition = true }"))
                .extracting(t -> t.factor("x"))
                .contains(1.0, 2.0);
    }

    /** Those that others are made of come first, then in alphabetical order; how they are written does not matter. */
    @Test
    void theOrderTheyAreWrittenInIsNoPartOfTheTask() {
        String show = "task.show=[{ scalar = light, value = a }]";
        Task one = DeclaredTasks.task(
                DeclaredTasks.SMALL, "task.draw={ a = { other-than = z }, z = [1, 2], m = [1, 2] }", show);
        Task two = DeclaredTasks.task(
                DeclaredTasks.SMALL, "task.draw={ m = [1, 2], z = [1, 2], a = { other-than = z } }", show);
        assertThat(one).isEqualTo(two);
        assertThat(one.signature().factors())
                .extracting(Factor::name)
                .containsExactly("z", "angle", "m", "side", "strength");
    }

    @Test
    void aPeriodCanBeAsLongAsADraw() {
        Task task = DeclaredTasks.task(
                DeclaredTasks.SMALL,
                "task.draw={ hold = [20, 40], twice = { product = [hold, 2] }, any = { uniform = [10, 30] } }",
                "task.timing={ wait = hold, look = twice, decide = any }");
        assertThat(task.signature().periods().get(0).duration()).isEqualTo(new Duration.Choice(List.of(20.0, 40.0)));
        assertThat(task.signature().periods().get(2).duration()).isEqualTo(new Duration.Uniform(10, 30));
        assertThat(DeclaredTasks.trials(task, 100))
                .allMatch(t -> t.steps(0) == (int) t.factor("hold") / 10 && t.steps(1) == 2 * t.steps(0))
                .allMatch(t -> t.steps(2) >= 1 && t.steps(2) <= 3);
    }

    @Test
    void chanceIsThatOfTheLikeliestAnswer() {
        String go = DeclaredTasks.GO_NOGO;
        assertThat(chance(go, "task.draw.go={ one-of = [0, 1], shares = [1, 4] }"))
                .isEqualTo(0.8);
        assertThat(chance(go, "task.draw={ a = [1, 2, 3, 4, 5], go = { by = a, values = [0, 1, 1, 1, 0] } }"))
                .isEqualTo(0.6);
        assertThat(chance(go, "task.response.chance=0.7")).isEqualTo(0.7);
        assertThat(chance(DeclaredTasks.PERCEPTUAL_DECISION)).isEqualTo(0.5);
    }

    private static double chance(String text, String... settings) {
        return DeclaredTasks.task(text, settings).response(ChoiceRule.LAST_STEP).chance();
    }
}
