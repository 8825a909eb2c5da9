package cohort.task;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Predicate;

/**
 * How tasks of ours are compared with a file of exact trials, or of statistics of trials that all have one length: files that, other
 * than neurogym's, each say in their own way what was given. Found by {@link java.util.ServiceLoader}.
 */
public interface ExactTrials {
    /** What the files' field "task" says. */
    List<String> names();

    /** Compares all that a file records. */
    void compare(JsonNode golden, GoldenComparison comparison);

    /** The first trial of a task that is as it should be. */
    static Trial first(Task task, Predicate<Trial> isWanted) {
        TrialSource source = task.trials(2026, Split.TEST);
        Trial trial = new Trial(source.signature());
        for (int index = 0; index < 100_000; index++) {
            source.read(index, trial);
            if (isWanted.test(trial)) {
                return trial;
            }
        }
        throw new AssertionError("no such trial of " + task);
    }

    /** A trial of a task with one period that shows what is given, [step][channel]; its targets are yet to be asked for. */
    static Trial showing(Task task, double[][] inputs) {
        Trial trial = new Trial(task.signature());
        trial.begin(0);
        trial.setSteps(0, inputs.length);
        trial.clear();
        for (int step = 0; step < inputs.length; step++) {
            for (int channel = 0; channel < inputs[step].length; channel++) {
                trial.paintSteps(step, step + 1, channel, inputs[step][channel]);
            }
        }
        return trial;
    }

    /** An array of arrays of numbers, or of numbers: then each is an array of one. */
    static double[][] rows(JsonNode array) {
        double[][] rows = new double[array.size()][];
        for (int row = 0; row < rows.length; row++) {
            JsonNode node = array.get(row);
            rows[row] = new double[node.isArray() ? node.size() : 1];
            for (int i = 0; i < rows[row].length; i++) {
                rows[row][i] = node.isArray() ? node.get(i).doubleValue() : node.doubleValue();
            }
        }
        return rows;
    }
}
