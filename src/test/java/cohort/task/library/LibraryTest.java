package cohort.task.library;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.config.Kinds;
import cohort.config.Settings;
import cohort.run.RunConfiguration;
import cohort.task.Condition;
import cohort.task.Examples;
import cohort.task.IdealObserver;
import cohort.task.Outputs;
import cohort.task.Purpose;
import cohort.task.RandomStreams;
import cohort.task.Response;
import cohort.task.Signature;
import cohort.task.Split;
import cohort.task.Task;
import cohort.task.TaskFactory;
import cohort.task.Trial;
import cohort.task.TrialSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.lang3.SerializationUtils;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every task of the library, as it is by default. */
class LibraryTest {
    private static final int TRIALS = 400;

    /** Conditions that a table can have: more would be a continuous quantity that is taken for a factor. */
    private static final int MOST_CONDITIONS = 5_000;

    static List<String> kinds() {
        List<String> kinds = Kinds.names("task").stream()
                .filter(name -> ((TaskFactory) Kinds.named("task", name).orElseThrow()).isComplete())
                .toList();
        assertThat(kinds).hasSizeGreaterThan(3);
        return kinds;
    }

    private static RunConfiguration run(String kind) {
        return RunConfiguration.of(Settings.defaults(List.of("task.kind=" + kind)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void itSaysWhatItIs(String kind) {
        TaskFactory factory = (TaskFactory) Kinds.named("task", kind).orElseThrow();
        assertThat(factory.about()).as("about").hasSizeBetween(20, 300).matches("(?s).*[.?]");
        assertThat(factory.source()).as("source").isNotBlank();
        assertThat(factory.family()).as("family").isNotBlank();
        assertThat(run(kind).task().signature().name()).isEqualTo(kind);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aTrialIsTheSameWheneverAndWhereverItIsRead(String kind) {
        Task task = run(kind).task();
        TrialSource source = task.trials(3, Split.TRAIN);
        TrialSource elsewhere = SerializationUtils.clone(task).trials(3, Split.TRAIN);
        for (int index : new int[] {17, 0, 40, 16, 399}) {
            Trial trial = Examples.read(source, index);
            assertThat(elsewhere.steps(index)).isEqualTo(trial.steps());
            Trial again = Examples.read(elsewhere, index);
            assertThat(again.copyInputs()).isEqualTo(trial.copyInputs());
            assertThat(again.condition()).isEqualTo(trial.condition());
            assertThat(again.answer()).isEqualTo(trial.answer());
            assertThat(again.timeline().steps()).isEqualTo(trial.timeline().steps());
        }
        assertThat(SerializationUtils.clone(task)).isEqualTo(task);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatItShowsAndAsksForIsWithinItsBounds(String kind) {
        RunConfiguration run = run(kind);
        Task task = run.task();
        Signature signature = task.signature();
        Response response = task.response(run.evaluation().choice());
        IdealObserver ideal = task.ideal().orElse(null);
        TrialSource source = task.trials(3, Split.TRAIN);
        Map<Condition, Integer> conditions = new HashMap<>();
        Trial trial = new Trial(signature);
        for (int index = 0; index < TRIALS; index++) {
            source.read(index, trial);
            assertThat(trial.steps()).isBetween(Math.max(1, signature.minSteps()), signature.maxSteps());
            for (int period = 0; period < signature.periods().size(); period++) {
                assertThat(trial.steps(period)).isNotNegative();
            }
            assertThat(trial.answer()).isBetween(0, response.choices());
            for (int at = 0; at < trial.steps() * trial.channels(); at++) {
                assertThat(trial.inputs()[at]).isFinite().isBetween(-1e3f, 1e3f);
            }
            for (int at = 0; at < trial.steps() * trial.outputs(); at++) {
                assertThat(trial.targets()[at]).isFinite().isBetween(-1e3f, 1e3f);
            }
            float counted = 0;
            for (int step = 0; step < trial.steps(); step++) {
                assertThat(trial.weights()[step]).isFinite().isNotNegative();
                counted += trial.weights()[step];
            }
            assertThat(counted).as("loss weights of trial %s", index).isPositive();
            conditions.merge(trial.condition(), 1, Integer::sum);
            if (ideal != null) {
                assertThat(ideal.accuracy(trial)).isBetween(0.0, 1.0);
            }
        }
        assertThat(conditions).hasSizeLessThan(MOST_CONDITIONS);
        assertThat(response.chance()).isBetween(0.0, 0.999);
    }

    /** Outputs that are as they should be are right; random ones are as good as chance at most. */
    @ParameterizedTest
    @MethodSource("kinds")
    void answersAreRightIfOutputsAreAsAskedForAndChanceIsKnown(String kind) {
        RunConfiguration run = run(kind);
        Task task = run.task();
        Response response = task.response(run.evaluation().choice());
        TrialSource source = task.trials(3, Split.TEST);
        UniformRandomProvider random = RandomStreams.of(1, Purpose.BOOTSTRAP, 0);
        Trial trial = new Trial(task.signature());
        int right = 0;
        int guessed = 0;
        for (int index = 0; index < TRIALS; index++) {
            source.read(index, trial);
            float[] targets = trial.targets();
            int width = trial.outputs();
            Outputs asked = (step, output) -> targets[step * width + output];
            right += response.read(trial, asked).correct() ? 1 : 0;
            float[] guess = new float[width];
            for (int output = 0; output < width; output++) {
                guess[output] = random.nextFloat() * 2 - 1;
            }
            guessed += response.read(trial, (step, output) -> guess[output]).correct() ? 1 : 0;
        }
        double chance = response.chance();
        double error = Math.sqrt(Math.max(0.01, chance * (1 - chance)) / TRIALS);
        assertThat((double) right / TRIALS).as("right").isEqualTo(1.0);
        assertThat((double) guessed / TRIALS).as("guessed").isLessThan(chance + 5 * error);
    }

    /** The same trial shown twice differs by its noise alone, which is new at each step. */
    @ParameterizedTest
    @MethodSource("kinds")
    void noiseOfAStepSaysNothingOfTheNext(String kind) {
        Task task = run(kind).task();
        Trial one = new Trial(task.signature());
        Trial other = new Trial(task.signature());
        double square = 0;
        double product = 0;
        long pairs = 0;
        for (int index = 0; index < TRIALS; index++) {
            show(task, index, 1, one);
            show(task, index, 2, other);
            int channels = one.channels();
            for (int at = channels; at < one.steps() * channels; at++) {
                double before = one.inputs()[at - channels] - other.inputs()[at - channels];
                double now = one.inputs()[at] - other.inputs()[at];
                if (before != 0 && now != 0) {
                    square += (before * before + now * now) / 2;
                    product += before * now;
                    pairs++;
                }
            }
        }
        if (pairs > 0) {
            assertThat(product / square)
                    .as("of %s pairs", pairs)
                    .isBetween(-5 / Math.sqrt(pairs), 5 / Math.sqrt(pairs));
        }
    }

    /** What is left without noise does not depend on the noise's random numbers; its mean over trials is that of what is shown. */
    @ParameterizedTest
    @MethodSource("kinds")
    void aSilentTrialHasNoNoise(String kind) {
        Task task = run(kind).task();
        Trial one = new Trial(task.signature());
        Trial other = new Trial(task.signature());
        one.silence();
        other.silence();
        for (int index = 0; index < TRIALS / 10; index++) {
            show(task, index, 1, one);
            show(task, index, 2, other);
            for (int at = 0; at < one.steps() * one.channels(); at++) {
                assertThat(one.inputs()[at] - other.inputs()[at]) // 0 and -0 are the same
                        .as("%s, trial %s", kind, index)
                        .isZero();
            }
        }
    }

    private static void show(Task task, int index, int noise, Trial into) {
        into.begin(index);
        if (task.blockSize() > 1) {
            task.planBlock(RandomStreams.of(1, Purpose.BLOCKS, index / task.blockSize()), into);
        }
        task.plan(RandomStreams.of(1, Purpose.TRAIN, index), into);
        into.clear();
        task.show(RandomStreams.of(noise, Purpose.TEST, index), into);
    }
}
