package cohort.task;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/** A cognitive task: what its trials show and ask for, and how well they can be answered. Tasks are equal if their trials are. */
public interface Task extends Serializable {
    /** Sizes and names: all that networks, tables and figures know of it. */
    Signature signature();

    /** The trials of one split of one experiment, generated when they are asked for. */
    TrialSource trials(long seed, Split split);

    /** Number of answers that can be right; 1 over this is chance. */
    int choices();

    /** What is known of the best possible answers. */
    Optional<IdealObserver> ideal();

    /** What is allowed in its settings, and may yet be another thing than their author had in mind: a line each. */
    List<String> notes();
}
