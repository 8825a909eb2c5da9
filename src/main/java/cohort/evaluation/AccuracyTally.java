package cohort.evaluation;

import cohort.task.Task;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Counts choices per condition. Counts are integers, so tallies of parts merge into the same whole in any order; the ideal
 * observer is worked out at the end, from how many trials had a stimulus of which length.
 */
public final class AccuracyTally implements Serializable {
    private static final long serialVersionUID = 1;

    /** What happened at one coherence. */
    private static final class Counts implements Serializable {
        private static final long serialVersionUID = 1;

        /** Trials by choice, for each ground truth. */
        final TreeMap<Integer, long[]> choices = new TreeMap<>();

        final TreeMap<Integer, Long> stimulusSteps = new TreeMap<>();

        void add(int groundTruth, int choice, long trials) {
            long[] row = choices.computeIfAbsent(groundTruth, truth -> new long[truth + 1]);
            if (choice >= row.length) {
                row = Arrays.copyOf(row, choice + 1);
                choices.put(groundTruth, row);
            }
            row[choice] += trials;
        }
    }

    private final TreeMap<Double, Counts> byCoherence = new TreeMap<>();

    public void add(TrialOutcome outcome) {
        Counts counts = byCoherence.computeIfAbsent(outcome.coherencePercent(), c -> new Counts());
        counts.add(outcome.groundTruth(), outcome.choice(), 1);
        counts.stimulusSteps.merge(outcome.stimulusSteps(), 1L, Long::sum);
    }

    public static AccuracyTally of(List<TrialOutcome> outcomes) {
        AccuracyTally tally = new AccuracyTally();
        outcomes.forEach(tally::add);
        return tally;
    }

    /** Adds another tally's counts to this one. */
    public void merge(AccuracyTally other) {
        other.byCoherence.forEach((coherence, theirs) -> {
            Counts ours = byCoherence.computeIfAbsent(coherence, c -> new Counts());
            theirs.choices.forEach((truth, row) -> {
                for (int choice = 0; choice < row.length; choice++) {
                    ours.add(truth, choice, row[choice]);
                }
            });
            theirs.stimulusSteps.forEach((steps, trials) -> ours.stimulusSteps.merge(steps, trials, Long::sum));
        });
    }

    /** How often each choice was made in each condition, by coherence, ground truth and choice; what never happened is left out. */
    public List<ChoiceCount> choices() {
        List<ChoiceCount> result = new ArrayList<>();
        byCoherence.forEach((coherence, counts) -> counts.choices.forEach((truth, row) -> {
            for (int choice = 0; choice < row.length; choice++) {
                if (row[choice] > 0) {
                    result.add(new ChoiceCount(coherence, truth, choice, row[choice]));
                }
            }
        }));
        return result;
    }

    /** Accuracy at each coherence in percent, in ascending order. */
    public NavigableMap<Double, Accuracy> perCoherence(Task task) {
        TreeMap<Double, Accuracy> result = new TreeMap<>();
        byCoherence.forEach((coherence, counts) -> result.put(coherence, accuracy(task, coherence, counts)));
        return result;
    }

    /**
     * Accuracy over all trials with a coherence above 0: those in which there is something to be right about.
     *
     * @return all counts 0 if there are none
     */
    public Accuracy overall(Task task) {
        long trials = 0;
        long correct = 0;
        long noResponse = 0;
        double ideal = 0;
        for (Accuracy accuracy : perCoherence(task).tailMap(0.0, false).values()) {
            trials += accuracy.trials();
            correct += accuracy.correct();
            noResponse += accuracy.noResponse();
            ideal += accuracy.ideal() * accuracy.trials();
        }
        return new Accuracy(trials, correct, noResponse, ideal / trials, 1.0 / task.choices());
    }

    private static Accuracy accuracy(Task task, double coherence, Counts counts) {
        long trials = 0;
        long correct = 0;
        long noResponse = 0;
        for (var entry : counts.choices.entrySet()) {
            long[] row = entry.getValue();
            trials += Arrays.stream(row).sum();
            correct += row[entry.getKey()];
            noResponse += row[0];
        }
        double ideal = 0;
        for (var entry : counts.stimulusSteps.entrySet()) {
            ideal += entry.getValue() * best(task, coherence, entry.getKey());
        }
        return new Accuracy(trials, correct, noResponse, ideal / trials, 1.0 / task.choices());
    }

    /** Best accuracy that can be expected; 1 where nobody knows. */
    private static double best(Task task, double coherence, int stimulusSteps) {
        return task.ideal()
                .map(ideal -> ideal.accuracy(coherence, stimulusSteps))
                .orElse(1.0);
    }
}
