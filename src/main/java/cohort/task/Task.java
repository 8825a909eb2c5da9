package cohort.task;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A cognitive task: what its trials show and ask for, which answers are right, and how well they can be given. A trial is a pure
 * function of the random numbers it is given. Tasks are equal if their trials are.
 */
public interface Task extends Serializable {
    /** Sizes and names: all that networks, tables and figures know of it. */
    Signature signature();

    /** Number of successive trials that share what {@link #planBlock} draws. */
    default int blockSize() {
        return 1;
    }

    /** Number of trials after which the same conditions come again, each of them once: a fixed grid; 0 where conditions are drawn. */
    default int gridSize() {
        return 0;
    }

    /**
     * Draws what all trials of a block have in common, for instance how long their periods are; called before {@link #plan}, with the
     * same random numbers for each trial of the block. Not called for blocks of one trial.
     */
    default void planBlock(UniformRandomProvider random, Trial into) {}

    /**
     * Draws what a trial is: its factors, its answer and the lengths of its periods. These are always a trial's first draws, so that
     * they can be replayed without what it shows.
     */
    void plan(UniformRandomProvider random, Trial into);

    /** Fills in what a planned trial shows and asks for; before, inputs and targets are 0 and each step counts once. */
    void show(UniformRandomProvider random, Trial trial);

    /** Number of different trials in a split; as good as no end to those that are generated. */
    default long size(Split split) {
        return Long.MAX_VALUE;
    }

    /** The trials of one split of one experiment, generated when they are asked for. */
    default TrialSource trials(long seed, Split split) {
        return new GeneratedTrials(this, seed, split);
    }

    /**
     * How answers are read, and which are right.
     *
     * @param rule where answers are read, if the task leaves that open: last-step or decision-mean
     */
    Response response(ChoiceRule rule);

    /** What is known of the best possible answers. */
    default Optional<IdealObserver> ideal() {
        return Optional.empty();
    }

    /** Who answers when the evidence reaches a bound, where answers can be given at any time. */
    default Optional<BoundedObserver> bounded() {
        return Optional.empty();
    }

    /** What psychometric functions are drawn over, if there is such a thing. */
    default Optional<Psychometry> psychometry() {
        return Optional.empty();
    }

    /** What is allowed in its settings, and may yet be another thing than their author had in mind: a line each. */
    default List<String> notes() {
        return List.of();
    }
}
