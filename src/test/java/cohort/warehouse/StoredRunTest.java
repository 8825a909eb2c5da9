package cohort.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cohort.cluster.SharedSpark;
import cohort.config.Settings;
import cohort.config.UserError;
import cohort.network.Parameters;
import cohort.run.RunConfiguration;
import cohort.storage.Files;
import cohort.storage.ModelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
class StoredRunTest {
    private static final SparkSession SPARK = SharedSpark.session();
    private static final StructType COLUMNS = StructType.fromDDL(
            "run_id string, status string, reason string, model string, versions string, config string");
    private static final RunConfiguration RUN =
            RunConfiguration.of(Settings.defaults(List.of("network.hidden=3", "seed=7")));
    private static final String CONFIG = RUN.spec().config();

    @TempDir
    private Path temporary;

    private final Files files = new Files(new Configuration());

    private Warehouse warehouse() {
        return new Warehouse(SPARK, temporary.resolve("warehouse").toString());
    }

    private StoredRun read(String status, String reason, String model, String config) throws IOException {
        Row row = RowFactory.create("a-run", status, reason, model, "Cohort 0.0.1", config);
        return StoredRun.read(
                files, warehouse(), SPARK.createDataFrame(List.of(row), COLUMNS).first());
    }

    private byte[] model() {
        Parameters network = new Parameters(RUN.plan().network());
        network.values()[5] = 0.5f;
        return ModelFile.model(network, Map.of("step", "60", "run_id", "a-run"));
    }

    @Test
    void theModelIsFoundWhereItWasStoredOrInTheWarehouse() throws IOException {
        String elsewhere = temporary.resolve("from-pytorch.safetensors").toString();
        files.write(elsewhere, model());
        StoredRun stored = read("evaluated", "", elsewhere, CONFIG);
        files.write(warehouse().modelFolder("a-run") + "/model.safetensors", model());
        StoredRun moved = read("trained", "", "not/there/model.safetensors", CONFIG);

        for (StoredRun run : List.of(stored, moved)) {
            assertThat(run.runId()).isEqualTo("a-run");
            assertThat(run.configuration().runId()).isEqualTo(RUN.runId());
            assertThat(run.configuration().spec().config()).isEqualTo(CONFIG);
            assertThat(run.network().values()[5]).isEqualTo(0.5f);
            assertThat(run.model()).isEqualTo(model());
        }
    }

    @Test
    void aRunWithoutANetworkIsSaidSo() {
        assertThatThrownBy(() -> read("diverged", "the loss of step 12 is NaN", "", CONFIG))
                .isInstanceOf(UserError.class)
                .hasMessageContainingAll("a-run", "diverged", "the loss of step 12 is NaN");
        assertThatThrownBy(() -> read("trained", "", "not/there/model.safetensors", CONFIG))
                .isInstanceOf(UserError.class)
                .hasMessageContainingAll("not/there/model.safetensors", "warehouse/models/a-run/model.safetensors");
    }

    @Test
    void aConfigurationOfAnotherVersionIsSaidSo() {
        assertThatThrownBy(() -> read("trained", "", "x", CONFIG + "\nnetwork.gates = 3"))
                .isInstanceOf(UserError.class)
                .hasMessageContainingAll(
                        "column config of run a-run", "network.gates", "Cohort 0.0.1", Versions.line());
    }

    @Test
    void aModelOfAnotherShapeIsRefused() throws IOException {
        String path = temporary.resolve("x.safetensors").toString();
        files.write(path, model());

        assertThatThrownBy(() -> read("evaluated", "", path, CONFIG.replace("hidden=3", "hidden=4")))
                .isInstanceOf(UserError.class)
                .hasMessageContainingAll(path, "rnn.input2h.weight");
    }
}
