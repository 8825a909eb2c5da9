package cohort.task.library.yang19;

import static cohort.task.library.LibraryTasks.task;
import static cohort.task.library.yang19.Yang19ReachTest.highest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cohort.config.UserError;
import cohort.task.Answer;
import cohort.task.ChoiceRule;
import cohort.task.Examples;
import cohort.task.Outputs;
import cohort.task.Response;
import cohort.task.Split;
import cohort.task.Task;
import cohort.task.Trial;
import cohort.task.TrialSource;
import cohort.task.parts.Entry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModCogTest {
    @Test
    void allTasksMoveInTheDecisionAndThoseWithADelayDuringIt() {
        List<String> names = new ModCogTasks().kinds().stream().map(Entry::name).toList();
        assertThat(names).hasSize(20 * 2 + 11 * 2).doesNotHaveDuplicates();
        assertThat(names)
                .contains(
                        "modcog-goseqr",
                        "modcog-rtantiseql",
                        "modcog-dlygointr",
                        "modcog-ctxdlydm2intl",
                        "modcog-dnmcintr")
                .doesNotContain("modcog-gointr", "modcog-dm1intl", "modcog-rtgointr");
    }

    /** Whatever moves, before the decision nothing is asked for, and in it what a trial's answer says at its last step. */
    @Test
    void theAnswerIsWhatTheLastStepAsksFor() {
        for (Entry entry : new ModCogTasks().kinds()) {
            Task task = task(entry.name());
            TrialSource source = task.trials(3, Split.TRAIN);
            Response response = task.response(ChoiceRule.DECISION_MEAN);
            for (int index = 0; index < 20; index++) {
                Trial trial = Examples.read(source, index);
                Answer perfect = response.read(trial, asTold(trial));
                assertThat(perfect).as(entry.name()).isEqualTo(Answer.choice(trial.answer(), true));
            }
        }
    }

    private static Outputs asTold(Trial trial) {
        return (step, output) -> trial.targets()[step * trial.outputs() + output];
    }

    @ParameterizedTest
    @CsvSource({"dlygointr, 1, 0", "dlygointl, -1, 0", "dlyantiintr, 1, 8", "dlyantiintl, -1, 8"})
    void theLongerTheDelayTheFurtherOffIsTheAnswer(String name, int side, int opposite) {
        TrialSource source = task("modcog-" + name).trials(3, Split.TRAIN);
        Set<Double> delays = new HashSet<>();
        for (int index = 0; index < 200; index++) {
            Trial trial = Examples.read(source, index);
            int shown = highest(trial, trial.start(1), 1 + index % 2);
            int way = trial.steps(2); // a unit a step of 100 ms
            assertThat(trial.factor("delay")).isEqualTo(100.0 * way);
            assertThat(trial.answer()).isEqualTo(1 + Math.floorMod(shown + opposite + side * way, 16));
            delays.add(trial.factor("delay"));
        }
        assertThat(delays).hasSize(12).contains(0.0, 1100.0);
    }

    @ParameterizedTest
    @CsvSource({"dlydm1intr, 1", "multidlydmintl, -1"})
    void bothStimuliOfAComparisonMove(String name, int side) {
        Task task = task("modcog-" + name);
        Response response = task.response(ChoiceRule.LAST_STEP);
        TrialSource source = task.trials(3, Split.TRAIN);
        for (int index = 0; index < 50; index++) {
            Trial trial = Examples.read(source, index);
            int way = side * trial.steps(2);
            int stronger = (int) trial.drawn(trial.answer() == 1 ? Yang19Decision.UNIT_1 : Yang19Decision.UNIT_2);
            int weaker = (int) trial.drawn(trial.answer() == 1 ? Yang19Decision.UNIT_2 : Yang19Decision.UNIT_1);
            int asked = 1 + Math.floorMod(stronger + way, 16);
            int other = 1 + Math.floorMod(weaker + way, 16);
            assertThat(Examples.target(trial, trial.steps() - 1)).isEqualTo(asked);
            assertThat(response.read(trial, (step, output) -> output == asked ? 1 : 0))
                    .isEqualTo(Answer.choice(trial.answer(), true));
            assertThat(response.read(trial, (step, output) -> output == other ? 1 : 0))
                    .isEqualTo(Answer.choice(3 - trial.answer(), false));
        }
    }

    @ParameterizedTest
    @CsvSource({"goseqr, 1", "goseql, -1", "rtgoseqr, 1", "dm1seqr, 1", "dm2seql, -1"})
    void inTheDecisionTheAnswerMovesUnitByUnit(String name, int side) {
        TrialSource source = task("modcog-" + name).trials(3, Split.TRAIN);
        for (int index = 0; index < 50; index++) {
            Trial trial = Examples.read(source, index);
            int decision = trial.signature().period("decision");
            assertThat(trial.steps(decision)).isEqualTo(10);
            int first = Examples.target(trial, trial.start(decision));
            for (int step = 0; step < trial.steps(decision); step++) {
                assertThat(Examples.target(trial, trial.start(decision) + step))
                        .isEqualTo(1 + Math.floorMod(first - 1 + side * step, 16));
            }
        }
    }

    @Test
    void aWayIsFlooredToUnitsOnBothSides() {
        Yang19Movement right = new Yang19Movement(1, 1, 0.01);
        Yang19Movement left = new Yang19Movement(-1, -1, 0.01);
        assertThat(right.afterDelay(16, 99, 16)).isEqualTo(16);
        assertThat(left.afterDelay(16, 99, 16)).isEqualTo(16);
        assertThat(right.afterDelay(16, 250, 16)).isEqualTo(2);
        assertThat(left.afterOnset(1, 250, 16)).isEqualTo(15);
        assertThat(left.afterOnset(1, 1600, 16)).isEqualTo(1);
    }

    /** It may lag by a unit, and begin late, but it must end where it is asked to, and have been on the way. */
    @Test
    void aNetworkMustMoveWithTheAnswer() {
        Task task = task("modcog-dmsseqr");
        Response response = task.response(ChoiceRule.LAST_STEP);
        TrialSource source = task.trials(3, Split.TRAIN);
        int goes = 0;
        for (int index = 0; index < 50; index++) {
            Trial trial = Examples.read(source, index);
            int answer = trial.answer();
            int start = trial.start(4);
            int last = trial.steps() - 1;
            assertThat(response.read(trial, (step, output) -> output == answer ? 1 : 0)
                            .correct())
                    .isEqualTo(answer == 0); // which does not move
            if (answer > 0) {
                Outputs told = asTold(trial);
                assertThat(response.read(trial, (step, output) -> told.at(step == last ? last : step - 1, output))
                                .correct())
                        .as("a step late, but for the last")
                        .isTrue();
                assertThat(response.read(trial, (step, output) -> told.at(step - 1, output)))
                        .as("a step late to the end")
                        .isEqualTo(Answer.choice(1 + Math.floorMod(answer - 2, 16), false));
                assertThat(response.read(
                                trial,
                                (step, output) -> step == start + 5 ? output == 0 ? 1 : 0 : told.at(step, output)))
                        .as("a step away")
                        .isEqualTo(Answer.choice(answer, false));
                goes++;
            }
        }
        assertThat(goes).isBetween(10, 40);
    }

    @Test
    void aSpeedThatIsNoneIsRefused() {
        assertThatThrownBy(() -> task("modcog-goseqr", "task.speed=-1"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("task.speed = -1: must be from 0 to 1");
        Trial still = Examples.read(task("modcog-goseqr", "task.speed=0").trials(3, Split.TRAIN), 0);
        assertThat(Examples.target(still, still.steps() - 1)).isEqualTo(Examples.target(still, still.start(3)));
    }
}
