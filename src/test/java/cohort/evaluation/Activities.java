package cohort.evaluation;

import cohort.task.Answer;
import cohort.task.Condition;
import cohort.task.Factor;
import cohort.task.Timeline;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jetbrains.bio.npy.NpyArray;
import org.jetbrains.bio.npy.NpzFile;

/** Activity made by hand, and the arrays of reference files. */
final class Activities {
    private Activities() {}

    /** A trial without fixation and delay, whose last step is the decision. */
    static TrialActivity of(int answer, double coherence, int choice, int units, float... states) {
        int steps = states.length / units;
        TrialOutcome outcome = outcome(0, answer, coherence, steps, choice);
        return new TrialActivity(
                outcome,
                new Timeline(List.of("fixation", "stimulus", "delay", "decision"), 0, steps - 1, steps - 1, steps),
                units,
                states);
    }

    static TrialOutcome outcome(long trial, int answer, double coherence, int steps, int choice) {
        Condition condition = new Condition(List.of(new Factor("coherence", "%", "")), coherence);
        return new TrialOutcome(
                trial, condition, steps, answer, Answer.choice(choice, choice == answer), Double.NaN, Double.NaN);
    }

    /** A trial whose conditions do not matter. */
    static TrialActivity ofUnits(int units, float... states) {
        return of(1, 6.4, 1, units, states);
    }

    /** A trial with another state of its one unit throughout. */
    static TrialActivity constant(double coherence, int choice, float state) {
        float[] states = new float[4];
        Arrays.fill(states, state);
        return of(1, coherence, choice, 1, states);
    }

    /** The arrays of a file of src/test/resources/references. */
    static NpzFile.Reader reference(String name) throws URISyntaxException {
        return NpzFile.read(
                Path.of(Activities.class.getResource("/references/" + name).toURI()));
    }

    static NpyArray read(NpzFile.Reader file, String name) {
        return file.get(name, Integer.MAX_VALUE);
    }
}
