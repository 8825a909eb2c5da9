package cohort.task;

import java.io.Serializable;
import java.util.Set;

/**
 * What differs from trial to trial, and what answers depend on.
 *
 * @param name as tables have it: a name of SQL, since views have it as a column
 * @param unit "%"; empty for a plain number
 * @param meaning in a few words
 */
public record Factor(String name, String unit, String meaning) implements Serializable {
    /** Names that columns and arrays beside those of factors have. */
    private static final Set<String> TAKEN = Set.of(
            "run_id",
            "seed",
            "step",
            "split",
            "task",
            "trial",
            "trials",
            "steps",
            "condition",
            "conditions",
            "answer",
            "choice",
            "value",
            "correct",
            "accuracy",
            "wilson_low",
            "wilson_high",
            "no_response",
            "chance",
            "ideal",
            "efficiency",
            "inputs",
            "targets",
            "weights",
            "outputs",
            "states");

    public Factor {
        if (!name.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException(
                    "name of a factor is not made of small letters, digits and underscores: " + name);
        }
        if (TAKEN.contains(name)) {
            throw new IllegalArgumentException("name of a factor is that of a column which all tasks have: " + name);
        }
    }
}
