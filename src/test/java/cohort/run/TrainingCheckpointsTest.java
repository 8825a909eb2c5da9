package cohort.run;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.network.Parameters;
import cohort.storage.Checkpoints;
import cohort.storage.Files;
import cohort.storage.ModelFile;
import cohort.task.Batching;
import cohort.training.LearnerState;
import cohort.training.OuterStep;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checkpoints that are whole, as files go, but not of what a training writes: the one before is used, and one line says why. */
class TrainingCheckpointsTest {
    private static final TrainingPlan PLAN = Experiments.plan(Batching.Form.TRIALS, 2, 3, OuterStep.PLAIN);
    /** As versions up to now have written it. */
    private static final String ROUNDS = """
            [{"round":1,"step":3,"loss":1.25,"gradientNorm":0.5,"learningRate":0.01,"sequences":18,"computeMillis":2.5,"overheadMillis":1.5},\
            {"round":2,"step":6,"loss":"NaN","gradientNorm":"NaN","learningRate":0.01,"sequences":18,"computeMillis":2.5,"overheadMillis":1.5}]""";

    @TempDir
    private Path folder;

    private final List<String> refused = new ArrayList<>();
    private Checkpoints files;
    private TrainingCheckpoints checkpoints;
    private TrainingState first;
    private TrainingState second;

    @BeforeEach
    void train() throws IOException {
        files = new Checkpoints(new Files(new Configuration()), folder.toString());
        checkpoints = new TrainingCheckpoints(files, "run", PLAN);
        List<TrainingState> states = new ArrayList<>();
        AveragingRounds.run(
                PLAN, Experiments.initialState(PLAN), new SerialRounds(PLAN, new Workspaces()), states::add);
        first = states.get(0);
        second = states.get(1);
        checkpoints.commit(first);
    }

    private void commitSecond(String part, byte[] bytes) throws IOException {
        Map<String, Supplier<byte[]>> parts = new LinkedHashMap<>();
        parts.put("model.safetensors", () -> checkpoints.model(second));
        parts.put("optimizer.safetensors", () -> checkpoints.optimizer(second));
        parts.put("rounds.json", () -> ROUNDS.getBytes(StandardCharsets.UTF_8));
        parts.put(part, () -> bytes);
        files.commit(2, "run", parts);
    }

    private TrainingState newest() throws IOException {
        return checkpoints.newest(refused::add).orElseThrow();
    }

    private void requireTheFirstAndALine() throws IOException {
        TrainingState state = newest();
        assertThat(state.round()).isEqualTo(1);
        assertThat(state.learner().parameters()).containsExactly(first.learner().parameters());
        assertThat(refused)
                .singleElement()
                .asString()
                .startsWith("checkpoint of round 2 is not used: ")
                .hasSizeLessThan(250)
                .doesNotContain("\n", "Exception");
    }

    @Test
    void roundWithoutALossIsReadBack() throws IOException {
        commitSecond("rounds.json", ROUNDS.getBytes(StandardCharsets.UTF_8));

        TrainingState state = newest();

        assertThat(refused).isEmpty();
        assertThat(state.learner().step()).isEqualTo(6);
        assertThat(state.learner().moments()).isDeepEqualTo(second.learner().moments());
        assertThat(state.rounds().get(0).loss()).isEqualTo(1.25);
        assertThat(state.rounds().get(1).loss()).isNaN();
        checkpoints.commit(state);
        assertThat(newest().rounds()).isEqualTo(state.rounds());
    }

    static List<String> damagedRounds() {
        return List.of(
                "null",
                "[]",
                "{}",
                "7",
                "",
                "[null,null]",
                "[".repeat(30_000),
                "[1,2]",
                "[{\"round\":1},{\"round\":2}]",
                ROUNDS.replace("\"step\":6", "\"step\":3"),
                ROUNDS.replace("\"round\":2", "\"round\":3"),
                ROUNDS.replace("\"sequences\":18", "\"sequences\":1e99"),
                ROUNDS.replace("\"loss\":1.25", "\"loss\":{}"));
    }

    @ParameterizedTest
    @MethodSource("damagedRounds")
    void reportsThatAreNoneAreRefused(String rounds) throws IOException {
        commitSecond("rounds.json", rounds.getBytes(StandardCharsets.UTF_8));

        requireTheFirstAndALine();
    }

    @Test
    void networkThatIsNotFiniteIsRefused() throws IOException {
        float[] values = second.learner().parameters().clone();
        values[values.length - 1] = Float.NaN;
        commitSecond("model.safetensors", ModelFile.model(new Parameters(PLAN.network(), values), Map.of()));

        requireTheFirstAndALine();
        assertThat(refused.get(0)).contains("fc.bias", "NaN");
    }

    @Test
    void optimizerWithoutItsMomentsIsRefused() throws IOException {
        LearnerState none = new LearnerState(6, second.learner().parameters(), new float[0][]);
        commitSecond(
                "optimizer.safetensors",
                ModelFile.optimizer(PLAN.network(), none, second.outerVelocity(), Map.of("step", "6")));

        requireTheFirstAndALine();
        assertThat(refused.get(0)).contains("moment1.");
    }

    @Test
    void missingPartIsRefused() throws IOException {
        files.commit(2, "run", Map.of("model.safetensors", () -> checkpoints.model(second)));

        requireTheFirstAndALine();
    }
}
