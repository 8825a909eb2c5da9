package cohort.run;

import cohort.training.Divergence;

/**
 * What a training led to.
 *
 * @param state where it stands: after the last round, or after the last whole one before it diverged or was stopped
 * @param divergence why it was broken off, or null
 */
public record TrainingOutcome(TrainingState state, Divergence divergence) {}
