package cohort.cli;

import cohort.experiment.RunConfiguration;
import cohort.experiment.Settings;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What commands that work on a configuration have in common. */
final class ConfigurationOptions {
    @Parameters(index = "0", paramLabel = "CONF", description = "Configuration file, for instance one of conf/.")
    private File file;

    @Option(
            names = "--set",
            paramLabel = "key=value",
            description = "Changes a key of the configuration; may be given several times.")
    private List<String> overrides = new ArrayList<>();

    /** Reads the configuration, whatever it is of. */
    Settings settings() {
        return Settings.load(file, overrides);
    }

    /** Reads the configuration of a run; more keys of the command's own may be changed after those of the user. */
    RunConfiguration load(String... more) {
        List<String> all = new ArrayList<>(overrides);
        all.addAll(List.of(more));
        return RunConfiguration.of(Settings.load(file, all));
    }
}
