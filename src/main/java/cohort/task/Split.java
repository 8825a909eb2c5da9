package cohort.task;

/**
 * What a stream of random numbers is for. Each split owns a part of the generator's counter space, so that no two of them
 * ever see the same numbers (see {@link RandomStreams}).
 */
public enum Split {
    /** Trials that gradients are computed from. */
    TRAIN(0),
    /** Trials the held-out loss is computed from. */
    VALIDATION(1),
    /** Trials the choices and accuracies are computed from. */
    TEST(2),
    /** Initial weights of a network; never trials. */
    INITIALISATION(3),
    /** Settings that a sweep tries; never trials. */
    SEARCH(4),
    /** Simulated responses behind intervals; never trials. */
    BOOTSTRAP(5),
    /** What the trials of a block have in common, of all splits with trials; never trials. */
    BLOCKS(6);

    /** Part of the stored definition of every random stream: never change a number, only add new ones. */
    private final long code;

    Split(long code) {
        this.code = code;
    }

    /** Whether there are trials of this split. */
    public boolean hasTrials() {
        return this == TRAIN || this == VALIDATION || this == TEST;
    }

    /** The name used in tables. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    long code() {
        return code;
    }
}
