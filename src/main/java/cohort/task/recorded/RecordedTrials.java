package cohort.task.recorded;

import cohort.config.Settings;
import cohort.storage.Files;
import cohort.task.Answer;
import cohort.task.ChoiceRule;
import cohort.task.Duration;
import cohort.task.Group;
import cohort.task.LargestOutput;
import cohort.task.Outputs;
import cohort.task.PeriodSpec;
import cohort.task.Response;
import cohort.task.Signature;
import cohort.task.Split;
import cohort.task.Task;
import cohort.task.TaskFactory;
import cohort.task.Trial;
import cohort.task.TrialSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.hadoop.conf.Configuration;

/**
 * Trials that were made elsewhere, by NumPy or another simulator, and imported. Training goes through those that are not held out in an
 * order that each epoch draws anew; of those held out every second one is for the loss, the others for the accuracy.
 *
 * @param name of the task in tables
 * @param recording the trials
 * @param dtMillis length of a step in milliseconds
 * @param tolerance of values: an answer is right if its root mean squared error over the last period is below this
 */
record RecordedTrials(String name, Recording recording, double dtMillis, double tolerance) implements Task {
    /** The kind in configurations. */
    static final String KIND = "recorded";

    @Override
    public Signature signature() {
        Recording.Form form = recording.form();
        List<PeriodSpec> periods = new ArrayList<>();
        for (int p = 0; p < form.periods().size(); p++) {
            int period = p;
            int[] steps = IntStream.range(0, recording.trials())
                    .map(trial -> recording.steps(trial, period))
                    .sorted()
                    .toArray();
            periods.add(new PeriodSpec(
                    form.periods().get(p),
                    new Duration.Uniform(steps[0] * dtMillis, steps[steps.length - 1] * dtMillis)));
        }
        return new Signature(
                name,
                dtMillis,
                List.of(new Group("inputs", 0, form.channels())),
                List.of(new Group("outputs", 0, form.outputs())),
                periods,
                form.factors());
    }

    @Override
    public long size(Split split) {
        return RecordedSource.trials(recording, split).length;
    }

    @Override
    public void plan(UniformRandomProvider random, Trial into) {
        throw new UnsupportedOperationException("recorded trials are not drawn");
    }

    @Override
    public void show(UniformRandomProvider random, Trial trial) {
        throw new UnsupportedOperationException("recorded trials are not drawn");
    }

    @Override
    public TrialSource trials(long seed, Split split) {
        return new RecordedSource(signature(), recording, seed, split);
    }

    @Override
    public Response response(ChoiceRule rule) {
        int last = recording.form().periods().size() - 1;
        if (!recording.form().hasClasses()) {
            return new SmallError(tolerance, last);
        }
        int[] tested = RecordedSource.trials(recording, Split.TEST);
        int most = 0;
        for (int answer = 0; answer <= recording.maxAnswer(); answer++) {
            int same = answer;
            most = Math.max(most, (int) IntStream.of(tested)
                    .filter(trial -> recording.answer(trial) == same)
                    .count());
        }
        double chance = Math.min((double) most / tested.length, 1 - 1e-9);
        return new LargestOutput(recording.form().outputs() - 1, chance, rule, last);
    }

    /**
     * An answer, of which there is one kind, is right if the outputs are near their targets in the last period.
     *
     * @param tolerance the root mean squared error is below this
     * @param period place of the period
     */
    private record SmallError(double tolerance, int period) implements Response {
        @Override
        public int choices() {
            return 1;
        }

        @Override
        public double chance() {
            return 0;
        }

        @Override
        public Answer read(Trial trial, Outputs outputs) {
            double sum = 0;
            double count = 0;
            int width = trial.outputs();
            for (int step = trial.start(period); step < trial.end(period); step++) {
                for (int output = 0; output < width; output++) {
                    double error = outputs.at(step, output) - (double) trial.targets()[step * width + output];
                    sum += trial.weights()[step] * error * error;
                    count += trial.weights()[step];
                }
            }
            double error = Math.sqrt(sum / count);
            return new Answer(1, error, Double.NaN, error < tolerance);
        }
    }

    /** Makes the task from a configuration. */
    public static final class Factory implements TaskFactory {
        @Override
        public String name() {
            return KIND;
        }

        @Override
        public boolean isComplete() {
            return false; // a name of a recording is missing
        }

        @Override
        public String about() {
            return "Trials that were made elsewhere and imported.";
        }

        @Override
        public String source() {
            return "your own";
        }

        @Override
        public String defaults() {
            return """
                    task {
                      # Name of the recording: what `import FILE --as NAME` was told.
                      recording = ""
                      # SHA-256 of the recording; filled in.
                      recording-digest = ""
                      # Of targets that are values: an answer is right if its root mean squared error over the last period is below this.
                      tolerance = 0.1
                    }
                    # A lane of a batch is one whole trial.
                    data.form = trials
                    # Loss weights of periods stand in the recording.
                    training.period-weights {}
                    """;
        }

        private static Recording recording(Settings settings) {
            String name = settings.text("task.recording");
            if (name.isEmpty()) {
                throw settings.error(
                        "task.recording", "must name a recording: submit/local import FILE --as NAME makes one");
            }
            String path = Recordings.path(settings.path("warehouse"), name);
            try {
                return Recording.read(new Files(new Configuration()), path);
            } catch (IOException e) {
                throw settings.error(
                        "task.recording",
                        "cannot be read (" + e.getMessage() + "): submit/local import FILE --as " + name
                                + " --warehouse " + settings.path("warehouse"));
            }
        }

        @Override
        public Map<String, String> digests(Settings settings) {
            return Map.of("task.recording-digest", recording(settings).digest());
        }

        @Override
        public Task of(Settings settings) {
            return new RecordedTrials(
                    settings.text("task.recording"),
                    recording(settings),
                    TaskFactory.dtMillis(settings),
                    settings.number("task.tolerance", "a number above 0", v -> v > 0));
        }
    }
}
