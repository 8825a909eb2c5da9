package cohort.cli;

import cohort.config.UserError;
import cohort.config.UserPath;
import cohort.warehouse.Warehouse;
import java.io.IOException;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** The option of commands that read the tables of a warehouse. */
final class WarehouseOption {
    @Option(
            names = "--warehouse",
            paramLabel = "DIR",
            defaultValue = "warehouse",
            description = "Folder of the tables. Default: ${DEFAULT-VALUE}.")
    private String folder;

    /**
     * The folder.
     *
     * @throws UserError if what was given is no path
     */
    String folder() {
        return UserPath.of("--warehouse", folder);
    }

    /**
     * The warehouse there.
     *
     * @throws UserError if it is a file
     */
    Warehouse open(SparkSession spark) throws IOException {
        Warehouse warehouse = new Warehouse(spark, folder());
        requireFolder(warehouse);
        return warehouse;
    }

    /** Refuses a file in the place of a warehouse. */
    static void requireFolder(Warehouse warehouse) throws IOException {
        if (warehouse.files().isFile(warehouse.root())) {
            throw new UserError("warehouse " + warehouse.root() + " is a file: name the folder of the tables");
        }
    }
}
