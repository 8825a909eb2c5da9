package cohort.training;

import java.io.Serializable;

/**
 * Limits a gradient.
 *
 * @param mode what is limited
 * @param limit the limit, greater than 0 unless the mode is NONE
 */
public record Clipping(Mode mode, double limit) implements Serializable {
    /** What is limited. */
    public enum Mode {
        /** Nothing. */
        NONE,
        /** Each entry, to +-limit; the tutorial's hand-written network does this. */
        ENTRY,
        /** The Euclidean norm of the whole gradient; its direction stays. */
        NORM
    }

    public Clipping {
        if (mode != Mode.NONE && !(limit > 0)) {
            throw new IllegalArgumentException("clip limit is not strictly positive: " + limit);
        }
    }

    /**
     * Clips in place.
     *
     * @return the Euclidean norm before clipping
     */
    public double apply(float[] gradient) {
        double norm = norm(gradient);
        switch (mode) {
            case NONE -> {}
            case ENTRY -> {
                float bound = (float) limit;
                for (int i = 0; i < gradient.length; i++) {
                    gradient[i] = Math.max(-bound, Math.min(bound, gradient[i]));
                }
            }
            case NORM -> {
                if (norm > limit) {
                    float factor = (float) (limit / norm);
                    for (int i = 0; i < gradient.length; i++) {
                        gradient[i] *= factor;
                    }
                }
            }
        }
        return norm;
    }

    /** In double, in four running sums: one alone would wait for each addition to finish. */
    private static double norm(float[] gradient) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < gradient.length; i += 4) {
            s0 += (double) gradient[i] * gradient[i];
            s1 += (double) gradient[i + 1] * gradient[i + 1];
            s2 += (double) gradient[i + 2] * gradient[i + 2];
            s3 += (double) gradient[i + 3] * gradient[i + 3];
        }
        for (; i < gradient.length; i++) {
            s0 += (double) gradient[i] * gradient[i];
        }
        return Math.sqrt(s0 + s1 + (s2 + s3));
    }
}
