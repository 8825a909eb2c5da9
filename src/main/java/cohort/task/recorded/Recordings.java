package cohort.task.recorded;

import cohort.config.Counted;
import cohort.config.UserError;
import cohort.storage.Files;
import cohort.task.Split;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The recordings of a warehouse. */
public final class Recordings {
    private static final String FOLDER = "recordings";

    private Recordings() {}

    /** The file of a recording in a warehouse. */
    static String path(String warehouse, String name) {
        return warehouse + "/" + FOLDER + "/" + name + ".safetensors";
    }

    /**
     * Keeps a recording in a warehouse; returns its path.
     *
     * @throws UserError if there is one of this name: runs may have been trained on it
     */
    public static String store(Files files, String warehouse, String name, byte[] recording) throws IOException {
        String path = path(warehouse, name);
        if (files.exists(path)) {
            throw new UserError("there is a recording " + name + " in " + warehouse + " already: choose another --as");
        }
        files.replace(path, recording);
        return path;
    }

    /** What a recording holds, in a line. */
    public static String describe(byte[] bytes) throws IOException {
        Recording recording = Recording.parse(bytes);
        Recording.Form form = recording.form();
        int[] steps = IntStream.range(0, recording.trials())
                .map(recording::steps)
                .sorted()
                .toArray();
        return Counted.of(recording.trials(), "trial") + " of " + steps[0]
                + (steps[0] == steps[steps.length - 1] ? "" : " to " + steps[steps.length - 1]) + " steps, "
                + Counted.of(form.channels(), "input") + ", " + form.outputs()
                + (form.hasClasses() ? " classes" : " output values") + "; held out: "
                + RecordedSource.trials(recording, Split.TEST).length + " for the accuracy, "
                + RecordedSource.trials(recording, Split.VALIDATION).length + " for the loss; conditions: "
                + (form.factors().isEmpty()
                        ? "none"
                        : form.factors().stream().map(factor -> factor.name()).collect(Collectors.joining(", ")));
    }
}
