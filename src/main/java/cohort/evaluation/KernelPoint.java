package cohort.evaluation;

/**
 * A point of a psychophysical kernel: the noise of a channel at a step, before one of the choices.
 *
 * @param strength of the evidence
 * @param choice from 1 on; 0 if the network gave no answer
 * @param step from the onset of the evidence
 * @param channel of the inputs
 * @param trials with that choice that showed noise at the step before it was made
 * @param mean of the noise
 * @param sem standard error of the mean; NaN of one trial
 */
public record KernelPoint(double strength, int choice, int step, int channel, long trials, double mean, double sem) {}
