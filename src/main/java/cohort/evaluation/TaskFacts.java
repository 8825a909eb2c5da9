package cohort.evaluation;

import cohort.task.Condition;
import cohort.task.IdealObserver;
import cohort.task.Response;
import cohort.task.Task;
import cohort.task.Trial;
import cohort.task.TrialSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What there is to know of a task without a network: looked up in its first trials.
 *
 * @param chance accuracy of who guesses
 * @param ceiling highest accuracy that can be expected, over conditions in which somebody can do better than chance; 1 where no ideal
 *     observer is known
 * @param examples index of the first trial of each condition, in the conditions' order
 * @param shortest steps of the shortest trial seen
 * @param longest steps of the longest trial seen
 */
public record TaskFacts(
        double chance, double ceiling, NavigableMap<Condition, Long> examples, int shortest, int longest) {
    public TaskFacts {
        examples = Collections.unmodifiableNavigableMap(new TreeMap<>(examples));
    }

    /** Looks at so many trials. */
    public static TaskFacts of(Task task, Response response, TrialSource source, int trials) {
        Trial trial = new Trial(source.signature());
        IdealObserver ideal = task.ideal().orElse(null);
        TreeMap<Condition, Long> examples = new TreeMap<>();
        TreeMap<Condition, double[]> possible = new TreeMap<>();
        int shortest = Integer.MAX_VALUE;
        int longest = 0;
        for (long index = 0; index < trials; index++) {
            source.read(index, trial);
            examples.putIfAbsent(trial.condition(), index);
            double[] sum = possible.computeIfAbsent(trial.condition(), condition -> new double[2]);
            sum[0] += ideal == null ? 1 : ideal.accuracy(trial);
            sum[1]++;
            shortest = Math.min(shortest, trial.steps());
            longest = Math.max(longest, trial.steps());
        }
        double right = 0;
        double counted = 0;
        for (double[] sum : possible.values()) {
            if (sum[0] / sum[1] > response.chance()) {
                right += sum[0];
                counted += sum[1];
            }
        }
        return new TaskFacts(response.chance(), right / counted, examples, shortest, longest);
    }

    /** Indices of at most so many of the examples, from the first condition to the last, the same distance apart. */
    public List<Long> examples(int most) {
        List<Long> all = List.copyOf(examples.values());
        List<Long> some = new ArrayList<>();
        for (int i = 0; i < Math.min(most, all.size()); i++) {
            some.add(all.get(all.size() <= most ? i : i * (all.size() - 1) / Math.max(1, most - 1)));
        }
        return some;
    }
}
