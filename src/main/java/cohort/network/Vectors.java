package cohort.network;

import cohort.linalg.AlignedArrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Functions of many numbers at once by Java's vector module, for cells whose steps need many arrays. Java turns plain loops into
 * vector instructions only where all their arrays share an index and are few; these loops read what a product has just
 * written, and write where the way back will look for it.
 *
 * <p>Arrays of a step are as long as a multiple of any vector, see {@link Layer.Shape#places}. A loop must call methods of
 * {@link FloatVector} alone: one that Java does not inline makes it ten times as slow.
 */
final class Vectors {
    /** As long as the processor's, but no longer than a cache line. */
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED.length() <= AlignedArrays.LINE
            ? FloatVector.SPECIES_PREFERRED
            : FloatVector.SPECIES_512;

    // An argument beyond +-limit becomes that limit, but NaN stays NaN. It is done with integers, since magnitudes are
    // ordered as their bits are: Java 17's comparison and blending of vectors take more instructions. Compared are
    // magnitudes plus BELOW_NAN, so that infinity is the largest integer, and NaN, which come after it, are negative.
    // "offset" leads from the bits to that number, and back.

    /** The bit of a float that is its sign. */
    static final int SIGN = Integer.MIN_VALUE;

    /** What is added to the bits of a magnitude. */
    static final int BELOW_NAN = Integer.MAX_VALUE - Float.floatToIntBits(Float.POSITIVE_INFINITY);

    /** The limit, with BELOW_NAN added. */
    static final int LIMIT = Float.floatToIntBits(Activation.TANH_LIMIT) + BELOW_NAN;

    private Vectors() {}

    /** f(a), with a from an index on, to an index of another array. */
    static void sigmoid(float[] a, int from, float[] into, int at, int count) {
        squash(a, from, into, at, count, 0.5f, 0.5f);
    }

    /** The same with f = tanh. */
    static void tanh(float[] a, int from, float[] into, int at, int count) {
        squash(a, from, into, at, count, 1, -0f); // x + -0 is x, also for -0
    }

    /** shift + scale tanh(scale a), to the last bit as {@link Activation} has it. */
    private static void squash(float[] a, int from, float[] into, int at, int count, float scale, float shift) {
        for (int k = 0; k < count; k += SPECIES.length()) {
            IntVector bits =
                    FloatVector.fromArray(SPECIES, a, from + k).mul(scale).reinterpretAsInts();
            IntVector offset = bits.and(SIGN).sub(BELOW_NAN);
            FloatVector x = bits.sub(offset).min(LIMIT).add(offset).reinterpretAsFloats();
            FloatVector u = x.mul(x);
            FloatVector p = FloatVector.broadcast(SPECIES, Activation.P4);
            p = p.fma(u, FloatVector.broadcast(SPECIES, Activation.P3));
            p = p.fma(u, FloatVector.broadcast(SPECIES, Activation.P2));
            p = p.fma(u, FloatVector.broadcast(SPECIES, Activation.P1));
            p = p.fma(u, FloatVector.broadcast(SPECIES, 1));
            FloatVector q = FloatVector.broadcast(SPECIES, Activation.Q4);
            q = q.fma(u, FloatVector.broadcast(SPECIES, Activation.Q3));
            q = q.fma(u, FloatVector.broadcast(SPECIES, Activation.Q2));
            q = q.fma(u, FloatVector.broadcast(SPECIES, Activation.Q1));
            q = q.fma(u, FloatVector.broadcast(SPECIES, 1));
            x.mul(p).div(q).mul(scale).add(shift).intoArray(into, at + k);
        }
    }
}
