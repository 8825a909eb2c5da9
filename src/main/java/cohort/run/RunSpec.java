package cohort.run;

import cohort.evaluation.EvaluationSpec;
import cohort.evaluation.ProbabilityResponse;
import cohort.network.Initialisation;
import cohort.network.Parameters;
import cohort.storage.Files;
import cohort.storage.ModelFile;
import cohort.task.ChoiceRule;
import cohort.task.Purpose;
import cohort.task.RandomStreams;
import cohort.task.Response;
import cohort.training.Loss;
import java.io.IOException;
import java.io.Serializable;
import java.util.function.Consumer;

/**
 * One run: everything that determines what it leads to, and the names it goes by.
 *
 * @param runId name, seed and a checksum of all that determines the result
 * @param name name of the experiment
 * @param plan what is trained, and how
 * @param initialisation how first weights are drawn
 * @param initialModel model file to start from instead, or empty
 * @param until what ends the training before its last step
 * @param evaluation how the trained network is tested
 * @param config the whole configuration, defaults included, as text
 */
public record RunSpec(
        String runId,
        String name,
        TrainingPlan plan,
        Initialisation initialisation,
        String initialModel,
        Until until,
        EvaluationSpec evaluation,
        String config)
        implements Serializable {
    public long seed() {
        return plan.seed();
    }

    /** How answers are read. */
    public Response response() {
        if (evaluation.choice() != ChoiceRule.FIRST_CROSSING) {
            return plan.task().response(evaluation.choice());
        }
        Response crossing = plan.task()
                .response(ChoiceRule.LAST_STEP)
                .crossing(evaluation.threshold())
                .orElseThrow();
        return plan.training().loss() == Loss.CROSS_ENTROPY
                ? new ProbabilityResponse(crossing, plan.task().signature().outputs())
                : crossing;
    }

    /** The same run under another id. */
    public RunSpec withId(String otherId) {
        return new RunSpec(otherId, name, plan, initialisation, initialModel, until, evaluation, config);
    }

    /** The same run with something else that ends its training. */
    public RunSpec withUntil(Until other) {
        return new RunSpec(runId, name, plan, initialisation, initialModel, other, evaluation, config);
    }

    /** Whether both lead to the same network; names, and how it is tested, may differ. */
    public boolean trainsLike(RunSpec other) {
        return plan.equals(other.plan)
                && initialModel.equals(other.initialModel)
                && until.equals(other.until)
                && (until.figure() == Until.Figure.NONE || evaluation.equals(other.evaluation))
                && (initialisation == other.initialisation || !initialModel.isEmpty());
    }

    /**
     * The first weights: drawn from the seed, or read from a file.
     *
     * @param told hears what of the file was not taken as it stands there
     */
    public Parameters firstParameters(Files files, Consumer<String> told) throws IOException {
        if (!initialModel.isEmpty()) {
            return ModelFile.read(files, plan.network(), initialModel, told);
        }
        Parameters parameters = new Parameters(plan.network());
        initialisation.draw(parameters, RandomStreams.of(seed(), Purpose.INITIALISATION, 0));
        return parameters;
    }
}
