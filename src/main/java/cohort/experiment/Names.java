package cohort.experiment;

import cohort.cluster.Warehouse;
import java.util.Optional;

/**
 * Names that users choose. They become folders and stand in commands and queries, so that what could lead out of the warehouse,
 * hide there, or be taken for an option or another table is none.
 */
public final class Names {
    private static final String FORM =
            "letters, digits, dots, dashes and underscores, beginning with a letter, a digit or an"
                    + " underscore and not ending with a dot";

    private Names() {}

    /** What keeps a text from being the name of an experiment. */
    public static Optional<String> problemOfExperiment(String name) {
        return hasForm(name, 100) ? Optional.empty() : Optional.of("must be 1 to 100 " + FORM);
    }

    /** What keeps a text from being the id of a run: it has room for a name, a seed and a checksum. */
    public static Optional<String> problemOfRun(String id) {
        return hasForm(id, 160) ? Optional.empty() : Optional.of("must be 1 to 160 " + FORM);
    }

    private static boolean hasForm(String name, int longest) {
        return name.length() <= longest && Warehouse.isFolderName(name) && !name.endsWith(".");
    }

    /** What keeps a text from being the name of a table of trials. */
    public static Optional<String> problemOfTable(String name) {
        if (!name.matches("[A-Za-z][A-Za-z0-9_]{0,99}")) {
            return Optional.of("must be 1 to 100 letters, digits and underscores, the first a letter");
        }
        return Warehouse.isReserved(name)
                ? Optional.of("is the name of a table, view or folder of Cohort's own: choose another")
                : Optional.empty();
    }
}
