package cohort.run;

import cohort.evaluation.Accuracy;
import cohort.evaluation.AccuracyTally;
import cohort.evaluation.ChoiceCount;
import cohort.task.Condition;
import cohort.task.Factor;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What a test at a stage of learning has found.
 *
 * @param step optimizer steps that the network had done
 * @param accuracy in each condition
 * @param choices how often each choice was made
 */
public record Stage(long step, NavigableMap<Condition, Accuracy> accuracy, List<ChoiceCount> choices) {
    /** What a tally has counted. */
    public static Stage of(long step, AccuracyTally tally) {
        return new Stage(step, tally.perCondition(), tally.choices());
    }

    /** The same in a form that is written to a file; conditions are the values of their factors. */
    record Stored(long step, List<StoredAccuracy> accuracy, List<StoredChoice> choices) {
        record StoredAccuracy(List<Double> condition, Accuracy accuracy) {}

        record StoredChoice(List<Double> condition, int answer, int choice, long trials) {}

        static Stored of(Stage stage) {
            return new Stored(
                    stage.step,
                    stage.accuracy.entrySet().stream()
                            .map(entry -> new StoredAccuracy(values(entry.getKey()), entry.getValue()))
                            .toList(),
                    stage.choices.stream()
                            .map(count -> new StoredChoice(
                                    values(count.condition()), count.answer(), count.choice(), count.trials()))
                            .toList());
        }

        private static List<Double> values(Condition condition) {
            return Arrays.stream(condition.values()).boxed().toList();
        }

        private static Condition condition(List<Factor> factors, List<Double> values) {
            return new Condition(
                    factors, values.stream().mapToDouble(value -> value).toArray());
        }

        Stage stage(List<Factor> factors) {
            NavigableMap<Condition, Accuracy> conditions = new TreeMap<>();
            accuracy.forEach(one -> conditions.put(condition(factors, one.condition()), one.accuracy()));
            return new Stage(
                    step,
                    conditions,
                    choices.stream()
                            .map(one -> new ChoiceCount(
                                    condition(factors, one.condition()), one.answer(), one.choice(), one.trials()))
                            .toList());
        }
    }
}
