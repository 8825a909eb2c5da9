package cohort.task.recorded;

import cohort.config.UserError;
import cohort.task.Factor;
import cohort.task.Purpose;
import cohort.task.RandomStreams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;

/** Collects trials, and refuses what cannot be trained on; messages say of which trial and step. */
public final class RecordingBuilder {
    /** A quantity of more values than these is no condition: each trial would be one of its own. */
    private static final int MOST_VALUES = 200;

    /** Java's arrays, and floats that count steps exactly, hold no more. */
    private static final long MOST_STEPS = 1 << 24;

    private static final int MOST_CLASSES = 4096;

    /** One trial. */
    public static final class Entry {
        private final float[][] inputs;
        private final float[][] targets;
        private final float[] weights;
        private final int[] periodEnds;
        private final int answer;
        private final boolean heldOut;

        /**
         * A trial, whose arrays are not copied.
         *
         * @param inputs what it shows, [step][channel]
         * @param targets what it asks for, [step][output], or [step][0] for classes
         * @param weights how much steps count
         * @param periodEnds step after the last one of each period
         * @param answer the right one, from 1 on; 0 if it is right to give none
         * @param heldOut whether it is not trained on
         */
        public Entry(
                float[][] inputs, float[][] targets, float[] weights, int[] periodEnds, int answer, boolean heldOut) {
            this.inputs = inputs;
            this.targets = targets;
            this.weights = weights;
            this.periodEnds = periodEnds;
            this.answer = answer;
            this.heldOut = heldOut;
        }

        float[][] inputs() {
            return inputs;
        }

        float[][] targets() {
            return targets;
        }
    }

    private final List<String> periods;
    private final boolean hasClasses;
    private final List<Entry> trials = new ArrayList<>();
    private final Map<String, double[]> conditions = new LinkedHashMap<>();

    /**
     * Collects trials whose periods have these names.
     *
     * @param hasClasses whether targets are classes, one a step, and not values
     */
    public RecordingBuilder(List<String> periods, boolean hasClasses) {
        this.periods = List.copyOf(periods);
        this.hasClasses = hasClasses;
    }

    /** Adds a trial. */
    public void add(Entry trial) {
        int number = trials.size();
        int steps = trial.inputs().length;
        if (steps == 0) {
            throw new UserError("trial " + number + " has no step");
        }
        int channels =
                trials.isEmpty() ? trial.inputs()[0].length : trials.get(0).inputs()[0].length;
        int outputs =
                trials.isEmpty() ? trial.targets()[0].length : trials.get(0).targets()[0].length;
        for (int step = 0; step < steps; step++) {
            requireFinite(number, step, "inputs", trial.inputs()[step], channels);
            requireFinite(number, step, "targets", trial.targets()[step], outputs);
            float weight = trial.weights[step];
            if (!(weight >= 0) || Float.isInfinite(weight)) {
                throw new UserError(
                        "weights of trial " + number + ", step " + step + ": is not a number of at least 0: " + weight);
            }
            float target = trial.targets()[step][0];
            if (hasClasses && (target < 0 || target != Math.rint(target) || target >= MOST_CLASSES)) {
                throw new UserError("targets of trial " + number + ", step " + step + ": is not a class, 0 to "
                        + (MOST_CLASSES - 1) + ": " + target);
            }
        }
        int end = 0;
        for (int period = 0; period < periods.size(); period++) {
            if (trial.periodEnds[period] < end) {
                throw new UserError("period_ends of trial " + number + ": period " + periods.get(period)
                        + " ends at step " + trial.periodEnds[period] + ", before its start at " + end);
            }
            end = trial.periodEnds[period];
        }
        if (end != steps) {
            throw new UserError("period_ends of trial " + number + ": the last period ends at step " + end
                    + ", the trial at " + steps);
        }
        boolean counts = false;
        int counted = hasClasses || periods.size() == 1 ? 0 : trial.periodEnds[periods.size() - 2];
        for (int step = counted; step < steps; step++) {
            counts |= trial.weights[step] > 0;
        }
        if (!counts) {
            throw new UserError("weights of trial " + number + ": no step "
                    + (hasClasses ? "" : "of the last period, in which values are compared, ") + "counts");
        }
        if (trial.answer < 0) {
            throw new UserError("answer of trial " + number + ": is negative: " + trial.answer);
        }
        trials.add(trial);
    }

    private static void requireFinite(int trial, int step, String what, float[] values, int width) {
        if (values.length != width) {
            throw new UserError(what + " of trial " + trial + ", step " + step + ": has " + values.length
                    + " columns, not " + width + " as the first");
        }
        for (int column = 0; column < width; column++) {
            if (!Float.isFinite(values[column])) {
                throw new UserError(what + " of trial " + trial + ", step " + step + ", column " + column
                        + ": is not a finite number");
            }
        }
    }

    /** Adds a condition: its value in each trial. */
    public void addCondition(String name, double[] values) {
        try {
            new Factor(name, "", "as recorded");
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    "condition " + name + ": " + e.getMessage() + "; rename it, or leave it out with --ignore " + name,
                    e);
        }
        if (Arrays.stream(values).distinct().count() > MOST_VALUES) {
            throw new UserError("condition " + name + " has more than " + MOST_VALUES
                    + " different values: round it to a few, or leave it out with --ignore " + name);
        }
        conditions.put(name, values.clone());
    }

    /** Holds out a fraction of the trials, drawn at random, where the file did not say which. */
    static boolean[] draw(double fraction, int count) {
        boolean[] held = new boolean[count];
        int[] order = new int[count];
        Arrays.setAll(order, i -> i);
        UniformRandomProvider random = RandomStreams.of(0, Purpose.BOOTSTRAP, count);
        int wanted = (int) Math.round(fraction * count);
        for (int i = 0; i < wanted; i++) {
            int other = i + random.nextInt(count - i);
            int chosen = order[other];
            order[other] = order[i];
            held[chosen] = true;
        }
        return held;
    }

    /** The file. */
    public byte[] build() {
        long steps = trials.stream().mapToLong(trial -> trial.inputs().length).sum();
        long held = trials.stream().filter(trial -> trial.heldOut).count();
        if (held < 2 || trials.size() - held < 1) {
            throw new UserError("of " + trials.size() + " trials " + held
                    + " are held out: at least 2 must be, for the loss and for the accuracy, and at least 1 must not");
        }
        Entry first = trials.get(0);
        int channels = first.inputs()[0].length;
        int columns = first.targets()[0].length;
        if (steps > MOST_STEPS || steps * Math.max(channels, columns) > Integer.MAX_VALUE - 8) {
            throw new UserError("the trials have " + steps + " steps of " + Math.max(channels, columns)
                    + " values, which fit no array: split the file");
        }
        int outputs = columns;
        if (hasClasses) {
            float largest = 0;
            for (Entry trial : trials) {
                for (float[] step : trial.targets()) {
                    largest = Math.max(largest, step[0]);
                }
            }
            outputs = Math.max(2, (int) largest + 1);
            for (int t = 0; t < trials.size(); t++) {
                if (trials.get(t).answer >= outputs) {
                    throw new UserError("answer of trial " + t + ": must be a class that is asked for, 0 to "
                            + (outputs - 1) + ": " + trials.get(t).answer);
                }
            }
        }
        Map<String, float[]> tensors = new LinkedHashMap<>();
        tensors.put("inputs", rows(channels, (int) steps, Entry::inputs));
        tensors.put("targets", rows(columns, (int) steps, Entry::targets));
        float[] weights = new float[(int) steps];
        float[] ends = new float[trials.size() * periods.size()];
        float[] answers = new float[trials.size()];
        float[] heldOut = new float[trials.size()];
        int at = 0;
        for (int t = 0; t < trials.size(); t++) {
            Entry trial = trials.get(t);
            System.arraycopy(trial.weights, 0, weights, at, trial.inputs().length);
            at += trial.inputs().length;
            for (int period = 0; period < periods.size(); period++) {
                ends[t * periods.size() + period] = trial.periodEnds[period];
            }
            answers[t] = trial.answer;
            heldOut[t] = trial.heldOut ? 1 : 0;
        }
        tensors.put("weights", weights);
        tensors.put("ends", ends);
        tensors.put("answers", answers);
        tensors.put("held-out", heldOut);
        List<Factor> factors = new ArrayList<>();
        conditions.keySet().forEach(name -> factors.add(new Factor(name, "", "as recorded")));
        return Recording.toBytes(
                new Recording.Form(channels, outputs, hasClasses, periods, factors), tensors, conditions);
    }

    private interface Rows {
        float[][] of(Entry trial);
    }

    private float[] rows(int width, int steps, Rows rows) {
        float[] all = new float[steps * width];
        int at = 0;
        for (Entry trial : trials) {
            for (float[] row : rows.of(trial)) {
                System.arraycopy(row, 0, all, at, width);
                at += width;
            }
        }
        return all;
    }
}
