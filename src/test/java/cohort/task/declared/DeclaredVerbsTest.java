package cohort.task.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cohort.task.Task;
import cohort.task.Trial;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What each verb paints: 2 steps wait, 4 steps look, 2 steps decide. */
class DeclaredVerbsTest {
    private static final int LIGHT = 0;
    private static final int PAIR = 1;
    private static final int RING = 3;

    private static List<Trial> show(String verbs, String... more) {
        String[] all = new String[more.length + 1];
        all[0] = "task.show=[" + verbs + "]";
        System.arraycopy(more, 0, all, 1, more.length);
        return DeclaredTasks.trials(DeclaredTasks.task(DeclaredTasks.SMALL, all), 30);
    }

    private static List<Trial> ask(String verbs, String... more) {
        String[] all = new String[more.length + 1];
        all[0] = "task.ask=[" + verbs + "]";
        System.arraycopy(more, 0, all, 1, more.length);
        return DeclaredTasks.trials(DeclaredTasks.task(DeclaredTasks.SMALL, all), 30);
    }

    private static List<Float> list(double... values) {
        return Arrays.stream(values).mapToObj(v -> (float) v).toList();
    }

    @Test
    void aFlagIsOnInItsPeriods() {
        for (Trial trial : show("{ flag = light, in = [wait, decide] }, { flag = pair, value = 3, in = look }")) {
            assertThat(DeclaredTasks.input(trial, LIGHT)).isEqualTo(list(1, 1, 0, 0, 0, 0, 1, 1));
            assertThat(DeclaredTasks.input(trial, PAIR)).isEqualTo(list(0, 0, 3, 3, 3, 3, 0, 0));
            assertThat(DeclaredTasks.input(trial, PAIR + 1)).isEqualTo(DeclaredTasks.input(trial, PAIR));
            assertThat(DeclaredTasks.input(trial, RING)).containsOnly(0f);
        }
    }

    @Test
    void aScalarIsWhatWasDrawnScaled() {
        for (Trial trial : show("{ scalar = light, value = strength, scale = 2, offset = -1, in = look }")) {
            double shown = 2 * trial.factor("strength") - 1;
            assertThat(DeclaredTasks.input(trial, LIGHT)).isEqualTo(list(0, 0, shown, shown, shown, shown, 0, 0));
        }
    }

    @Test
    void anOpponentPairFavoursASide() {
        for (Trial trial : show("{ opponent = pair, value = strength, scale = 0.5, at = side, in = look }")) {
            float more = (float) ((1 + trial.factor("strength") / 2) / 2);
            float less = (float) ((1 - trial.factor("strength") / 2) / 2);
            boolean isFirst = trial.factor("side") == 1;
            assertThat(DeclaredTasks.input(trial, 3, PAIR)).isEqualTo(isFirst ? more : less);
            assertThat(DeclaredTasks.input(trial, 3, PAIR + 1)).isEqualTo(isFirst ? less : more);
            assertThat(DeclaredTasks.input(trial, 0, PAIR)).isZero();
        }
        Trial signed = show("{ opponent = pair, value = -0.5, in = look }").get(0);
        assertThat(DeclaredTasks.input(signed, 3, PAIR)).isEqualTo(0.25f);
        assertThat(DeclaredTasks.input(signed, 3, PAIR + 1)).isEqualTo(0.75f);
    }

    @Test
    void oneHotCountsFromOneOrFromZero() {
        for (Trial trial : show(
                "{ one-hot = pair, at = side, in = look }, { one-hot = ring, at = four, value = 2 }",
                "task.draw.four=[0, 1, 2, 3]")) {
            assertThat(DeclaredTasks.input(trial, 3, PAIR + (int) trial.factor("side") - 1))
                    .isEqualTo(1);
            assertThat(DeclaredTasks.input(trial, 3, PAIR + 2 - (int) trial.factor("side")))
                    .isZero();
            for (int unit = 0; unit < 4; unit++) {
                assertThat(DeclaredTasks.input(trial, 7, RING + unit))
                        .isEqualTo(unit == trial.factor("four") ? 2f : 0f);
            }
        }
        for (Trial trial : show("{ one-hot = ring, at = angle, in = look }")) {
            assertThat(DeclaredTasks.input(trial, 2, RING + (int) trial.factor("angle") / 90))
                    .isEqualTo(1);
        }
    }

    @Test
    void ringsAddUp() {
        for (Trial trial : show("{ ring = ring, at = angle, strength = strength, scale = 0.8, width = 45, in = look },"
                + " { ring = ring, at = 90, code = cosine, scale = 0.5, offset = 0.25, in = look }")) {
            for (int unit = 0; unit < 4; unit++) {
                double distance = Math.abs(Math.IEEEremainder(90 * unit - trial.factor("angle"), 360)) / 45;
                double shown = 0.8 * trial.factor("strength") * Math.exp(-distance * distance / 2)
                        + 0.25
                        + 0.5 * Math.cos(Math.toRadians(90 * unit - 90));
                assertThat(DeclaredTasks.input(trial, 4, RING + unit)).isCloseTo((float) shown, within(1e-6f));
                assertThat(DeclaredTasks.input(trial, 6, RING + unit)).isZero();
            }
        }
    }

    @Test
    void aVectorIsCosineAndSine() {
        for (Trial trial : show("{ ring = pair, at = angle, code = vector, in = look }")) {
            double angle = Math.toRadians(trial.factor("angle"));
            assertThat(DeclaredTasks.input(trial, 4, PAIR)).isCloseTo((float) Math.cos(angle), within(1e-6f));
            assertThat(DeclaredTasks.input(trial, 4, PAIR + 1)).isCloseTo((float) Math.sin(angle), within(1e-6f));
        }
    }

    @Test
    void aPulseIsAPartOfAPeriod() {
        for (Trial trial : show("{ flag = light, in = [look, wait], after = 10, for = 10 }")) {
            assertThat(DeclaredTasks.input(trial, LIGHT)).isEqualTo(list(0, 1, 0, 1, 0, 0, 0, 0));
        }
        for (Trial trial : show("{ flag = light, in = look, after = onset }", "task.draw.onset=[0, 20, 30]")) {
            int on = (int) trial.factor("onset") / 10;
            assertThat(DeclaredTasks.input(trial, LIGHT))
                    .isEqualTo(list(0, 0, on < 1 ? 1 : 0, on < 1 ? 1 : 0, on < 3 ? 1 : 0, 1, 0, 0));
        }
        for (Trial trial : show("{ flag = light, for = 20 }")) {
            assertThat(DeclaredTasks.input(trial, LIGHT)).isEqualTo(list(1, 1, 1, 1, 0, 0, 1, 1));
        }
    }

    @Test
    void whatIsOnlyInSomeTrialsIsNotInOthers() {
        for (Trial trial : show(
                "{ flag = light, in = look, where = { side = 2, angle = [90, 180] } }, { flag = light, in = wait }")) {
            boolean isShown =
                    trial.factor("side") == 2 && (trial.factor("angle") == 90 || trial.factor("angle") == 180);
            assertThat(DeclaredTasks.input(trial, 3, LIGHT)).isEqualTo(isShown ? 1f : 0f);
            assertThat(DeclaredTasks.input(trial, 0, LIGHT)).isEqualTo(1f);
        }
    }

    /** sigma / sqrt(dt), independent from step to step and from channel to channel, and nowhere else. */
    @Test
    void noiseHasItsStandardDeviationWhereItIs() {
        Task task = DeclaredTasks.task(
                DeclaredTasks.SMALL,
                "task.timing.look=40000",
                "task.show=[{ noise = 0.5, on = [ring, light], in = look }, { flag = light, in = look }]");
        Trial trial = DeclaredTasks.trials(task, 1).get(0);
        int n = trial.steps(1);
        for (int channel : new int[] {LIGHT, RING, RING + 3}) {
            double sum = 0;
            double squares = 0;
            double lagged = 0;
            double across = 0;
            double before = 0;
            for (int step = trial.start(1); step < trial.end(1); step++) {
                double value = DeclaredTasks.input(trial, step, channel) - (channel == LIGHT ? 1 : 0);
                sum += value;
                squares += value * value;
                lagged += value * before;
                across += value * DeclaredTasks.input(trial, step, RING + 1);
                before = value;
            }
            double variance = 0.25 / 10;
            assertThat(sum / n).isCloseTo(0, within(5 * Math.sqrt(variance / n)));
            assertThat(squares / n).isCloseTo(variance, within(5 * variance * Math.sqrt(2.0 / n)));
            assertThat(lagged / n).isCloseTo(0, within(5 * variance / Math.sqrt(n)));
            assertThat(across / n).isCloseTo(0, within(5 * variance / Math.sqrt(n)));
        }
        assertThat(DeclaredTasks.input(trial, PAIR)).containsOnly(0f);
        assertThat(DeclaredTasks.input(trial, 0, RING)).isZero();
        assertThat(DeclaredTasks.input(trial, trial.steps() - 1, RING)).isZero();
        for (Trial without : show("{ noise = level, on = light }", "task.draw.level=[0, 3]")) {
            assertThat(DeclaredTasks.input(without, 0, LIGHT) == 0).isEqualTo(without.factor("level") == 0);
        }
    }

    @Test
    void whereNoClassIsAskedForItIsTheFirstOutput() {
        for (Trial trial : ask("{ class = answer, of = choice, in = decide }")) {
            assertThat(DeclaredTasks.target(trial, 0)).isEqualTo(list(1, 1, 1, 1, 1, 1, 0, 0));
            assertThat(DeclaredTasks.target(trial, trial.answer())).isEqualTo(list(0, 0, 0, 0, 0, 0, 1, 1));
            assertThat(DeclaredTasks.target(trial, 3)).containsOnly(0f);
        }
        for (Trial trial : ask("{ class = answer, of = choice, in = decide, where = { side = 2 } }")) {
            assertThat(DeclaredTasks.target(trial, 7, 0)).isEqualTo(trial.answer() == 1 ? 1f : 0f);
            assertThat(DeclaredTasks.target(trial, 7, 2)).isEqualTo(trial.answer() == 1 ? 0f : 1f);
        }
    }

    @Test
    void theLastWordCountsInWhatIsAskedFor() {
        for (Trial trial : ask("{ class = 2, of = choice }, { class = 1, of = choice, in = look, for = 20 },"
                + " { class = side, of = choice, in = decide }")) {
            assertThat(DeclaredTasks.target(trial, 0)).containsOnly(0f);
            assertThat(DeclaredTasks.target(trial, 1).subList(0, 6)).isEqualTo(list(0, 0, 1, 1, 0, 0));
            assertThat(DeclaredTasks.target(trial, 7, (int) trial.factor("side")))
                    .isEqualTo(1);
        }
    }

    @Test
    void valuesAndBumpsCanBeAskedFor() {
        for (Trial trial : ask("{ class = answer, of = choice }, { value = 0.05, of = ring },"
                + " { ring = ring, at = angle, scale = 0.8, offset = 0.05, in = decide },"
                + " { value = strength, scale = 2, offset = 1, of = ring, in = wait }")) {
            int unit = (int) trial.factor("angle") / 90;
            assertThat(DeclaredTasks.target(trial, 7, 3 + unit)).isEqualTo(0.85f);
            assertThat(DeclaredTasks.target(trial, 7, 3 + (unit + 2) % 4)).isCloseTo(0.05f, within(1e-5f));
            assertThat(DeclaredTasks.target(trial, 3, 3)).isEqualTo(0.05f);
            assertThat(DeclaredTasks.target(trial, 0, 6)).isEqualTo((float) (1 + 2 * trial.factor("strength")));
        }
    }

    @Test
    void stepsCountAsTheyAreWeighed() {
        for (Trial trial : ask("{ class = answer, of = choice }, { weight = 5, in = decide },"
                + " { weight = 0, in = [wait, decide], for = 10 }, { weight = 2, in = look, where = { side = 1 } }")) {
            double look = trial.answer() == 1 ? 2 : 1;
            assertThat(DeclaredTasks.weights(trial)).isEqualTo(list(0, 1, look, look, look, look, 0, 5));
        }
    }
}
