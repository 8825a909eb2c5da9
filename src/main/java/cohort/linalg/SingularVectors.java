package cohort.linalg;

/** The singular values of a matrix and its right singular vectors, by falling value. */
public final class SingularVectors {
    private final double[] values;
    private final double[] vectors;

    SingularVectors(double[] values, double[] vectors) {
        this.values = values;
        this.vectors = vectors;
    }

    /** The singular values, [k], at least 0 and falling; k is the smaller of rows and columns. */
    public double[] values() {
        return values;
    }

    /** The right singular vectors, [k, column]: orthogonal to each other and of length 1. */
    public double[] vectors() {
        return vectors;
    }
}
