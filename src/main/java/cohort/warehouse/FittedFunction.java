package cohort.warehouse;

import cohort.evaluation.Evidence;
import cohort.evaluation.PsychometricFit;
import java.io.Serializable;
import java.util.Optional;

/**
 * A psychometric function and what it was fitted to.
 *
 * @param subject whose choices
 * @param evidence what they were over
 * @param fit the function
 * @param ideal the same one fitted to what the ideal observer can be expected to choose, if one is known
 */
public record FittedFunction(Subject subject, Evidence evidence, PsychometricFit fit, Optional<PsychometricFit> ideal) {
    /**
     * Whose choices are fitted: those of a run, or those of all seeds of a sweep's setting together.
     *
     * @param runId the run, or null
     * @param seed its seed, or null
     * @param sweep name of the sweep, or null
     * @param setting the setting, or null
     * @param networks how many networks they are of
     */
    public record Subject(String runId, Long seed, String sweep, String setting, int networks) implements Serializable {
        public static Subject run(String runId, long seed) {
            return new Subject(runId, seed, null, null, 1);
        }
    }
}
