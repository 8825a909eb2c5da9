package cohort.run;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Names that users choose. They become folders and stand in commands and queries, so that what could lead out of the warehouse,
 * hide there, or be taken for an option or another table is none.
 */
public final class Names {
    /** Names of folders, tables and views in a warehouse, besides views of tasks, whose names end with "_accuracy". */
    private static final Set<String> TAKEN = Set.of(
            "models",
            "sweeps",
            "runs",
            "tasks",
            "training_curve",
            "trial_outcomes",
            "choice_counts",
            "psychometric_fits",
            "activity",
            "response_times",
            "psychophysical_kernels",
            "sweep_runs",
            "scaling",
            "leaderboard",
            "setting_importance");

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

    /** Whether runs and sweeps of this name have a folder: what others have written to a table may hold anything. */
    public static boolean isFolderName(String name) {
        return name.matches("[A-Za-z0-9_][A-Za-z0-9._-]*");
    }

    private static boolean hasForm(String name, int longest) {
        return name.length() <= longest && isFolderName(name) && !name.endsWith(".");
    }

    /** What keeps a text from being the name of a table of trials. */
    public static Optional<String> problemOfTable(String name) {
        if (!name.matches("[A-Za-z][A-Za-z0-9_]{0,99}")) {
            return Optional.of("must be 1 to 100 letters, digits and underscores, the first a letter");
        }
        String lower = name.toLowerCase(Locale.ROOT); // SQL makes no difference
        return TAKEN.contains(lower) || lower.endsWith("_accuracy")
                ? Optional.of("is the name of a table, view or folder of Cohort's own: choose another")
                : Optional.empty();
    }
}
