package cohort.evaluation;

import cohort.task.ChoiceRule;
import java.io.Serializable;

/**
 * How a network is tested.
 *
 * @param trials held-out trials that answers are read from
 * @param choice where answers are read, if the task leaves that open
 * @param threshold that an output exceeds where the first to do so is the choice: a probability where the loss is the cross-entropy
 * @param lossSequences held-out trials or windows that the loss is computed on, at least
 * @param every averaging rounds between two tests at stages of learning; 0: a network is tested at its end alone
 */
public record EvaluationSpec(int trials, ChoiceRule choice, double threshold, int lossSequences, int every)
        implements Serializable {
    /** Windows or trials that the loss is computed on side by side. */
    public static final int LOSS_LANES = 20;
}
