package cohort.task.recorded;

import cohort.config.UserError;
import cohort.task.recorded.RecordingBuilder.Entry;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Arrays of a file of trials: inputs [trial, time, channel]; targets [trial, time] for classes, 0 no answer, or [trial, time, output] for
 * values; and, if they are there, weights [trial, time], lengths [trial], period_ends [trial, period], answer [trial], held_out
 * [trial] of 0 and 1. Every other array [trial] is a condition.
 */
public final class TrialFile {
    private static final Set<String> KNOWN =
            Set.of("inputs", "targets", "weights", "lengths", "period_ends", "answer", "held_out");

    /** An array of any shape. */
    public static final class Numbers {
        private final int[] shape;
        private final double[] values;
        private final boolean isWhole;

        /**
         * An array, which is not copied.
         *
         * @param shape its dimensions, outermost first
         * @param values row by row
         * @param isWhole whether it held whole numbers
         */
        public Numbers(int[] shape, double[] values, boolean isWhole) {
            this.shape = shape;
            this.values = values;
            this.isWhole = isWhole;
        }

        int[] shape() {
            return shape;
        }

        double[] values() {
            return values;
        }

        boolean isWhole() {
            return isWhole;
        }

        double at(int... index) {
            int place = 0;
            for (int d = 0; d < index.length; d++) {
                place = place * shape[d] + index[d];
            }
            return values[place];
        }
    }

    private final Map<String, Numbers> arrays;
    private final List<String> periods;
    private final Set<String> ignored;
    private final double fraction;

    /**
     * The content of a file.
     *
     * @param periods names of the periods, or empty: one period, trial
     * @param ignored names of arrays that are left out
     * @param fraction of the trials that is held out, if the file does not say which are
     */
    public TrialFile(Map<String, Numbers> arrays, List<String> periods, Set<String> ignored, double fraction) {
        this.arrays = new LinkedHashMap<>(arrays);
        this.periods = List.copyOf(periods);
        this.ignored = Set.copyOf(ignored);
        this.fraction = fraction;
    }

    /** The recording, as the bytes of its file. */
    public byte[] recording() {
        Numbers inputs = array("inputs", 3);
        int trials = inputs.shape()[0];
        int time = inputs.shape()[1];
        Numbers targets = arrays.get("targets");
        boolean hasClasses = targets != null && targets.shape().length == 2;
        targets = array("targets", hasClasses ? 2 : 3);
        require("targets", targets, trials, time);
        if (hasClasses && !targets.isWhole()) {
            throw new UserError(
                    "targets [trial, time] must be whole numbers, classes; values are [trial, time, output]");
        }
        Numbers weights = optional("weights", 2, trials, time);
        Numbers lengths = optional("lengths", 1, trials);
        Numbers ends = optional("period_ends", 2, trials);
        Numbers answer = optional("answer", 1, trials);
        Numbers heldOut = optional("held_out", 1, trials);
        List<String> names = names(ends);
        RecordingBuilder builder = new RecordingBuilder(names, hasClasses);
        boolean[] drawn = heldOut == null ? RecordingBuilder.draw(fraction, trials) : null;
        for (int trial = 0; trial < trials; trial++) {
            int steps = lengths == null ? time : whole("lengths", lengths.at(trial), trial, 1, time);
            int[] periodEnds = new int[names.size()];
            for (int p = 0; p < periodEnds.length; p++) {
                periodEnds[p] = ends == null ? steps : whole("period_ends", ends.at(trial, p), trial, 0, time);
            }
            float[][] shown = new float[steps][inputs.shape()[2]];
            float[][] asked = new float[steps][hasClasses ? 1 : targets.shape()[2]];
            float[] counted = new float[steps];
            for (int step = 0; step < steps; step++) {
                for (int c = 0; c < shown[step].length; c++) {
                    shown[step][c] = (float) inputs.at(trial, step, c);
                }
                for (int o = 0; o < asked[step].length; o++) {
                    asked[step][o] = (float) (hasClasses ? targets.at(trial, step) : targets.at(trial, step, o));
                }
                counted[step] = weights == null ? 1 : (float) weights.at(trial, step);
            }
            int right = answer != null
                    ? whole("answer", answer.at(trial), trial, 0, Integer.MAX_VALUE)
                    : hasClasses ? lastClass(asked, counted) : 1;
            builder.add(new Entry(
                    shown,
                    asked,
                    counted,
                    periodEnds,
                    right,
                    drawn != null ? drawn[trial] : whole("held_out", heldOut.at(trial), trial, 0, 1) == 1));
        }
        Set<String> conditions = new TreeSet<>(arrays.keySet());
        conditions.removeAll(KNOWN);
        conditions.removeAll(ignored);
        for (String name : conditions) {
            Numbers values = array(name, 1);
            require(name, values, trials);
            builder.addCondition(name, values.values());
        }
        return builder.build();
    }

    private List<String> names(Numbers ends) {
        if (ends == null) {
            if (periods.size() > 1) {
                throw new UserError("there is no array period_ends [trial, period] for the periods " + periods);
            }
            return periods.isEmpty() ? List.of("trial") : periods;
        }
        int count = ends.shape()[1];
        if (periods.size() != count) {
            throw new UserError(
                    "period_ends has " + count + " columns: name as many periods with --periods, in their order");
        }
        return periods;
    }

    /** The class asked for at the last step that counts. */
    private static int lastClass(float[][] targets, float[] weights) {
        for (int step = targets.length - 1; step >= 0; step--) {
            if (weights[step] > 0) {
                return (int) targets[step][0];
            }
        }
        return (int) targets[targets.length - 1][0];
    }

    private static int whole(String name, double value, int trial, int least, int most) {
        if (value != Math.rint(value) || value < least || value > most) {
            throw new UserError(name + " of trial " + trial + ": must be a whole number from " + least
                    + (most == Integer.MAX_VALUE ? " on" : " to " + most) + ": " + value);
        }
        return (int) value;
    }

    private Numbers optional(String name, int dimensions, int... first) {
        if (!arrays.containsKey(name)) {
            return null;
        }
        Numbers numbers = array(name, dimensions);
        require(name, numbers, first);
        return numbers;
    }

    private Numbers array(String name, int dimensions) {
        Numbers numbers = arrays.get(name);
        if (numbers == null) {
            throw new UserError("there is no array " + name + "; there are " + String.join(", ", arrays.keySet()));
        }
        if (numbers.shape().length != dimensions) {
            throw new UserError(
                    "array " + name + " has shape " + Arrays.toString(numbers.shape()) + ": must have " + dimensions
                            + (dimensions == 1
                                    ? " dimension, [trial]"
                                    : " dimensions, the first two of which are trial and time"));
        }
        return numbers;
    }

    private static void require(String name, Numbers numbers, int... first) {
        for (int d = 0; d < first.length; d++) {
            if (numbers.shape()[d] != first[d]) {
                throw new UserError(
                        "array " + name + " has shape " + Arrays.toString(numbers.shape()) + ", but inputs have "
                                + Arrays.toString(first) + " trials" + (first.length > 1 ? " and steps" : ""));
            }
        }
    }
}
