package cohort.cli;

import cohort.cluster.Warehouse;
import cohort.experiment.RunConfiguration;
import cohort.experiment.Settings;
import cohort.experiment.UserError;
import cohort.network.Parameters;
import cohort.storage.Files;
import cohort.storage.ModelFile;
import cohort.storage.Safetensors;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * A run with a network, as the warehouse has it.
 *
 * @param runId its id, under which a model from elsewhere may have been evaluated
 * @param configuration what it was run with
 * @param network the parameters
 * @param metadata what its file says besides
 */
record StoredRun(String runId, RunConfiguration configuration, Parameters network, Map<String, String> metadata) {
    /**
     * Reads a run.
     *
     * @param run row of table runs
     * @throws UserError if it has no network, its file is not there, or another version of Cohort has written it
     */
    static StoredRun read(Files files, Warehouse warehouse, Row run) throws IOException {
        String runId = run.getAs("run_id");
        if (run.<String>getAs("model").isEmpty()) {
            String reason = run.getAs("reason");
            throw new UserError("run " + runId + " has no network: it is " + run.getAs("status")
                    + (reason.isEmpty() ? "" : " (" + reason + ")"));
        }
        RunConfiguration configuration = configuration(runId, run.getAs("config"), run.getAs("versions"));
        String path = modelFile(files, warehouse, run)
                .orElseThrow(() -> new UserError("the network of run " + runId + " is neither in " + run.getAs("model")
                        + " nor in " + warehouse.model(runId)));
        try {
            Safetensors file = Safetensors.parse(files.read(path));
            Parameters network = ModelFile.parameters(configuration.plan().network(), file, "");
            return new StoredRun(runId, configuration, network, file.metadata());
        } catch (IOException e) {
            throw new UserError("model " + path + ": " + e.getMessage(), e);
        }
    }

    /** The network as a safetensors file with PyTorch's names; of a run that was trained here, the very bytes of its own. */
    byte[] model() {
        return ModelFile.model(network, metadata);
    }

    /**
     * The configuration that a row of table runs holds.
     *
     * @param versions what wrote the row
     * @throws UserError if this version of Cohort cannot read it
     */
    static RunConfiguration configuration(String runId, String config, String versions) {
        try {
            return RunConfiguration.of(Settings.stored(config, "column config of run " + runId));
        } catch (UserError e) {
            throw new UserError(
                    e.getMessage() + "\n       The run is of " + versions + "; this is " + Versions.line(), e);
        }
    }

    /** The file of a run's network. Where the warehouse was moved or is called by another name, it lies in its folder there. */
    static Optional<String> modelFile(Files files, Warehouse warehouse, Row run) throws IOException {
        String recorded = run.getAs("model");
        String here = warehouse.model(run.getAs("run_id"));
        for (String path : recorded.isEmpty() ? List.<String>of() : List.of(recorded, here)) {
            if (files.exists(path)) {
                return Optional.of(path);
            }
        }
        return Optional.empty();
    }
}
