package cohort.network;

import cohort.linalg.AlignedArrays;

/**
 * A number of every unit and lane that a backward pass needs of every step: an array for the step being worked on, [lane, place]
 * from {@link AlignedArrays#START} on, and room for all steps. A step's array stays in the processor's first cache, and having
 * all of them begin at one index lets Java turn loops over them into vector instructions.
 */
final class Trace {
    private static final int START = AlignedArrays.START;

    private final int stepSize;
    private final float[] now;
    private final float[] steps;

    Trace(Layer.Shape shape) {
        this.stepSize = shape.stepSize();
        this.now = AlignedArrays.allocate(stepSize);
        this.steps = AlignedArrays.allocate(Math.multiplyExact(shape.maxSteps(), stepSize));
    }

    /** Of the step being worked on. */
    float[] now() {
        return now;
    }

    /** Of all steps, [step, lane, place]; a step begins at {@link #at}. */
    float[] steps() {
        return steps;
    }

    /** Where a step begins in {@link #steps}. */
    int at(int step) {
        return START + step * stepSize;
    }

    void store(int step) {
        System.arraycopy(now, START, steps, at(step), stepSize);
    }

    void recall(int step) {
        System.arraycopy(steps, at(step), now, START, stepSize);
    }
}
