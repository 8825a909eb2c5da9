package cohort.report;

import cohort.task.Condition;
import cohort.task.Factor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Conditions as rows and curves are called: the values of their factors with units, with as many digits as tell them apart. */
public final class ConditionLabels {
    private final List<Factor> factors;
    private final List<NumberLabels> labels;

    private ConditionLabels(List<Factor> factors, List<NumberLabels> labels) {
        this.factors = factors;
        this.labels = labels;
    }

    /** Labels for these conditions, wherever they stand beside each other. */
    public static ConditionLabels of(List<Factor> factors, Collection<Condition> conditions) {
        List<NumberLabels> labels = factors.stream()
                .map(factor ->
                        NumberLabels.of(conditions.stream().mapToDouble(condition -> condition.value(factor.name()))))
                .toList();
        return new ConditionLabels(factors, labels);
    }

    /** The values of all factors, each with its unit: "6.4 %"; "-" for one that has no meaning there. */
    public List<String> values(Condition condition) {
        List<String> values = new ArrayList<>();
        for (int f = 0; f < factors.size(); f++) {
            double value = condition.value(factors.get(f).name());
            values.add(
                    Double.isNaN(value)
                            ? "-"
                            : labels.get(f).with(value, factors.get(f).unit()));
        }
        return values;
    }

    /** The whole condition in a line: "coherence 6.4 %, delay 200 ms"; "all" where no factor has a meaning. */
    public String of(Condition condition) {
        List<String> values = values(condition);
        String line = factors.stream()
                .filter(factor -> !Double.isNaN(condition.value(factor.name())))
                .map(factor -> factor.name() + " " + values.get(factors.indexOf(factor)))
                .collect(Collectors.joining(", "));
        return line.isEmpty() ? "all" : line;
    }
}
