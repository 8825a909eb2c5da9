package cohort.task;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A cognitive task: what its trials show and ask for, and how well they can be answered. A trial is a pure function of the random
 * numbers it is given. Tasks are equal if their trials are.
 */
public interface Task extends Serializable {
    /** Sizes and names: all that networks, tables and figures know of it. */
    Signature signature();

    /**
     * Draws what a trial is: its factors, its answer and the lengths of its periods. These are always a trial's first draws, so that
     * they can be replayed without what it shows.
     */
    void plan(UniformRandomProvider random, Trial into);

    /** Fills in what a planned trial shows and asks for; before, it shows nothing and asks for output 0. */
    void show(UniformRandomProvider random, Trial trial);

    /** The trials of one split of one experiment, generated when they are asked for. */
    default TrialSource trials(long seed, Split split) {
        return new GeneratedTrials(this, seed, split);
    }

    /** Number of answers that can be right; 1 over this is chance. */
    int choices();

    /** What is known of the best possible answers. */
    Optional<IdealObserver> ideal();

    /** What is allowed in its settings, and may yet be another thing than their author had in mind: a line each. */
    List<String> notes();
}
