package cohort.run;

import cohort.training.LearnerState;
import cohort.training.LocalResult;
import java.io.Serializable;
import java.util.List;

/**
 * What the workers of a round led to together.
 *
 * @param workers each worker's result, in their order; their states may be missing
 * @param average the weighted mean of their states
 */
public record AveragedRound(List<LocalResult> workers, LearnerState average) implements Serializable {}
