package cohort.task;

/** The outputs of a network in one trial. */
public interface Outputs {
    /** An output at a step of the trial. */
    float at(int step, int output);
}
