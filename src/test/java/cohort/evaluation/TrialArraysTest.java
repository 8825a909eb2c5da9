package cohort.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import cohort.network.Activation;
import cohort.network.Initialisation;
import cohort.network.NetworkSpec;
import cohort.network.Parameters;
import cohort.network.RecurrentBias;
import cohort.network.RecurrentNetwork;
import cohort.task.ChoiceRule;
import cohort.task.Duration;
import cohort.task.Purpose;
import cohort.task.RandomStreams;
import cohort.task.Split;
import cohort.task.Task;
import cohort.task.Trial;
import cohort.task.TrialSource;
import cohort.task.library.decision.TutorialTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** More trials than a block has, of 20 to 60 steps, and seven units. */
class TrialArraysTest {
    private static final int TRIALS = TrialEvaluator.BLOCK + 3;
    private static final int UNITS = 7;
    private static final NetworkSpec SPEC = NetworkSpec.leaky(4, UNITS, 4, 0.2, Activation.TANH, RecurrentBias.ONE);

    private final Task task = TutorialTask.of(3, 1, new Duration.Uniform(200, 1000));
    private final TrialSource source = task.trials(5, Split.TEST);
    private final Parameters network = network();
    private final TrialArrays arrays =
            TrialArrays.record(network, task, source, task.response(ChoiceRule.LAST_STEP), TRIALS);

    private static Parameters network() {
        Parameters parameters = new Parameters(SPEC);
        Initialisation.PYTORCH.draw(parameters, RandomStreams.of(1, Purpose.INITIALISATION, 0));
        return parameters;
    }

    @Test
    void eachTrialIsAsItIsRunAlone() {
        RecurrentNetwork alone = new RecurrentNetwork(SPEC, source.signature().maxSteps(), 1);
        alone.load(network);
        Trial trial = new Trial(source.signature());
        for (int i = 0; i < TRIALS; i++) {
            source.read(i, trial);
            alone.forward(trial.inputs(), trial.steps());
            float[] states = alone.copyStates(trial.steps());

            assertThat(arrays.steps()[i]).isEqualTo(trial.steps());
            assertThat(arrays.factors().get("coherence")[i]).isEqualTo(trial.factor("coherence"));
            assertThat(arrays.answer()[i]).isEqualTo(trial.answer());
            for (int step = 0; step < trial.steps(); step++) {
                int row = step * TRIALS + i;
                assertThat(part(arrays.targets(), row, 4)).isEqualTo(part(trial.targets(), step, 4));
                assertThat(arrays.weights()[row]).isEqualTo(1);
                assertThat(part(arrays.inputs(), row, 4)).isEqualTo(part(trial.inputs(), step, 4));
                requireClose(part(arrays.outputs(), row, 4), part(alone.outputs(), step, 4));
                requireClose(part(arrays.states(), row, UNITS), part(states, step, UNITS));
            }
        }
    }

    @Test
    void afterItsEndATrialIsZeroAndCountsForNothing() {
        assertThat(arrays.time()).isEqualTo(Arrays.stream(arrays.steps()).max().orElseThrow());
        int padded = 0;
        for (int i = 0; i < TRIALS; i++) {
            for (int step = arrays.steps()[i]; step < arrays.time(); step++) {
                int row = step * TRIALS + i;
                assertThat(arrays.weights()[row]).isZero();
                assertThat(part(arrays.targets(), row, 4)).containsOnly(0);
                assertThat(part(arrays.inputs(), row, 4)).containsOnly(0);
                assertThat(part(arrays.outputs(), row, 4)).containsOnly(0);
                assertThat(part(arrays.states(), row, UNITS)).containsOnly(0);
                padded++;
            }
        }
        assertThat(padded).isPositive();
    }

    @Test
    void choicesAreThoseOfTheEvaluation() {
        RecurrentNetwork rnn = new RecurrentNetwork(SPEC, source.signature().maxSteps(), TrialEvaluator.BLOCK);
        rnn.load(network);
        TrialEvaluator evaluator = new TrialEvaluator(rnn, task, source, task.response(ChoiceRule.LAST_STEP));
        List<TrialOutcome> outcomes = new ArrayList<>(evaluator.evaluate(0, TrialEvaluator.BLOCK));
        outcomes.addAll(evaluator.evaluate(1, TRIALS - TrialEvaluator.BLOCK));

        assertThat(arrays.choice())
                .isEqualTo(outcomes.stream().mapToInt(TrialOutcome::choice).toArray());
    }

    @Test
    void trialsThatDoNotFitAnArrayAreRefused() {
        assertThatThrownBy(() ->
                        TrialArrays.record(network, task, source, task.response(ChoiceRule.LAST_STEP), 10_000_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10000000 trials of 59 steps x 7 values");
    }

    private static float[] part(float[] values, int row, int width) {
        return Arrays.copyOfRange(values, row * width, (row + 1) * width);
    }

    /** One lane and a hundred are added up in another order. */
    private static void requireClose(float[] values, float[] expected) {
        for (int i = 0; i < values.length; i++) {
            assertThat(values[i]).isCloseTo(expected[i], within(1e-5f));
        }
    }
}
