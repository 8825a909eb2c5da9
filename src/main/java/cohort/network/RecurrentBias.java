package cohort.network;

/** How many bias vectors the recurrent layer has; their sum is all that matters to the dynamics. */
public enum RecurrentBias {
    /** One, as in the tutorial's hand-written network: tensors rnn.Wxh, rnn.Whh, rnn.bh. */
    ONE,
    /** One for the input and one for the recurrent weights, as two PyTorch Linear layers have: rnn.input2h, rnn.h2h. */
    TWO
}
