package cohort.task.parts;

import cohort.config.Settings;
import java.util.List;
import java.util.function.DoublePredicate;

/** Lists of numbers of which a task draws one, each equally likely. */
public final class Values {
    private Values() {}

    /**
     * The list of a key.
     *
     * @param allowed in words what the predicate asks for, "percentages from 0 to 100"
     * @throws cohort.config.UserError if it is empty, a number is there twice, or one is not allowed
     */
    public static List<Double> of(Settings settings, String key, String allowed, DoublePredicate isAllowed) {
        List<Double> values = settings.numbers(key);
        if (values.isEmpty()
                || !values.stream().allMatch(isAllowed::test)
                || values.stream().distinct().count() != values.size()) {
            throw settings.error(key, "must be different " + allowed);
        }
        return values;
    }
}
