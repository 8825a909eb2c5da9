package cohort.task.recorded;

import cohort.storage.Files;
import cohort.storage.Safetensors;
import cohort.task.Factor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Serializable;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Trials that were made elsewhere, whole in memory. Steps of all trials stand one after the other. A recording is read once, on the
 * driver, and travels with the task; equal ones are the same object there, so that a sweep takes it along once.
 */
final class Recording implements Serializable {
    private static final long serialVersionUID = 1;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DESCRIPTION = "cohort.recording";
    private static final String FACTOR = "factor.";

    /** By path and time: a file is read once. */
    private static final Map<String, Recording> READ = new ConcurrentHashMap<>();

    /** What all trials have in common. */
    record Form(int channels, int outputs, boolean hasClasses, List<String> periods, List<Factor> factors)
            implements Serializable {
        Form {
            periods = List.copyOf(periods);
            factors = List.copyOf(factors);
        }
    }

    private final Form form;
    private final String digest;
    private final int[] starts;
    private final int[] ends;
    private final int[] answers;
    private final boolean[] heldOut;
    /** Of each factor the values there are. */
    private final double[][] values;
    /** Of each factor and trial the place of its value among them. */
    private final int[][] conditions;

    private final float[] inputs;
    private final float[] targets;
    private final float[] weights;

    private Recording(Form form, double[][] values, String digest, Map<String, Safetensors.Tensor> tensors) {
        this.form = form;
        this.values = values;
        this.digest = digest;
        this.ends = integers(tensors.get("ends"));
        this.answers = integers(tensors.get("answers"));
        int[] held = integers(tensors.get("held-out"));
        this.heldOut = new boolean[held.length];
        this.inputs = floats(tensors.get("inputs"));
        this.targets = floats(tensors.get("targets"));
        this.weights = floats(tensors.get("weights"));
        this.conditions = form.factors().stream()
                .map(factor -> integers(tensors.get(FACTOR + factor.name())))
                .toArray(int[][]::new);
        this.starts = new int[answers.length + 1];
        for (int trial = 0; trial < answers.length; trial++) {
            heldOut[trial] = held[trial] == 1;
            starts[trial + 1] = starts[trial] + steps(trial);
        }
    }

    private static float[] floats(Safetensors.Tensor tensor) {
        FloatBuffer values = tensor.values();
        float[] array = new float[values.remaining()];
        values.get(array);
        return array;
    }

    private static int[] integers(Safetensors.Tensor tensor) {
        float[] floats = floats(tensor);
        return IntStream.range(0, floats.length).map(i -> (int) floats[i]).toArray();
    }

    /**
     * Reads a file that {@link #toBytes} made.
     *
     * @throws IOException if there is none, or it is damaged
     */
    static Recording read(Files files, String path) throws IOException {
        OptionalLong modified = files.modified(path);
        if (modified.isEmpty()) {
            throw new IOException("there is no file " + path);
        }
        String key = path + " " + modified.getAsLong();
        Recording known = READ.get(key);
        if (known == null) {
            known = parse(files.read(path));
            Recording before = READ.putIfAbsent(key, known);
            known = before == null ? known : before;
        }
        return known;
    }

    /** Reads the content of a file. */
    static Recording parse(byte[] bytes) throws IOException {
        Safetensors file = Safetensors.parse(bytes);
        String description = file.metadata().get(DESCRIPTION);
        if (description == null) {
            throw new IOException("it holds no recorded trials");
        }
        JsonNode form = JSON.readTree(description);
        List<String> periods = new ArrayList<>();
        form.get("periods").forEach(period -> periods.add(period.textValue()));
        List<Factor> factors = new ArrayList<>();
        List<double[]> values = new ArrayList<>();
        form.get("factors").properties().forEach(factor -> {
            factors.add(new Factor(factor.getKey(), "", "as recorded"));
            values.add(JSON.convertValue(factor.getValue(), double[].class));
        });
        return new Recording(
                new Form(
                        form.get("channels").intValue(),
                        form.get("outputs").intValue(),
                        form.get("classes").booleanValue(),
                        periods,
                        factors),
                values.toArray(double[][]::new),
                DigestUtils.sha256Hex(bytes),
                file.tensors());
    }

    /**
     * The content of a file of trials.
     *
     * @param tensors inputs [step, channel], targets [step, output], or [step] for classes, weights [step], ends [trial, period], answers
     *     [trial], held-out [trial]
     * @param conditions values [trial] of the factors, by their names
     */
    static byte[] toBytes(Form form, Map<String, float[]> tensors, Map<String, double[]> conditions) {
        ObjectNode description = JSON.createObjectNode();
        description.put("channels", form.channels());
        description.put("outputs", form.outputs());
        description.put("classes", form.hasClasses());
        form.periods().forEach(description.putArray("periods")::add);
        ObjectNode factors = description.putObject("factors");
        Map<String, float[]> all = new LinkedHashMap<>(tensors);
        conditions.forEach((name, ofTrials) -> {
            double[] values = Arrays.stream(ofTrials).distinct().sorted().toArray();
            factors.putPOJO(name, values);
            float[] places = new float[ofTrials.length];
            for (int trial = 0; trial < places.length; trial++) {
                places[trial] = Arrays.binarySearch(values, ofTrials[trial]);
            }
            all.put(FACTOR + name, places);
        });
        Map<String, Safetensors.Tensor> stored = new LinkedHashMap<>();
        all.forEach((name, values) ->
                stored.put(name, new Safetensors.Tensor(new int[] {values.length}, FloatBuffer.wrap(values))));
        try {
            return new Safetensors(stored, Map.of(DESCRIPTION, JSON.writeValueAsString(description))).toBytes();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    Form form() {
        return form;
    }

    /** SHA-256 of the file. */
    String digest() {
        return digest;
    }

    int trials() {
        return answers.length;
    }

    boolean isHeldOut(int trial) {
        return heldOut[trial];
    }

    int answer(int trial) {
        return answers[trial];
    }

    int maxAnswer() {
        return Arrays.stream(answers).max().orElse(0);
    }

    double condition(int factor, int trial) {
        return values[factor][conditions[factor][trial]];
    }

    /** Step after the last one of a period of a trial. */
    int end(int trial, int period) {
        return ends[trial * form.periods().size() + period];
    }

    int steps(int trial) {
        return end(trial, form.periods().size() - 1);
    }

    /** Steps of a period in a trial. */
    int steps(int trial, int period) {
        return end(trial, period) - (period == 0 ? 0 : end(trial, period - 1));
    }

    /** Copies what a trial shows and asks for. */
    void copy(int trial, float[] toInputs, float[] toTargets, float[] toWeights) {
        int first = starts[trial];
        int steps = steps(trial);
        System.arraycopy(inputs, first * form.channels(), toInputs, 0, steps * form.channels());
        System.arraycopy(weights, first, toWeights, 0, steps);
        if (form.hasClasses()) {
            for (int step = 0; step < steps; step++) {
                toTargets[step * form.outputs() + (int) targets[first + step]] = 1;
            }
        } else {
            System.arraycopy(targets, first * form.outputs(), toTargets, 0, steps * form.outputs());
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Recording recording && digest.equals(recording.digest);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }
}
