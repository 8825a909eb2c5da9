package cohort.task;

/**
 * What a stream of random numbers is for. Each purpose owns a part of the generator's counter space, so that no two of them
 * ever see the same numbers (see {@link RandomStreams}).
 */
public enum Purpose {
    /** Trials of {@link Split#TRAIN}. */
    TRAIN(0),
    /** Trials of {@link Split#VALIDATION}. */
    VALIDATION(1),
    /** Trials of {@link Split#TEST}. */
    TEST(2),
    /** Initial weights of a network. */
    INITIALISATION(3),
    /** Settings that a sweep tries. */
    SEARCH(4),
    /** Simulated responses behind intervals, and behind what has no formula. */
    BOOTSTRAP(5),
    /** What the trials of a block have in common, whatever their split. */
    BLOCKS(6);

    /** Part of the stored definition of every random stream: never change a number, only add new ones. */
    private final long code;

    Purpose(long code) {
        this.code = code;
    }

    long code() {
        return code;
    }
}
