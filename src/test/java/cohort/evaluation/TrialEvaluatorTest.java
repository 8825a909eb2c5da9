package cohort.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cohort.network.Activation;
import cohort.network.NetworkSpec;
import cohort.network.Parameters;
import cohort.network.RecurrentBias;
import cohort.network.RecurrentNetwork;
import cohort.task.ChoiceRule;
import cohort.task.Duration;
import cohort.task.Split;
import cohort.task.Trial;
import cohort.task.TrialSource;
import cohort.task.library.decision.PerceptualDecisionMaking;
import cohort.task.library.decision.TutorialTask;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Networks of three ReLU units without leak whose weights are set by hand, on trials of 20 to 60 steps. */
class TrialEvaluatorTest {
    private static final NetworkSpec SPEC = NetworkSpec.leaky(3, 3, 3, 1, Activation.RELU, RecurrentBias.ONE);
    private static final PerceptualDecisionMaking TASK = TutorialTask.of(2, 1, new Duration.Uniform(200, 1000));
    private static final int BLOCKS = 20;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FIRST_CROSSING")
    void networkThatAddsUpTheEvidenceChoosesWhatTheEvidenceSays(ChoiceRule rule) {
        List<TrialOutcome> outcomes = evaluate(integrator(), rule);

        TrialSource trials = trials();
        Trial trial = new Trial(trials.signature());
        int right = 0;
        for (int i = 0; i < outcomes.size(); i++) {
            TrialOutcome outcome = outcomes.get(i);
            trials.read(i, trial);
            double evidence = 0;
            for (int step = trial.start(1); step < trial.end(1); step++) {
                evidence += trial.inputs()[step * 3 + 1] - trial.inputs()[step * 3 + 2];
            }
            assertThat(Math.abs(evidence)).isGreaterThan(1e-5); // more than the network's rounding
            assertThat(outcome.choice()).as("trial %d", i).isEqualTo(evidence > 0 ? 1 : 2);
            assertThat(outcome.trial()).isEqualTo(i);
            assertThat(outcome.answer()).isEqualTo(trial.answer());
            assertThat(outcome.condition().value("coherence")).isEqualTo(trial.factor("coherence"));
            assertThat(outcome.steps()).isEqualTo(trial.steps());
            assertThat(outcome.ideal()).isEqualTo(TASK.ideal().orElseThrow().accuracy(trial));
            right += outcome.correct() ? 1 : 0;
        }
        assertThat(right).isGreaterThan(outcomes.size() * 3 / 4);
    }

    @Test
    void itsEfficiencyIsThatOfTheIdealObserver() {
        Accuracy overall =
                Tallies.of(evaluate(integrator(), ChoiceRule.LAST_STEP)).overall();

        double standardError = Math.sqrt(overall.ideal() * (1 - overall.ideal()) / overall.trials());
        assertThat(overall.accuracy()).isCloseTo(overall.ideal(), within(4 * standardError));
        assertThat(overall.efficiency()).isCloseTo(1, within(8 * standardError / (overall.ideal() - 0.5)));
    }

    /**
     * Fixation's unit is 2 at the go cue and halves at each of the five decision steps: 1, 0.5, ..., 0.0625, on average
     * 0.3875. In a lane padded to the longest trial of its block it goes on to halve.
     */
    @Test
    void lastStepAndDecisionMeanReadDifferentSteps() {
        assertThat(evaluate(fixationDecaysAgainst(0.2f), ChoiceRule.LAST_STEP))
                .allMatch(outcome -> outcome.choice() == 1);
        assertThat(evaluate(fixationDecaysAgainst(0.2f), ChoiceRule.DECISION_MEAN))
                .allMatch(outcome -> outcome.choice() == 0);
        assertThat(evaluate(fixationDecaysAgainst(0.0624f), ChoiceRule.LAST_STEP))
                .allMatch(outcome -> outcome.choice() == 0);
        assertThat(evaluate(fixationDecaysAgainst(0.0626f), ChoiceRule.LAST_STEP))
                .allMatch(outcome -> outcome.choice() == 1);
        assertThat(evaluate(fixationDecaysAgainst(0.38f), ChoiceRule.DECISION_MEAN))
                .allMatch(outcome -> outcome.choice() == 0);
        assertThat(evaluate(fixationDecaysAgainst(0.39f), ChoiceRule.DECISION_MEAN))
                .allMatch(outcome -> outcome.choice() == 1);
    }

    @Test
    void keepingToFixateCountsAsNoResponseAndAsWrong() {
        Parameters always = new Parameters(SPEC);
        always.values()[always.readoutBias().offset()] = 1;

        List<TrialOutcome> outcomes = evaluate(always, ChoiceRule.LAST_STEP);
        Accuracy overall = Tallies.of(outcomes).overall();

        assertThat(outcomes).allMatch(TrialOutcome::noResponse).noneMatch(TrialOutcome::correct);
        assertThat(overall.noResponse()).isEqualTo(overall.trials()).isPositive();
        assertThat(overall.accuracy()).isZero();
    }

    @Test
    void outcomeDoesNotDependOnWhoEvaluatesWhat() {
        List<TrialOutcome> all = evaluate(integrator(), ChoiceRule.LAST_STEP);
        TrialEvaluator other = evaluator(integrator(), ChoiceRule.LAST_STEP);

        assertThat(other.evaluate(7, 13)).isEqualTo(all.subList(700, 713));
        assertThat(other.evaluate(2, TrialEvaluator.BLOCK)).isEqualTo(all.subList(200, 300));
        assertThat(other.evaluate(7, 1)).isEqualTo(all.subList(700, 701));
    }

    private static List<TrialOutcome> evaluate(Parameters parameters, ChoiceRule rule) {
        TrialEvaluator evaluator = evaluator(parameters, rule);
        List<TrialOutcome> outcomes = new ArrayList<>();
        for (int block = 0; block < BLOCKS; block++) {
            outcomes.addAll(evaluator.evaluate(block, TrialEvaluator.BLOCK));
        }
        return outcomes;
    }

    private static TrialEvaluator evaluator(Parameters parameters, ChoiceRule rule) {
        RecurrentNetwork network =
                new RecurrentNetwork(parameters.spec(), trials().signature().maxSteps(), TrialEvaluator.BLOCK);
        network.load(parameters);
        return new TrialEvaluator(network, TASK, trials(), TASK.response(rule));
    }

    private static TrialSource trials() {
        return TASK.trials(9, Split.TEST);
    }

    /** Units 1 and 2 add up the two stimulus channels plus 1, so that no rate is ever cut off at 0. */
    private static Parameters integrator() {
        Parameters parameters = new Parameters(SPEC);
        for (int unit = 1; unit <= 2; unit++) {
            set(parameters, parameters.layer(0).inputWeights(), unit, unit, 1);
            set(parameters, parameters.layer(0).recurrentWeights(), unit, unit, 1);
            parameters.values()[parameters.layer(0).biases().get(0).offset() + unit] = 1;
            set(parameters, parameters.readoutWeights(), unit, unit, 1);
        }
        return parameters;
    }

    /** Unit 0 follows the fixation input with a decay of one half; choice 1 has a constant output. */
    private static Parameters fixationDecaysAgainst(float choiceOutput) {
        Parameters parameters = new Parameters(SPEC);
        set(parameters, parameters.layer(0).inputWeights(), 0, 0, 1);
        set(parameters, parameters.layer(0).recurrentWeights(), 0, 0, 0.5f);
        set(parameters, parameters.readoutWeights(), 0, 0, 1);
        parameters.values()[parameters.readoutBias().offset() + 1] = choiceOutput;
        return parameters;
    }

    private static void set(Parameters parameters, Parameters.View view, int row, int column, float value) {
        parameters.values()[view.offset() + row * view.tensor().columns() + column] = value;
    }
}
