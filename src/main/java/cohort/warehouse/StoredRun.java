package cohort.warehouse;

import cohort.config.Settings;
import cohort.config.UserError;
import cohort.network.Parameters;
import cohort.run.RunConfiguration;
import cohort.storage.Files;
import cohort.storage.ModelFile;
import cohort.storage.Safetensors;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.lang3.StringUtils;
import org.apache.spark.sql.Row;

/**
 * A run with a network, as the warehouse has it.
 *
 * @param runId its id, under which a model from elsewhere may have been evaluated
 * @param configuration what it was run with
 * @param path file of the network
 * @param network the parameters
 * @param metadata what its file says besides
 */
public record StoredRun(
        String runId, RunConfiguration configuration, String path, Parameters network, Map<String, String> metadata) {
    /**
     * Reads a run.
     *
     * @param run row of table runs
     * @throws UserError if it has no network, its file is not there, or another version of Cohort has written it
     */
    public static StoredRun read(Files files, Warehouse warehouse, Row run) throws IOException {
        String runId = run.getAs("run_id");
        if (StringUtils.isEmpty(run.getAs("model"))) {
            String reason = run.getAs("reason");
            throw new UserError("run " + runId + " has no network: it is " + run.getAs("status")
                    + (StringUtils.isEmpty(reason) ? "" : " (" + reason + ")"));
        }
        RunConfiguration configuration = configuration(run);
        String path = modelFile(files, warehouse, run)
                .orElseThrow(() -> new UserError("the network of run " + runId + " is neither in " + run.getAs("model")
                        + " nor in " + warehouse.model(runId)));
        try {
            Safetensors file = Safetensors.parse(files.read(path));
            Parameters network = ModelFile.parameters(configuration.plan().network(), file, "");
            return new StoredRun(runId, configuration, path, network, file.metadata());
        } catch (IOException e) {
            throw new UserError("model " + path + ": " + e.getMessage(), e);
        }
    }

    /** The network as a safetensors file with PyTorch's names; of a run that was trained here, the very bytes of its own. */
    public byte[] model() {
        return ModelFile.model(network, metadata);
    }

    /**
     * The configuration that a row of table runs holds.
     *
     * @throws UserError if this version of Cohort cannot read it
     */
    public static RunConfiguration configuration(Row run) {
        return configuration(run, List.of());
    }

    /** The same with some keys changed: texts "key=value". */
    public static RunConfiguration configuration(Row run, List<String> changes) {
        return configuration(run.getAs("run_id"), run.getAs("config"), run.getAs("versions"), changes);
    }

    /**
     * The configuration that column config holds.
     *
     * @param versions what wrote the row
     * @param changes texts "key=value"
     * @throws UserError if this version of Cohort cannot read it
     */
    public static RunConfiguration configuration(String runId, String config, String versions, List<String> changes) {
        try {
            return RunConfiguration.of(Settings.stored(config, "column config of run " + runId, changes));
        } catch (UserError e) {
            if (Versions.line().equals(versions)) {
                throw e;
            }
            throw new UserError(
                    e.getMessage() + "\n       The run is of " + versions + "; this is " + Versions.line(), e);
        }
    }

    /** The file of a run's network. Where the warehouse was moved or is called by another name, it lies in its folder there. */
    public static Optional<String> modelFile(Files files, Warehouse warehouse, Row run) throws IOException {
        String recorded = StringUtils.defaultString(run.getAs("model"));
        String here = warehouse.model(run.getAs("run_id"));
        for (String path : recorded.isEmpty() ? List.<String>of() : List.of(recorded, here)) {
            if (files.exists(path)) {
                return Optional.of(path);
            }
        }
        return Optional.empty();
    }
}
