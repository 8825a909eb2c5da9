package cohort.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.evaluation.EvaluationSpec;
import cohort.evaluation.NoiseTally;
import cohort.evaluation.TrialEvaluator;
import cohort.evaluation.TrialOutcome;
import cohort.network.Initialisation;
import cohort.network.Parameters;
import cohort.network.RecurrentNetwork;
import cohort.run.Experiments;
import cohort.run.HeldOutTrials;
import cohort.run.RunSpec;
import cohort.run.Until;
import cohort.run.Workspaces;
import cohort.task.Batching;
import cohort.task.ChoiceRule;
import cohort.task.Split;
import cohort.task.TrialSource;
import cohort.training.OuterStep;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("spark")
class EvaluationJobTest {
    private final Parameters parameters = Experiments.initial();
    private final RunSpec run = new RunSpec(
            "test-seed5",
            "test",
            Experiments.plan(Batching.Form.WINDOWS, 2, 5, OuterStep.PLAIN),
            Initialisation.PYTORCH,
            "",
            Until.THE_END,
            new EvaluationSpec(2 * TrialEvaluator.BLOCK + 7, ChoiceRule.LAST_STEP, 0.9, 2000, 0),
            "");
    private final EvaluationJob job = new EvaluationJob(SharedSpark.context(), run, parameters);

    @Test
    void theClusterFindsWhatOneThreadFinds() {
        TrialSource trials = Experiments.task().trials(Experiments.SEED, Split.TEST);
        RecurrentNetwork network =
                new RecurrentNetwork(parameters.spec(), trials.signature().maxSteps(), TrialEvaluator.BLOCK);
        network.load(parameters);
        TrialEvaluator evaluator = new TrialEvaluator(
                network, Experiments.task(), trials, Experiments.task().response(ChoiceRule.LAST_STEP));
        List<TrialOutcome> expected = new ArrayList<>();
        for (int block = 0; block < 3; block++) {
            expected.addAll(evaluator.evaluate(block, block < 2 ? TrialEvaluator.BLOCK : 7));
        }

        EvaluationJob.Result result = job.accuracy();

        assertThat(result.outcomes().collect()).isEqualTo(expected);
        assertThat(result.tally().perCondition().values())
                .extracting(accuracy -> accuracy.trials())
                .satisfies(counts -> assertThat(
                                counts.stream().mapToLong(Long::longValue).sum())
                        .isEqualTo(2 * TrialEvaluator.BLOCK + 7));
    }

    @Test
    void noiseIsAddedUpInTheOrderOfTheBlocks() {
        HeldOutTrials heldOut = new HeldOutTrials(run, parameters, new Workspaces());
        long trials = 2 * TrialEvaluator.BLOCK + 7;
        NoiseTally expected = heldOut.noise(heldOut.evaluator(), 0, trials);
        expected.merge(heldOut.noise(heldOut.evaluator(), 1, trials));
        expected.merge(heldOut.noise(heldOut.evaluator(), 2, trials));

        assertThat(job.noise().kernels()).isNotEmpty().isEqualTo(expected.kernels());
    }

    @Test
    void heldOutLossIsTheSameEveryTimeAndNearLogOfTheNumberOfOutputsBeforeTraining() {
        double first = job.heldOutLoss();
        double again = job.heldOutLoss();

        assertThat(again).isEqualTo(first);
        assertThat(first).isBetween(0.8 * Math.log(4), 1.2 * Math.log(4));
    }
}
