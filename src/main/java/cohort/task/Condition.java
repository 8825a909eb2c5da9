package cohort.task;

import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The factors of a trial and their values. A factor that has no meaning in a trial is NaN there, and is left out of names. Conditions
 * of a task are ordered by the values of its factors, the first one first.
 */
public final class Condition implements Comparable<Condition>, Serializable {
    private static final long serialVersionUID = 1;

    private final List<Factor> factors;
    private final double[] values;

    /**
     * A condition.
     *
     * @param values one for each factor; they are copied
     */
    public Condition(List<Factor> factors, double... values) {
        if (values.length != factors.size()) {
            throw new IllegalArgumentException("there are " + values.length + " values for the factors " + factors);
        }
        this.factors = factors;
        this.values = values.clone();
        for (int f = 0; f < values.length; f++) {
            this.values[f] += 0.0; // -0 is 0
        }
    }

    /** Value of a factor; NaN if it has none here. */
    public double value(String factor) {
        for (int f = 0; f < values.length; f++) {
            if (factors.get(f).name().equals(factor)) {
                return values[f];
            }
        }
        return Double.NaN;
    }

    /** The values of all factors, in the task's order: a copy. */
    public double[] values() {
        return values.clone();
    }

    /** The name in tables: "coherence=6.4, delay=200"; "all" of a task without factors. */
    public String label() {
        StringBuilder label = new StringBuilder();
        asMap().forEach((name, value) -> label.append(label.isEmpty() ? "" : ", ")
                .append(name)
                .append('=')
                .append(text(value)));
        return label.isEmpty() ? "all" : label.toString();
    }

    /** Values by the names of their factors, in the task's order. */
    public Map<String, Double> asMap() {
        Map<String, Double> map = new LinkedHashMap<>();
        for (int f = 0; f < values.length; f++) {
            if (!Double.isNaN(values[f])) {
                map.put(factors.get(f).name(), values[f]);
            }
        }
        return map;
    }

    /** As short as it can be without loss: 6.4, 200. */
    private static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    @Override
    public int compareTo(Condition other) {
        return Arrays.compare(values, other.values);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Condition condition
                && Arrays.equals(values, condition.values)
                && factors.equals(condition.factors);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return label();
    }
}
