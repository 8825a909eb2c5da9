package cohort.training;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

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

    /** Whether parameters and moments are numbers, neither infinite nor NaN. */
    public boolean isFinite() {
        boolean finite = isFinite(parameters);
        for (float[] moment : moments) {
            finite &= isFinite(moment);
        }
        return finite;
    }

    private static boolean isFinite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    /** A copy of some entries of the parameters and of each moment, as a state of its own. */
    public LearnerState slice(int from, int to) {
        float[][] parts = new float[moments.length][];
        for (int m = 0; m < parts.length; m++) {
            parts[m] = Arrays.copyOfRange(moments[m], from, to);
        }
        return new LearnerState(step, Arrays.copyOfRange(parameters, from, to), parts);
    }

    /** The whole that slices in their order are of. */
    public static LearnerState join(List<LearnerState> slices) {
        LearnerState first = slices.get(0);
        float[][] moments = new float[first.moments.length][];
        for (int m = 0; m < moments.length; m++) {
            int moment = m;
            moments[m] = join(slices, slice -> slice.moments[moment]);
        }
        return new LearnerState(first.step, join(slices, LearnerState::parameters), moments);
    }

    private static float[] join(List<LearnerState> slices, Function<LearnerState, float[]> array) {
        float[] whole = new float
                [slices.stream().mapToInt(slice -> array.apply(slice).length).sum()];
        int at = 0;
        for (LearnerState slice : slices) {
            float[] part = array.apply(slice);
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        return whole;
    }
}
