package cohort.run;

import java.io.Serializable;

/**
 * What ends a training before its last step.
 *
 * @param figure the held-out figure that is looked at
 * @param bound where it ends the training; of no meaning without a figure
 * @param every averaging rounds between two looks
 */
public record Until(Figure figure, double bound, int every) implements Serializable {
    /** A training that goes on to its last step. */
    public static final Until THE_END = new Until(Figure.NONE, 0, 1);

    /** A figure of trials that the network is not trained on, and is not tested on at the end: those of the validation split. */
    public enum Figure {
        /** None: the training goes on to its last step. */
        NONE,
        /** The mean held-out loss: at most the bound. */
        LOSS,
        /** The efficiency: at least the bound. */
        EFFICIENCY,
        /** The accuracy where somebody can do better than chance: at least the bound. */
        ACCURACY,
        /** Accuracy in the worst of the conditions in which somebody can do better than chance: at least the bound. */
        WORST_CONDITION
    }

    public Until {
        if (every < 1) {
            throw new IllegalArgumentException("rounds between two looks are not at least 1: " + every);
        }
    }

    /** Whether the figure is looked at after a round, from 1 on. */
    boolean looksAfter(int round) {
        return figure != Figure.NONE && round > 0 && round % every == 0;
    }
}
