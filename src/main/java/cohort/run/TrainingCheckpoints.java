package cohort.run;

import cohort.network.Parameters;
import cohort.storage.Checkpoints;
import cohort.storage.ModelFile;
import cohort.storage.Safetensors;
import cohort.training.LearnerState;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A training's states as checkpoints: its model, the optimizer's state and the reports of its rounds. */
public final class TrainingCheckpoints {
    private static final String MODEL = "model.safetensors";
    private static final String OPTIMIZER = "optimizer.safetensors";
    private static final String ROUNDS = "rounds.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Checkpoints checkpoints;
    private final String runId;
    private final TrainingPlan plan;

    /**
     * @param checkpoints where they lie
     * @param runId the run they are of; it names its configuration
     * @param plan what is trained
     */
    public TrainingCheckpoints(Checkpoints checkpoints, String runId, TrainingPlan plan) {
        this.checkpoints = checkpoints;
        this.runId = runId;
        this.plan = plan;
    }

    /** The network of a state, as a file. */
    byte[] model(TrainingState state) {
        return ModelFile.model(new Parameters(plan.network(), state.learner().parameters()), metadata(state));
    }

    /** What is needed besides the network to go on from a state, as a file. */
    byte[] optimizer(TrainingState state) {
        return ModelFile.optimizer(plan.network(), state.learner(), state.outerVelocity(), metadata(state));
    }

    private Map<String, String> metadata(TrainingState state) {
        return Map.of(
                "run_id", runId,
                "round", Integer.toString(state.round()),
                "step", Long.toString(state.learner().step()));
    }

    /** Writes a checkpoint of a state. */
    public void commit(TrainingState state) throws IOException {
        Map<String, Supplier<byte[]>> files = new LinkedHashMap<>(); // encoded one by one: each takes much memory
        files.put(MODEL, () -> model(state));
        files.put(OPTIMIZER, () -> optimizer(state));
        byte[] rounds = JSON.writeValueAsBytes(state.rounds());
        files.put(ROUNDS, () -> rounds);
        checkpoints.commit(state.round(), runId, files);
    }

    /**
     * The newest state that is whole.
     *
     * @param refused hears of each later checkpoint, and why it is not used
     */
    public Optional<TrainingState> newest(Consumer<String> refused) throws IOException {
        return checkpoints.newest(runId, this::decode, refused);
    }

    private TrainingState decode(Checkpoints.Content content) throws IOException {
        Safetensors optimizer = Safetensors.parse(content.part(OPTIMIZER));
        float[][] moments = new float[plan.training().optimizer().moments()][];
        for (int m = 0; m < moments.length; m++) {
            moments[m] = values(optimizer, ModelFile.moment(m));
        }
        List<RoundReport> rounds = rounds(content);
        LearnerState learner = new LearnerState(
                rounds.get(rounds.size() - 1).step(),
                ModelFile.parse(plan.network(), content.part(MODEL)).values(),
                moments);
        return new TrainingState(learner, values(optimizer, ModelFile.OUTER), rounds);
    }

    /** The reports of all rounds up to the checkpoint's. */
    private static List<RoundReport> rounds(Checkpoints.Content content) throws IOException {
        List<RoundReport> rounds;
        try {
            rounds = JSON.readValue(content.part(ROUNDS), new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IOException(ROUNDS + " is damaged", e);
        }
        if (rounds == null || rounds.isEmpty() || rounds.size() != content.round()) {
            throw new IOException(ROUNDS + " is not of " + content.round() + " rounds");
        }
        long step = 0;
        for (int i = 0; i < rounds.size(); i++) {
            RoundReport report = rounds.get(i);
            if (report == null || report.round() != i + 1 || report.step() <= step) {
                throw new IOException(ROUNDS + " is damaged at round " + (i + 1));
            }
            step = report.step();
        }
        return rounds;
    }

    private float[] values(Safetensors file, String prefix) throws IOException {
        return ModelFile.parameters(plan.network(), file, prefix).values();
    }
}
