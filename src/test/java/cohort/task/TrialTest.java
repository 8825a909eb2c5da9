package cohort.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cohort.config.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrialTest {
    private static final Duration ANY = new Duration.Uniform(0, 1000);
    private static final Signature SIGNATURE = new Signature(
            "a task",
            1,
            List.of(new Group("one", 0, 1), new Group("two", 1, 2)),
            List.of(new Group("answers", 0, 4)),
            List.of(
                    new PeriodSpec("before", ANY),
                    new PeriodSpec("sample", ANY),
                    new PeriodSpec("pause", ANY),
                    new PeriodSpec("go", ANY)),
            List.of(new Factor("side", "", ""), new Factor("strength", "%", "")));

    @ParameterizedTest
    @CsvSource({"2, 3, 1, 4", "2, 3, 0, 4", "0, 3, 0, 1", "0, 1, 5, 1", "7, 1, 1, 1"})
    void everyStepBelongsToThePeriodWhoseStepsItIsAmong(int before, int sample, int pause, int go) {
        int[] steps = {before, sample, pause, go};
        Trial trial = trial(steps);
        Timeline timeline = trial.timeline();
        assertThat(trial.steps()).isEqualTo(before + sample + pause + go).isEqualTo(timeline.steps());
        List<String> periods = new ArrayList<>();
        for (int period = 0; period < 4; period++) {
            String name = SIGNATURE.periodNames().get(period);
            assertThat(trial.start(period)).isEqualTo(periods.size()).isEqualTo(timeline.start(name));
            assertThat(trial.steps(period)).isEqualTo(steps[period]);
            for (int s = 0; s < steps[period]; s++) {
                periods.add(name);
            }
            assertThat(trial.end(period)).isEqualTo(periods.size()).isEqualTo(timeline.end(name));
        }
        for (int step = 0; step < trial.steps(); step++) {
            assertThat(timeline.periodAt(step)).isEqualTo(periods.get(step));
        }
    }

    @Test
    void aSilentHolderShowsTheSameTrialsWithoutTheirNoise() {
        TrialSource source = Examples.trials(Examples.randomDurations());
        Trial silent = new Trial(source.signature());
        silent.silence();
        for (long index = 0; index < 20; index++) {
            Trial shown = Examples.read(source, index);
            source.read(index, silent);
            assertThat(silent.condition()).isEqualTo(shown.condition());
            assertThat(silent.answer()).isEqualTo(shown.answer());
            assertThat(silent.timeline().steps()).isEqualTo(shown.timeline().steps());
            for (int step = 0; step < shown.steps(); step++) {
                for (int direction = 1; direction <= 3; direction++) {
                    double angle = 2 * Math.PI * (direction - shown.answer()) / 3;
                    boolean isShown = step >= shown.start(1) && step < shown.end(1);
                    double mean = isShown ? 0.5 + Math.cos(angle) * shown.factor(0) / 200 : 0;
                    int at = step * 4 + direction;
                    assertThat(silent.inputs()[at]).isEqualTo((float) mean);
                    assertThat(shown.inputs()[at] != silent.inputs()[at]).isEqualTo(isShown);
                }
            }
        }
    }

    @Test
    void whatIsPaintedIsThereAndNothingElse() {
        Trial trial = trial(2, 3, 1, 2);
        trial.paint(1, 2, 0.5f);
        trial.target(3, 3);

        trial.weight(2, 0.25f);

        float[] targets = new float[8 * 4];
        targets[6 * 4 + 3] = 1;
        targets[7 * 4 + 3] = 1;
        assertThat(Arrays.copyOf(trial.targets(), 32)).containsExactly(targets);
        assertThat(Arrays.copyOf(trial.weights(), 8)).containsExactly(1, 1, 1, 1, 1, 0.25f, 1, 1);
        float[] shown = new float[8 * 3];
        for (int step = 2; step < 5; step++) {
            shown[step * 3 + 2] = 0.5f;
        }
        assertThat(trial.copyInputs()).containsExactly(shown);
    }

    @Test
    void factorsAndAnswerAreThoseItWasGiven() {
        Trial trial = trial(1, 1, 1, 1);
        trial.begin(1L << 40);
        trial.setAnswer(2);
        trial.setFactor(SIGNATURE.factor("strength"), 25.6);
        assertThat(trial.index()).isEqualTo(1L << 40);
        assertThat(trial.answer()).isEqualTo(2);
        assertThat(trial.factor("strength")).isEqualTo(25.6).isEqualTo(trial.factor(1));
        assertThat(trial.channels()).isEqualTo(3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trial.factor("coherence"))
                .withMessage("there is no coherence, but [side, strength]");
    }

    @Test
    void aHolderGrowsForALongerTrialAndKeepsNothingOfTheOneBefore() {
        Trial trial = trial(1, 1, 0, 1);
        for (int[] steps : new int[][] {{10, 20, 0, 5}, {0, 2, 1, 1}}) {
            fill(trial, steps);
            assertThat(trial.steps()).isEqualTo(Arrays.stream(steps).sum());
            assertThat(trial.copyInputs()).hasSize(trial.steps() * 3).containsOnly(0);
            for (int period = 0; period < 4; period++) {
                trial.paint(period, 1, 4);
                trial.target(period, 2);
            }
        }
        assertThat(trial.timeline().periodAt(0)).isEqualTo("sample");
    }

    @Test
    void aCopyOfTheInputsHasTheTrialAloneAndIsNotOverwritten() {
        Trial trial = trial(10, 10, 10, 10);
        fill(trial, 1, 1, 0, 1);
        trial.inputs()[8] = 4;
        float[] copy = trial.copyInputs();
        trial.inputs()[8] = 5;
        assertThat(copy).hasSize(9);
        assertThat(copy[8]).isEqualTo(4);
    }

    @Test
    void aTimelineThatDoesNotFitIsRefused() {
        List<String> names = List.of("a", "b", "c", "d");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Timeline(names, 1, 3))
                .withMessage("there are not 4 ends of periods: 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Timeline(names, 2, 1, 2, 3))
                .withMessage("a period ends at step 1, before its start at 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Timeline(names, 1, 2, 2, 3).end("e"))
                .withMessage("there is no period e, but [a, b, c, d]");
    }

    private static Trial trial(int... periodSteps) {
        Trial trial = new Trial(SIGNATURE);
        fill(trial, periodSteps);
        return trial;
    }

    private static void fill(Trial trial, int... periodSteps) {
        trial.begin(0);
        for (int period = 0; period < 4; period++) {
            trial.setSteps(period, periodSteps[period]);
        }
        trial.clear();
    }

    /** A task whose blocks share the length of "sample", in trials that differ in that of "pause". */
    private record Blocks(int blockSize) implements Task {
        @Override
        public Signature signature() {
            return SIGNATURE;
        }

        @Override
        public void planBlock(UniformRandomProvider random, Trial into) {
            into.setSteps(0, 1);
            into.setSteps(1, 1 + random.nextInt(1000));
        }

        @Override
        public void plan(UniformRandomProvider random, Trial into) {
            into.setSteps(2, random.nextInt(1000));
            into.setSteps(3, 1);
        }

        @Override
        public void show(UniformRandomProvider random, Trial trial) {}

        @Override
        public Response response(ChoiceRule rule) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void trialsOfABlockShareWhatItDrawsWhateverWasReadBefore() {
        TrialSource train = new Blocks(4).trials(3, Split.TRAIN);
        TrialSource test = new Blocks(4).trials(3, Split.TEST);
        List<Integer> samples = new ArrayList<>();
        List<Integer> pauses = new ArrayList<>();
        for (int index : new int[] {0, 1, 2, 3, 4, 5, 6, 7}) {
            Trial trial = Examples.read(train, index);
            samples.add(trial.steps(1));
            pauses.add(trial.steps(2));
            assertThat(train.steps(index)).isEqualTo(trial.steps());
        }
        assertThat(samples.subList(0, 4)).containsOnly(samples.get(0));
        assertThat(samples.subList(4, 8)).containsOnly(samples.get(4)).doesNotContain(samples.get(0));
        assertThat(pauses).doesNotHaveDuplicates();
        assertThat(Examples.read(train, 6).steps(1)).isEqualTo(samples.get(6));
        assertThat(Examples.read(test, 0).steps(1)).as("another split").isNotEqualTo(samples.get(0));
    }

    @Test
    void aConditionIsNamedByItsFactorsThatHaveAMeaning() {
        Trial trial = trial(1, 1, 1, 1);
        trial.setFactor(0, 2);
        trial.setFactor(1, 6.4);
        assertThat(trial.condition().label()).isEqualTo("side=2, strength=6.4");
        trial.setFactor(0, Double.NaN);
        assertThat(trial.condition().label()).isEqualTo("strength=6.4");
        assertThat(trial.condition().asMap()).containsOnlyKeys("strength").containsValue(6.4);
        assertThat(new Condition(SIGNATURE.factors(), Double.NaN, -0.0)).isNotEqualTo(trial.condition());
        assertThat(new Condition(SIGNATURE.factors(), 1, -0.0)).isEqualTo(new Condition(SIGNATURE.factors(), 1, 0));
        assertThat(new Condition(SIGNATURE.factors(), 1, 20)).isLessThan(new Condition(SIGNATURE.factors(), 2, 3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Factor("steps", "", ""))
                .withMessageContaining("a column which all tasks have");
    }

    @Test
    void aPatternIsKeptForAsLongAsTrialsAreOfTheSameTask() {
        Trial trial = trial(1, 1, 1, 1);
        Task task = TaskFactory.chosen(Settings.defaults(List.of()));
        Task other = TaskFactory.chosen(Settings.defaults(List.of("task.sigma=2")));
        float[] first = trial.kept(task, 1, () -> new float[] {1});
        assertThat(trial.kept(task, 1, () -> new float[] {2})).isSameAs(first);
        assertThat(trial.kept(task, 2, () -> new float[] {2})).containsExactly(2);
        assertThat(trial.kept(other, 1, () -> new float[] {3})).containsExactly(3);
        assertThat(trial.kept(task, 1, () -> new float[] {4})).containsExactly(4);

        trial.kept(task, 3, () -> new float[1_000_000]);
        assertThat(trial.kept(task, 3, () -> new float[] {5}))
                .as("too long to be kept")
                .containsExactly(5);
        assertThat(trial.kept(task, 1, () -> new float[] {6})).containsExactly(4);
    }
}
