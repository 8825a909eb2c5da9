package cohort.run;

import cohort.network.NetworkSpec;
import cohort.network.Parameters;
import cohort.storage.Files;
import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What the runs of a sweep begin with. Model files are read once, on the driver, where the user's folders are, and their weights go to
 * whoever does the runs; so a file that cannot be used is found before the others have taken their hours.
 */
public final class FirstParameters implements Serializable {
    private static final long serialVersionUID = 1;

    private final Map<Model, float[]> models = new HashMap<>();

    private record Model(String file, NetworkSpec network) implements Serializable {
        static Model of(RunSpec run) {
            return new Model(run.initialModel(), run.plan().network());
        }
    }

    /**
     * Reads the models that runs begin with.
     *
     * @param told hears what of the files was not taken as it stands there
     */
    public static FirstParameters read(Files files, List<RunSpec> runs, Consumer<String> told) throws IOException {
        FirstParameters all = new FirstParameters();
        for (RunSpec run : runs) {
            if (!run.initialModel().isEmpty() && !all.models.containsKey(Model.of(run))) {
                all.models.put(Model.of(run), run.firstParameters(files, told).values());
            }
        }
        return all;
    }

    public Parameters of(RunSpec run) throws IOException {
        if (run.initialModel().isEmpty()) {
            return run.firstParameters(null, told -> {});
        }
        float[] values = models.get(Model.of(run));
        if (values == null) {
            throw new IOException("model " + run.initialModel() + " was not read");
        }
        return new Parameters(run.plan().network(), values.clone());
    }
}
