package cohort.cluster;

import cohort.linalg.BlasInfo;
import cohort.run.Topology;
import cohort.run.TrainingPlan;

/**
 * How a training is carried out; unlike {@link TrainingPlan}, none of it changes a bit.
 *
 * @param topology the way results come together
 * @param blas the BLAS every executor must have, or null if any will do
 */
public record Execution(Topology topology, BlasInfo blas) {
    /** Whatever suits the size, on whatever executors there are. */
    public static final Execution ANY = new Execution(Topology.AUTO, null);
}
