package cohort.cli;

import picocli.CommandLine.Option;

/** The option of commands that read the tables of a warehouse. */
final class WarehouseOption {
    @Option(
            names = "--warehouse",
            paramLabel = "DIR",
            defaultValue = "warehouse",
            description = "Folder of the tables. Default: ${DEFAULT-VALUE}.")
    private String folder;

    /** The folder, as it was given. */
    String folder() {
        return folder;
    }
}
