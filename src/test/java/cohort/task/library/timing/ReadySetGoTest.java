package cohort.task.library.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import cohort.config.Settings;
import cohort.config.UserError;
import cohort.task.Answer;
import cohort.task.ChoiceRule;
import cohort.task.Duration;
import cohort.task.Examples;
import cohort.task.Response;
import cohort.task.Signature;
import cohort.task.Split;
import cohort.task.Task;
import cohort.task.TaskFactory;
import cohort.task.Trial;
import cohort.task.TrialSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadySetGoTest {
    private static final int READY = 1;
    private static final int SET = 3;
    private static final int PRODUCTION = 4;

    private static Task task(String... overrides) {
        List<String> all = new ArrayList<>(List.of("task.kind=ready-set-go"));
        all.addAll(List.of(overrides));
        return TaskFactory.chosen(Settings.defaults(all));
    }

    private static Trial trial(Task task, long index) {
        return Examples.read(task.trials(3, Split.TEST), index);
    }

    private static int interval(Trial trial) {
        return trial.start(SET) - trial.start(READY);
    }

    /** The answer of a network that goes at some steps, from the beginning of a trial on. */
    private static Answer answer(Task task, Trial trial, Integer... goes) {
        List<Integer> all = List.of(goes);
        return task.response(ChoiceRule.LAST_STEP)
                .read(trial, (step, output) -> (output == 1) == all.contains(step) ? 0.7f : 0.3f);
    }

    @Test
    void periodsFollowEachOtherAndProductionFollowsFromTheInterval() {
        Task task = task("task.gain=1.5", "task.timing.ready=160", "task.timing.measure={ uniform = [300, 2000] }");
        Signature signature = task.signature();
        int shortest = Integer.MAX_VALUE;
        int longest = 0;
        for (int index = 0; index < 5000; index++) {
            Trial trial = trial(task, index);
            assertThat(trial.steps(0)).isEqualTo(1);
            assertThat(trial.steps(READY)).isEqualTo(2);
            assertThat(trial.steps(SET)).isEqualTo(1);
            assertThat(trial.steps(PRODUCTION)).isEqualTo(2 * (3 * interval(trial) / 2));
            shortest = Math.min(shortest, trial.steps());
            longest = Math.max(longest, trial.steps());
        }
        assertThat(shortest).isEqualTo(signature.minSteps()).isEqualTo(1 + 3 + 1 + 2 * 4);
        assertThat(signature.maxSteps()).isEqualTo(1 + 25 + 1 + 2 * 37);
        assertThat(longest).isEqualTo(1 + 24 + 1 + 2 * 36); // 2000 ms itself, the end of the range, does not come up
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "task.timing.ready={ uniform = [80, 400] }",
                "task.timing.set=[80, 240]",
                "task.timing.fixation={ uniform = [0, 500] }",
                "task.timing.measure={ truncated-exponential = { mean = 900, min = 600, max = 1500 } }",
                "task.timing.measure=1000",
                "task.gain=0.73"
            })
    void noTrialIsShorterOrLongerThanTheSignatureSays(String setting) {
        Task task = task(setting, "task.dt=20");
        for (int index = 0; index < 2000; index++) {
            assertThat(trial(task, index).steps())
                    .isBetween(task.signature().minSteps(), task.signature().maxSteps());
        }
    }

    @Test
    void theRightMomentFollowsFromTheInputsAlone() {
        Task task = task("task.dt=20", "task.gain=1.25", "task.timing.set=[80, 160]");
        TreeSet<Double> intervals = new TreeSet<>();
        for (int index = 0; index < 500; index++) {
            Trial trial = trial(task, index);
            int ready = onset(trial, 1);
            int set = onset(trial, 2);
            int due = set + (set - ready) * 5 / 4;

            for (int step = 0; step < trial.steps(); step++) {
                assertThat(Examples.target(trial, step)).isEqualTo(step == due ? 1 : 0);
                boolean isOver = trial.inputs()[3 * set + 2] == 1 && step > set && trial.inputs()[3 * step + 2] == 0;
                assertThat(trial.inputs()[3 * step]).isEqualTo(isOver ? 0 : 1); // fixation ends with set
            }
            assertThat(answer(task, trial, due).correct()).isTrue();
            assertThat(trial.factor("interval")).isEqualTo(20.0 * (set - ready));
            intervals.add(trial.factor("interval"));
        }
        assertThat(intervals).containsExactly(800.0, 880.0, 960.0, 1040.0, 1120.0, 1200.0, 1280.0, 1360.0, 1440.0);
    }

    private static int onset(Trial trial, int channel) {
        int step = 0;
        while (trial.inputs()[3 * step + channel] == 0) {
            step++;
        }
        return step;
    }

    @Test
    void theAnswerIsTheTimeOfTheFirstGo() {
        Task task = task("task.timing.measure=1040"); // 13 steps, right from 11 to 15: 233 ms are two steps
        Trial trial = trial(task, 0);
        int set = trial.start(SET);

        for (int produced = 0; trial.start(SET) + produced < trial.steps(); produced++) {
            Answer answer = answer(task, trial, set + produced, set + 13);
            if (produced > 13) {
                answer = answer(task, trial, set + produced);
            }
            assertThat(answer)
                    .isEqualTo(new Answer(1, 80 * produced, 80 * (set + produced), produced >= 11 && produced <= 15));
        }
    }

    @Test
    void aGoBeforeSetBreaksFixationWhateverFollows() {
        Task task = task("task.timing.measure=1040");
        Trial trial = trial(task, 0);
        for (int step = 0; step < trial.start(SET); step++) {
            assertThat(answer(task, trial, step, trial.start(SET) + 13))
                    .isEqualTo(new Answer(1, Double.NaN, 80 * step, false));
        }
    }

    @Test
    void whoNeverGoesGivesNoAnswerAndIsWrong() {
        Task task = task();
        Trial trial = trial(task, 0);

        assertThat(trial.answer()).isEqualTo(1);
        assertThat(answer(task, trial)).isEqualTo(new Answer(0, Double.NaN, Double.NaN, false));
        assertThat(task.response(ChoiceRule.LAST_STEP).read(trial, (step, output) -> 0.5f))
                .as("go must be the larger output")
                .isEqualTo(new Answer(0, Double.NaN, Double.NaN, false));
    }

    /** |produced - due| <= margin due + leeway, in neurogym's own numbers; no step is in doubt for want of a digit. */
    @ParameterizedTest
    @CsvSource({"0.2, 25", "0.2, 0", "0, 0", "0.1, 80", "1, 0"})
    void theMarginIsAFractionOfTheIntervalToBeProduced(double margin, double leeway) {
        Task task = task("task.margin=" + margin, "task.leeway=" + leeway);
        for (int index = 0; index < 30; index++) {
            Trial trial = trial(task, index);
            int due = interval(trial);
            for (int produced = 0; produced < 3 * due; produced++) {
                boolean isRight = Math.abs(produced - due) * 80.0 <= margin * (due * 80.0) + leeway + 1e-6;
                assertThat(answer(task, trial, trial.start(SET) + produced).correct())
                        .as(produced + " steps of " + due)
                        .isEqualTo(isRight);
            }
        }
    }

    @Test
    void theGoThatIsAskedForIsRightAndNeurogymsIsLateByTheDurationOfSet() {
        Task task = task("task.margin=0", "task.leeway=0");
        Task late = task("task.margin=0", "task.leeway=0", "task.asked=set-offset");
        for (int index = 0; index < 100; index++) {
            int go = asked(trial(task, index));
            assertThat(answer(task, trial(task, index), go).correct()).isTrue();
            assertThat(asked(trial(late, index))).isEqualTo(go + 1);
            assertThat(answer(late, trial(late, index), go + 1).correct()).isFalse();
            assertThat(answer(late, trial(late, index), go).correct()).isTrue();
        }
        assertThat(task.notes()).isEmpty();
        assertThat(late.notes()).singleElement().asString().contains("task.asked = set-offset");
        assertThat(task("task.asked=set-offset").notes()).isEmpty(); // within 20 % and 25 ms of every interval
    }

    private static int asked(Trial trial) {
        int step = 0;
        while (Examples.target(trial, step) == 0) {
            step++;
        }
        return step;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"task.gain=1", "task.gain=2", "task.timing.measure={ uniform = [800, 1500] }", "task.dt=20"})
    void chanceIsThatOfWhoGoesAtAnyTimeAfterSet(String setting) {
        Task task = task(setting);
        Response response = task.response(ChoiceRule.LAST_STEP);
        TrialSource source = task.trials(1, Split.TEST);
        Random random = new Random(1);
        Trial trial = new Trial(source.signature());
        int right = 0;
        int trials = 20_000;
        for (int index = 0; index < trials; index++) {
            source.read(index, trial);
            int go = trial.start(PRODUCTION) + random.nextInt(trial.steps(PRODUCTION));
            right += response.read(trial, (step, output) -> (output == 1) == (step == go) ? 1 : 0)
                            .correct()
                    ? 1
                    : 0;
        }
        assertThat(response.chance()).isCloseTo((double) right / trials, within(0.012)); // 4 standard errors
        assertThat(response.choices()).isEqualTo(1);
    }

    @Test
    void chanceIsNearTheMarginAndWhoseAnswersAreAlwaysRightIsOne() {
        // The mean over p = 10 .. 18 of the 5 (up to p = 13) or 7 of 2 p steps that are right.
        assertThat(task().response(ChoiceRule.LAST_STEP).chance()).isCloseTo(0.22004, within(0.0003));
        assertThat(task("task.margin=1", "task.leeway=80")
                        .response(ChoiceRule.LAST_STEP)
                        .chance())
                .isEqualTo(1);
    }

    @Test
    void anIntervalFromAContinuousDistributionIsNoCondition() {
        Trial trial = trial(task("task.timing.measure={ uniform = [800, 1500] }"), 0);

        assertThat(trial.factor("interval")).isNaN();
        assertThat(trial.condition().label()).isEqualTo("all");
        assertThat(trial(task("task.timing.measure=1000"), 0).condition().label())
                .isEqualTo("interval=960"); // as it is shown, in whole steps
    }

    @Test
    void intervalsThatAreNoWholeStepsAreNoted() {
        assertThat(task("task.timing.measure=[800, 1000]").notes())
                .containsExactly("intervals are whole steps of task.dt = 80.0 ms: 1000.0 ms becomes 960.0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "task.gain=0                         | task.gain = 0          | above 0",
                "task.gain=-1                        | task.gain = -1         | above 0",
                "task.gain=0.05                      | task.timing            | before set is over",
                "task.gain=2000                      | task.timing            | longer than 3600000 ms",
                "task.margin=-0.1                    | task.margin = -0.1     | from 0 to 1",
                "task.margin=20                      | task.margin = 20       | from 0 to 1",
                "task.leeway=-1                      | task.leeway = -1       | milliseconds",
                "task.asked=set                      | task.asked = \"set\"   | set-onset, set-offset",
                "task.dt=0                           | task.dt = 0            | above 0",
                "task.timing.ready=40                | task.timing            | ready can be shorter than one step",
                "task.timing.set=0                   | task.timing            | set can be shorter than one step",
                "task.timing.ready=900               | task.timing            | begins with ready",
                "task.timing.measure=[]              | task.timing.measure = []  | empty",
                "task.timing.measure=[800, x]        | task.timing.measure    | numbers",
                "task.timing.measure={ uniform = [9, 1] } | task.timing.measure | larger than max",
                "task.timing.production=100          | task.timing.production | no key",
                "task.coherences=[1]                 | task.coherences        | no key"
            })
    void aBadSettingIsRefusedByItsName(String setting, String key, String problem) {
        assertThatThrownBy(() -> task(setting))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(key)
                .hasMessageContaining(problem);
    }

    @Test
    void defaultsAreNeurogymsAtItsOwnStep() {
        Duration step = new Duration.Constant(80);
        assertThat(task("task.timing.measure={ uniform = [800, 1500] }"))
                .isEqualTo(new ReadySetGo(
                        80, 1, 0.2, 25, ReadySetGo.Edge.SET_ONSET, step, step, new Duration.Uniform(800, 1500), step));
    }
}
