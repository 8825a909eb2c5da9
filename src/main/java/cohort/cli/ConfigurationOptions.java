package cohort.cli;

import cohort.config.Settings;
import cohort.run.RunConfiguration;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What commands that work on a configuration have in common. */
final class ConfigurationOptions {
    @Parameters(index = "0", paramLabel = "CONF", description = "Configuration file, for instance one of conf/.")
    private File file;

    @Option(
            names = "--set",
            paramLabel = "key=value",
            description =
                    "Changes a key of the configuration; may be given several times, the last one of a key counts. The"
                            + " value is what stands behind the first =, as it stands; only numbers, lists [...], { ... } and texts in"
                            + " double quotes are read as in a configuration file.")
    private List<String> overrides = new ArrayList<>();

    /** Reads the configuration, whatever it is of. */
    Settings settings() {
        return Settings.load(file, overrides);
    }

    /** Says at the start of a long command what its author may not have meant. */
    static void print(List<String> notes, CommandLine commandLine) {
        notes.forEach(note -> commandLine.getErr().println("note: " + note));
    }

    /** Reads the configuration of a run; more keys of the command's own may be changed after those of the user. */
    RunConfiguration load(String... more) {
        List<String> all = new ArrayList<>(overrides);
        all.addAll(List.of(more));
        return RunConfiguration.of(Settings.load(file, all));
    }
}
