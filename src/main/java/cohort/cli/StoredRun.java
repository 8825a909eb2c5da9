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
        String stored = run.getAs("model");
        if (stored == null || stored.isEmpty()) {
            String reason = run.getAs("reason");
            throw new UserError("run " + runId + " has no network: it is " + run.getAs("status")
                    + (reason == null || reason.isEmpty() ? "" : " (" + reason + ")"));
        }
        RunConfiguration configuration = configuration(run, runId);
        String path = path(files, warehouse, runId, stored);
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

    private static RunConfiguration configuration(Row run, String runId) {
        try {
            return RunConfiguration.of(Settings.stored(run.getAs("config"), "column config of run " + runId));
        } catch (UserError e) {
            throw new UserError(
                    e.getMessage() + "\n       The run is of " + run.getAs("versions") + "; this is " + Versions.line(),
                    e);
        }
    }

    /** Where the warehouse was moved or is called by another name, the model lies in its folder there. */
    private static String path(Files files, Warehouse warehouse, String runId, String stored) throws IOException {
        String here = warehouse.modelFolder(runId) + "/model.safetensors";
        for (String path : List.of(stored, here)) {
            if (files.exists(path)) {
                return path;
            }
        }
        throw new UserError("the network of run " + runId + " is neither in " + stored + " nor in " + here);
    }
}
