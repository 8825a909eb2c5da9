package cohort.run;

import cohort.evaluation.Accuracy;
import cohort.evaluation.AccuracyTally;
import cohort.evaluation.ChoiceCount;
import cohort.evaluation.ResponseTimes;
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
 * @param times response times, where they matter
 */
public record Stage(
        long step, NavigableMap<Condition, Accuracy> accuracy, List<ChoiceCount> choices, List<ResponseTimes> times) {
    /** What a tally has counted. */
    public static Stage of(long step, AccuracyTally tally) {
        return new Stage(step, tally.perCondition(), tally.choices(), tally.responseTimes());
    }

    /** The same in a form that is written to a file; conditions are the values of their factors. */
    record Stored(long step, List<StoredAccuracy> accuracy, List<StoredChoice> choices, List<StoredTimes> times) {
        record StoredAccuracy(List<Double> condition, Accuracy accuracy) {}

        Stored {
            times = times == null ? List.of() : times; // of a run that an earlier version has begun
        }

        record StoredTimes(
                List<Double> condition,
                boolean correct,
                long trials,
                double mean,
                double sd,
                double q10,
                double q25,
                double median,
                double q75,
                double q90) {
            static StoredTimes of(ResponseTimes of) {
                return new StoredTimes(
                        values(of.condition()),
                        of.correct(),
                        of.trials(),
                        of.mean(),
                        of.sd(),
                        of.q10(),
                        of.q25(),
                        of.median(),
                        of.q75(),
                        of.q90());
            }

            ResponseTimes times(List<Factor> factors) {
                return new ResponseTimes(
                        Stored.condition(factors, condition), correct, trials, mean, sd, q10, q25, median, q75, q90);
            }
        }

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
                            .toList(),
                    stage.times.stream().map(StoredTimes::of).toList());
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
                            .toList(),
                    times.stream().map(one -> one.times(factors)).toList());
        }
    }
}
