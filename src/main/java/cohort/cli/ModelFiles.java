package cohort.cli;

import cohort.network.NetworkSpec;
import cohort.network.Parameters;
import cohort.storage.Files;
import cohort.storage.ModelFile;
import java.io.IOException;

/** Reads a model that the user named. */
final class ModelFiles {
    private ModelFiles() {}

    static Parameters read(Files files, NetworkSpec network, String path) {
        try {
            return ModelFile.parse(network, files.read(path));
        } catch (IOException e) {
            throw new UserError("model " + path + ": " + e.getMessage(), e);
        }
    }
}
