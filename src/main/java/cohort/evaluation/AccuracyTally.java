package cohort.evaluation;

import cohort.task.Condition;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Counts answers, and their response times, per condition. Counts are integers, so tallies of parts merge into the same whole in any order; what the ideal observer
 * can be expected to do is added up at the end, from how many trials had which probability.
 */
public final class AccuracyTally implements Serializable {
    private static final long serialVersionUID = 1;

    /** What happened in one condition. */
    private static final class Counts implements Serializable {
        private static final long serialVersionUID = 1;

        /** Trials by choice, for each right answer. */
        final TreeMap<Integer, long[]> choices = new TreeMap<>();

        /** Trials by the probability that the ideal observer is right; NaN if none is known. */
        final TreeMap<Double, Long> ideal = new TreeMap<>();

        long correct;

        void add(int answer, int choice, long trials) {
            long[] row = choices.computeIfAbsent(answer, right -> new long[right + 1]);
            if (choice >= row.length) {
                row = Arrays.copyOf(row, choice + 1);
                choices.put(answer, row);
            }
            row[choice] += trials;
        }
    }

    private final double chance;
    private final TreeMap<Condition, Counts> byCondition = new TreeMap<>();
    private final ResponseTimeTally times = new ResponseTimeTally();

    /**
     * Counts nothing yet.
     *
     * @param chance accuracy of guessing at the task
     */
    public AccuracyTally(double chance) {
        this.chance = chance;
    }

    public void add(TrialOutcome outcome) {
        Counts counts = byCondition.computeIfAbsent(outcome.condition(), c -> new Counts());
        counts.add(outcome.answer(), outcome.choice(), 1);
        counts.ideal.merge(outcome.ideal(), 1L, Long::sum);
        counts.correct += outcome.correct() ? 1 : 0;
        times.add(outcome);
    }

    /** Adds another tally's counts to this one. */
    public void merge(AccuracyTally other) {
        times.merge(other.times);
        other.byCondition.forEach((condition, theirs) -> {
            Counts ours = byCondition.computeIfAbsent(condition, c -> new Counts());
            theirs.choices.forEach((answer, row) -> {
                for (int choice = 0; choice < row.length; choice++) {
                    ours.add(answer, choice, row[choice]);
                }
            });
            theirs.ideal.forEach((probability, trials) -> ours.ideal.merge(probability, trials, Long::sum));
            ours.correct += theirs.correct;
        });
    }

    /** How often each choice was made, by condition, right answer and choice; what never happened is left out. */
    public List<ChoiceCount> choices() {
        List<ChoiceCount> result = new ArrayList<>();
        byCondition.forEach((condition, counts) -> counts.choices.forEach((answer, row) -> {
            for (int choice = 0; choice < row.length; choice++) {
                if (row[choice] > 0) {
                    result.add(new ChoiceCount(condition, answer, choice, row[choice]));
                }
            }
        }));
        return result;
    }

    /** Response times by condition and whether answers were right; none where such times do not matter. */
    public List<ResponseTimes> responseTimes() {
        return times.times();
    }

    /** Accuracy in each condition, in their order. */
    public NavigableMap<Condition, Accuracy> perCondition() {
        TreeMap<Condition, Accuracy> result = new TreeMap<>();
        byCondition.forEach((condition, counts) -> result.put(condition, accuracy(counts)));
        return result;
    }

    /**
     * Accuracy over all conditions in which somebody can do better than chance: those in which there is something to be right about.
     *
     * @return all counts 0 if there are none
     */
    public Accuracy overall() {
        long trials = 0;
        long correct = 0;
        long noResponse = 0;
        double ideal = 0;
        for (Accuracy accuracy : perCondition().values()) {
            if (accuracy.possible() > chance) {
                trials += accuracy.trials();
                correct += accuracy.correct();
                noResponse += accuracy.noResponse();
                ideal += accuracy.ideal() * accuracy.trials();
            }
        }
        return new Accuracy(trials, correct, noResponse, ideal / trials, chance);
    }

    private Accuracy accuracy(Counts counts) {
        long trials = 0;
        long noResponse = 0;
        for (long[] row : counts.choices.values()) {
            trials += Arrays.stream(row).sum();
            noResponse += row[0];
        }
        double ideal = 0;
        for (var entry : counts.ideal.entrySet()) {
            ideal += entry.getValue() * entry.getKey();
        }
        return new Accuracy(trials, counts.correct, noResponse, ideal / trials, chance);
    }
}
