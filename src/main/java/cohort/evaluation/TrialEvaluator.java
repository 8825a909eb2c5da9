package cohort.evaluation;

import cohort.network.RecurrentNetwork;
import cohort.task.Answer;
import cohort.task.Batch;
import cohort.task.IdealObserver;
import cohort.task.Response;
import cohort.task.Task;
import cohort.task.Trial;
import cohort.task.TrialBatches;
import cohort.task.TrialSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs whole trials through a network and reads its answers. Trials are worked on in blocks of {@link #BLOCK}, always cut at the
 * same indices, so that a trial's outcome does not depend on who evaluates it. One thread at a time.
 */
public final class TrialEvaluator {
    /** Trials in a block, run side by side. */
    public static final int BLOCK = 100;

    private final Response response;
    private final IdealObserver ideal;
    private final TrialBatches batches;
    private final Batch batch;
    private final RecurrentNetwork network;

    /**
     * Evaluates a network.
     *
     * @param network for as many steps as a trial may have, and {@link #BLOCK} lanes; its parameters are loaded
     * @param trials trials of the task
     * @param response how answers are read
     */
    public TrialEvaluator(RecurrentNetwork network, Task task, TrialSource trials, Response response) {
        this.response = response;
        this.ideal = task.ideal().orElse(null);
        float[] noWeights = new float[trials.signature().periods().size()];
        this.batches = new TrialBatches(trials, noWeights, BLOCK, 0, BLOCK);
        this.batch = batches.newBatch();
        this.network = network;
    }

    /**
     * Evaluates a block: trials {@code block * BLOCK} and following.
     *
     * @param count how many of its trials are wanted, at most BLOCK
     */
    public List<TrialOutcome> evaluate(long block, int count) {
        run(block);
        List<TrialOutcome> outcomes = new ArrayList<>(count);
        for (int lane = 0; lane < count; lane++) {
            outcomes.add(outcome(lane));
        }
        return outcomes;
    }

    /**
     * Evaluates a block and keeps what the units did: {@code count} x steps x units floats.
     *
     * @param count how many of its trials are wanted, at most BLOCK
     * @throws IllegalArgumentException if a state is not finite
     */
    public List<TrialActivity> record(long block, int count) {
        run(block);
        List<TrialActivity> activities = new ArrayList<>(count);
        for (int lane = 0; lane < count; lane++) {
            Trial trial = batches.trial(lane);
            float[] states = network.copyStates(trial.steps(), lane);
            activities.add(new TrialActivity(
                    outcome(lane), trial.timeline(), network.spec().hidden(), states));
        }
        return activities;
    }

    /** The network's outputs in a trial, [step, output]. */
    public float[] outputs(long trial) {
        run(trial / BLOCK);
        int lane = (int) (trial % BLOCK);
        int size = network.spec().outputs();
        float[] outputs = new float[batches.trial(lane).steps() * size];
        for (int step = 0; step * size < outputs.length; step++) {
            System.arraycopy(network.outputs(), (step * BLOCK + lane) * size, outputs, step * size, size);
        }
        return outputs;
    }

    private void run(long block) {
        batches.read(block, batch);
        network.forward(batch.inputs(), batch.steps());
    }

    private TrialOutcome outcome(int lane) {
        Trial trial = batches.trial(lane);
        int size = network.spec().outputs();
        float[] outputs = network.outputs();
        Answer given = response.read(trial, (step, output) -> outputs[(step * BLOCK + lane) * size + output]);
        return new TrialOutcome(
                trial.index(),
                trial.condition(),
                trial.steps(),
                trial.answer(),
                given,
                responseTime(trial, given),
                ideal == null ? Double.NaN : ideal.accuracy(trial));
    }

    private double responseTime(Trial trial, Answer given) {
        if (response.timedFrom().isEmpty()) {
            return Double.NaN;
        }
        double onset =
                trial.start(response.timedFrom().getAsInt()) * trial.signature().dtMillis();
        return given.responseMillis() >= onset ? given.responseMillis() - onset : Double.NaN;
    }
}
