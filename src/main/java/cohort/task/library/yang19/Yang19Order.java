package cohort.task.library.yang19;

import cohort.task.Trial;
import org.apache.commons.rng.UniformRandomProvider;

/** Which of two modalities a trial shows. */
enum Yang19Order {
    /** The first in trials of even index, the second in the others, as neurogym's schedule has it. */
    ALTERNATING {
        @Override
        int draw(UniformRandomProvider random, Trial trial) {
            return 1 + (int) (trial.index() % 2);
        }
    },
    /** Each with the same probability. */
    RANDOM {
        @Override
        int draw(UniformRandomProvider random, Trial trial) {
            return 1 + random.nextInt(2);
        }
    };

    /** The modality of a trial, 1 or 2. */
    abstract int draw(UniformRandomProvider random, Trial trial);
}
