package cohort.task.library.timing;

import static cohort.task.library.LibraryTasks.going;
import static cohort.task.library.LibraryTasks.next;
import static cohort.task.library.LibraryTasks.stepsOn;
import static cohort.task.library.LibraryTasks.task;
import static cohort.task.library.LibraryTasks.trials;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import cohort.config.UserError;
import cohort.task.Answer;
import cohort.task.ChoiceRule;
import cohort.task.Examples;
import cohort.task.Task;
import cohort.task.Trial;
import cohort.task.library.LibraryTasks;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimingTasksTest {
    /** Who counts the steps of both stimuli is always right: the ceiling is 1. */
    @Test
    void theLongerStimulusFollowsFromTheInputs() {
        Task task = task("interval-discrimination");
        int first = 0;
        TreeSet<Double> differences = new TreeSet<>();
        for (Trial trial : trials(task, 2000)) {
            int difference = stepsOn(trial, 1) - stepsOn(trial, 2);
            assertThat(difference).isNotZero();
            assertThat(trial.answer()).isEqualTo(difference > 0 ? 1 : 2);
            assertThat(trial.factor("difference")).isEqualTo(50.0 * Math.abs(difference));
            assertThat(Examples.target(trial, trial.steps() - 1)).isEqualTo(trial.answer());
            assertThat(stepsOn(trial, 0)).isEqualTo(trial.start(5)); // the end of fixation is the cue
            assertThat(LibraryTasks.obedient(task, trial).correct()).isTrue();
            first += trial.answer() == 1 ? 1 : 0;
            differences.add(trial.factor("difference"));
        }
        assertThat(first).isBetween(890, 1110);
        assertThat(differences).containsExactly(50.0, 100.0, 150.0, 200.0, 250.0);
        assertThat(task.response(ChoiceRule.LAST_STEP).chance()).isEqualTo(0.5);
        assertThat(task.ideal()).isEmpty();
    }

    @Test
    void inTheOriginalEqualStimuliCountAsIfTheSecondWereLonger() {
        Task task = task("interval-discrimination", "task.form=original", "task.dt=80");
        int ties = 0;
        for (Trial trial : trials(task, 2000)) {
            if (stepsOn(trial, 1) == stepsOn(trial, 2)) {
                assertThat(trial.answer()).isEqualTo(2);
                assertThat(trial.factor("difference")).isZero();
                ties++;
            }
        }
        assertThat(ties / 2000.0).isCloseTo(0.236, within(0.04));
        assertThat(task.response(ChoiceRule.LAST_STEP).chance()).isCloseTo(1 - 0.382, within(0.005));
    }

    @Test
    void theCueSaysWhenToGo() {
        Task task = task("motor-timing");
        List<Integer> due = List.of(800 / 50, 1500 / 50);
        for (Trial trial : trials(task, 200)) {
            int cue = stepsOn(trial, 1) > 0 ? 0 : 1;
            assertThat(stepsOn(trial, 2 - cue)).isZero();
            int set = next(trial, 0, 3, true);
            int go = next(trial, set, 3, false) + due.get(cue);
            assertThat(next(trial, set, 0, false)).isEqualTo(next(trial, set, 3, false)); // fixation ends with set
            for (int step = 0; step < trial.steps(); step++) {
                assertThat(Examples.target(trial, step)).isEqualTo(step == go ? 1 : 0);
            }
            assertThat(trial.factor("interval")).isEqualTo(50.0 * due.get(cue));
            assertThat(going(task, trial, step -> step == go))
                    .isEqualTo(new Answer(1, 50.0 * due.get(cue), 50.0 * go, true));
        }
        // 7 of 32 and 13 of 60 steps are within 20 % and 25 ms.
        assertThat(task.response(ChoiceRule.LAST_STEP).chance()).isCloseTo((7 / 32.0 + 13 / 60.0) / 2, within(1e-4));
        assertThat(task.notes()).isEmpty();
    }

    @Test
    void theGapBetweenFlashesSaysWhenToGo() {
        Task task = task("one-two-three-go");
        for (Trial trial : trials(task, 200)) {
            int first = next(trial, next(trial, 0, 1, true), 1, false);
            int second = next(trial, first, 1, true);
            int third = next(trial, next(trial, second, 1, false), 1, true);
            int gap = second - first;
            int go = next(trial, third, 1, false) + gap;
            for (int step = 0; step < trial.steps(); step++) {
                assertThat(Examples.target(trial, step)).isEqualTo(step >= go ? 1 : 0);
            }
            assertThat(stepsOn(trial, 0)).isEqualTo(trial.steps());
            assertThat(stepsOn(trial, 2)).isEqualTo(trial.steps() - trial.end(0));
            assertThat(trial.factor("interval")).isEqualTo(50.0 * gap);
            assertThat(going(task, trial, step -> step >= go)).isEqualTo(new Answer(1, 50.0 * gap, 50.0 * go, true));
            assertThat(going(task, trial, step -> step == third))
                    .isEqualTo(new Answer(1, Double.NaN, 50.0 * third, false)); // which breaks fixation
        }
        double chance = (5 / 32.0 + 7 / 34.0 + 7 / 36.0 + 9 / 38.0 + 9 / 40.0) / 5;
        assertThat(task.response(ChoiceRule.LAST_STEP).chance()).isCloseTo(chance, within(1e-3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"motor-timing", "one-two-three-go"})
    void aGoIsRightWithinTheToleranceAndTheFirstOneCounts(String kind) {
        Task task = task(kind);
        for (Trial trial : trials(task, 20)) {
            double interval = trial.factor("interval");
            int due = Examples.firstGo(trial);
            for (int off = -10; off <= 10; off++) {
                int step = due + off;
                boolean isRight = Math.abs(off) * 50 <= 0.2 * interval + 25;
                assertThat(going(task, trial, s -> s == step || s == step + 1).correct())
                        .as("%s steps off after %s ms", off, interval)
                        .isEqualTo(isRight);
            }
            assertThat(going(task, trial, s -> false)).isEqualTo(Answer.choice(0, false));
        }
    }

    @Test
    void aGoCanBeAskedForOnceOrFromThenOn() {
        Trial held = trials(task("motor-timing", "task.asked=from-then-on"), 1).get(0);
        Trial once = trials(task("one-two-three-go", "task.asked=one-step"), 1).get(0);

        assertThat(Examples.gos(held)).isEqualTo(held.steps() - Examples.firstGo(held));
        assertThat(Examples.gos(once)).isEqualTo(1);
        assertThat(Examples.firstGo(once)).isEqualTo(once.start(8));
    }

    /** In the original set vanishes in a step of 80 ms, and the last of the intervals is no multiple of it. */
    @Test
    void theOriginalsStepLeavesNoSet() {
        Task task = task("motor-timing", "task.dt=80");
        for (Trial trial : trials(task, 20)) {
            assertThat(stepsOn(trial, 3)).isZero();
            int go = Examples.firstGo(trial) - trial.start(3);
            assertThat(go).isEqualTo(trial.factor("interval") == 800 ? 10 : 18);
        }
        assertThat(task.notes()).singleElement().asString().contains("set can have no step");
    }

    @Test
    void anIntervalFromAContinuousDistributionIsNoCondition() {
        Task task = task("one-two-three-go", "task.timing.interval={ uniform = [600, 1000] }");
        assertThat(trials(task, 1).get(0).factor("interval")).isNaN();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "interval-discrimination | task.timing.stim1=40        | can be shorter than one step",
                "interval-discrimination | task.form=best              | repaired, original",
                "interval-discrimination | task.timing.stim3=40        | no key",
                "motor-timing            | task.margin=2               | from 0 to 1",
                "motor-timing            | task.leeway=-1              | milliseconds",
                "motor-timing            | task.intervals=800          | list",
                "motor-timing            | task.intervals=[800, 800]   | different",
                "motor-timing            | task.intervals=[800, 20]    | shorter than one step",
                "motor-timing            | task.asked=twice            | one-step, from-then-on",
                "one-two-three-go        | task.timing.s2=0            | can be shorter than one step",
                "one-two-three-go        | task.timing.response=0      | can be shorter than one step",
                "one-two-three-go        | task.timing.interval=3e6    | longer than",
                "one-two-three-go        | task.timing.interval2=300   | no key"
            })
    void aBadSettingIsRefused(String kind, String setting, String message) {
        LibraryTasks.assertRefused(kind, setting, message);
    }

    @Test
    void stimuliThatAreNeverDifferentAreRefusedUnlessTiesAreAllowed() {
        String[] equal = {"task.timing.stim1=400", "task.timing.stim2={ uniform = [400, 450] }"};
        assertThatThrownBy(() -> task("interval-discrimination", equal))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("always equally long");
        assertThat(trials(task("interval-discrimination", equal[0], equal[1], "task.form=original"), 1))
                .hasSize(1);
    }
}
