package cohort.run;

import cohort.network.Activation;
import cohort.network.Initialisation;
import cohort.network.NetworkSpec;
import cohort.network.Parameters;
import cohort.network.RecurrentBias;
import cohort.task.Batching;
import cohort.task.Duration;
import cohort.task.Purpose;
import cohort.task.RandomStreams;
import cohort.task.library.decision.PerceptualDecisionMaking;
import cohort.task.parts.FixationMode;
import cohort.training.Clipping;
import cohort.training.Loss;
import cohort.training.Optimizer;
import cohort.training.OuterStep;
import cohort.training.Reduction;
import cohort.training.Schedule;
import cohort.training.TrainingSpec;
import java.util.List;

/** Small experiments of odd sizes. */
public final class Experiments {
    public static final long SEED = 5;

    private Experiments() {}

    /** Trials of different lengths. */
    public static PerceptualDecisionMaking task() {
        return new PerceptualDecisionMaking(
                20,
                3,
                List.of(0.0, 25.6, 51.2),
                1,
                FixationMode.UNTIL_DECISION,
                new Duration.Constant(60),
                new Duration.Choice(List.of(100.0, 200.0)),
                new Duration.Uniform(0, 100),
                new Duration.TruncatedExponential(60, 40, 200));
    }

    public static Batching batching(Batching.Form form) {
        return new Batching(form, 3, 17, List.of(1.0, 1.0, 1.0, 2.0));
    }

    public static NetworkSpec network() {
        return NetworkSpec.leaky(4, 13, 4, 0.2, Activation.RELU, RecurrentBias.TWO);
    }

    public static TrainingSpec training(long steps, double learningRate) {
        return new TrainingSpec(
                steps,
                Loss.CROSS_ENTROPY,
                Reduction.MEAN,
                new Optimizer.Adam(0.9, 0.999, 1e-8, 0),
                new Schedule(learningRate, Schedule.Shape.COSINE, 2, steps, 0.1),
                new Clipping(Clipping.Mode.NORM, 1));
    }

    public static TrainingPlan plan(Batching.Form form, int workers, int localSteps, OuterStep outer) {
        return plan(network(), form, workers, localSteps, outer);
    }

    public static TrainingPlan plan(
            NetworkSpec network, Batching.Form form, int workers, int localSteps, OuterStep outer) {
        return new TrainingPlan(SEED, task(), batching(form), network, training(10, 0.01), workers, localSteps, outer);
    }

    public static Parameters initial() {
        return initial(network());
    }

    private static Parameters initial(NetworkSpec network) {
        Parameters parameters = new Parameters(network);
        Initialisation.PYTORCH.draw(parameters, RandomStreams.of(SEED, Purpose.INITIALISATION, 0));
        return parameters;
    }

    public static TrainingState initialState(TrainingPlan plan) {
        return TrainingState.initial(initial(plan.network()), plan.training().optimizer());
    }
}
