package cohort.training;

import java.io.Serializable;

/**
 * Everything that learning changes: parameters and optimizer moments after a number of steps. Never mutated once it has been
 * handed over: workers copy it first.
 */
public final class LearnerState implements Serializable {
    private static final long serialVersionUID = 1;

    private final long step;
    private final float[] parameters;
    private final float[][] moments;

    /**
     * @param step optimizer steps done so far
     * @param parameters the flat parameters, not copied
     * @param moments the optimizer's moments, each as long as the parameters, not copied
     */
    public LearnerState(long step, float[] parameters, float[][] moments) {
        this.step = step;
        this.parameters = parameters;
        this.moments = moments;
    }

    /** The state before the first step: all moments are zero. */
    public static LearnerState initial(float[] parameters, Optimizer optimizer) {
        return new LearnerState(0, parameters, new float[optimizer.moments()][parameters.length]);
    }

    public long step() {
        return step;
    }

    public float[] parameters() {
        return parameters;
    }

    public float[][] moments() {
        return moments;
    }
}
