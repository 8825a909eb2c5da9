package cohort.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
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
import cohort.task.Timeline;
import cohort.task.Trial;
import cohort.task.TrialSource;
import cohort.task.library.decision.PerceptualDecisionMaking;
import cohort.task.library.decision.TutorialTask;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Recordings of 13 units, in trials of 25, 40 and 60 steps. */
class TrialActivityTest {
    private static final List<String> PERIODS = List.of("fixation", "stimulus", "delay", "decision");

    private static final int UNITS = 13;
    private static final NetworkSpec SPEC = NetworkSpec.leaky(3, UNITS, 3, 0.2, Activation.RELU, RecurrentBias.TWO);
    private static final PerceptualDecisionMaking TASK =
            TutorialTask.of(2, 1, new Duration.Choice(List.of(300.0, 600.0, 1000.0)));
    /** Where each unit lies in the workspace: recordings must not show it. */
    private static final int[] ORDER = {4, 12, 0, 7, 3, 9, 1, 10, 2, 8, 6, 11, 5};

    private final TrialSource trials = TASK.trials(9, Split.TEST);
    private final Parameters parameters = new Parameters(SPEC);

    @BeforeEach
    void drawParameters() {
        Initialisation.PYTORCH.draw(parameters, RandomStreams.of(9, Purpose.INITIALISATION, 0));
    }

    @Test
    void outcomesAreThoseOfAnEvaluation() {
        List<TrialActivity> recorded = evaluator().record(3, 70);

        assertThat(recorded)
                .extracting(TrialActivity::outcome)
                .isEqualTo(evaluator().evaluate(3, 70))
                .hasSize(70);
    }

    @Test
    void statesAreThoseOfTheTrialAlone() {
        RecurrentNetwork alone = new RecurrentNetwork(SPEC, trials.signature().maxSteps(), 1);
        alone.load(parameters);
        Trial trial = new Trial(trials.signature());
        Set<Integer> lengths = new HashSet<>();

        for (TrialActivity activity : evaluator().record(2, TrialEvaluator.BLOCK)) {
            trials.read(activity.outcome().trial(), trial);
            alone.forward(trial.inputs(), trial.steps());
            float[] expected = alone.copyStates(trial.steps());
            assertThat(activity.units()).isEqualTo(UNITS);
            assertThat(activity.states()).containsExactly(expected, within(1e-5f));
            float[] last = Arrays.copyOfRange(expected, expected.length - UNITS, expected.length);
            assertThat(last).as("states at the last step").isNotEqualTo(new float[UNITS]);
            lengths.add(activity.steps());
        }
        assertThat(lengths).containsExactlyInAnyOrder(25, 40, 60);
    }

    @Test
    void everyStepHasThePeriodItHasInTheTrial() {
        Trial trial = new Trial(trials.signature());
        for (TrialActivity activity : evaluator().record(0, TrialEvaluator.BLOCK)) {
            trials.read(activity.outcome().trial(), trial);
            for (int step = 0; step < trial.steps(); step++) {
                assertThat(activity.timeline().periodAt(step))
                        .isEqualTo(trial.timeline().periodAt(step));
            }
        }
    }

    @Test
    void laterBlocksDoNotOverwriteARecording() {
        TrialEvaluator evaluator = evaluator();
        TrialActivity first = evaluator.record(0, 1).get(0);
        float[] before = first.states().clone();

        evaluator.record(1, 1);

        assertThat(first.states()).isEqualTo(before);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        TrialOutcome outcome = Activities.outcome(7, 1, 6.4, 3, 1);
        Timeline timeline = new Timeline(PERIODS, 1, 2, 2, 3);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrialActivity(outcome, timeline, 0, new float[0]))
                .withMessage("number of units is not at least 1: 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrialActivity(outcome, timeline, 2, new float[4]))
                .withMessage("there are 4 states; steps 3 x units 2 needs 6");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrialActivity(outcome, new Timeline(PERIODS, 1, 2, 2, 4), 1, new float[3]))
                .withMessage("the last period ends at step 4, the trial at 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrialActivity(outcome, timeline, 1, new float[] {0, Float.NaN, 0}))
                .withMessage("a state of trial 7 is not finite: NaN");
    }

    private TrialEvaluator evaluator() {
        RecurrentNetwork network = new RecurrentNetwork(SPEC, trials.signature().maxSteps(), TrialEvaluator.BLOCK);
        network.load(parameters, new int[][] {ORDER});
        return new TrialEvaluator(network, TASK, trials, TASK.response(ChoiceRule.LAST_STEP));
    }
}
