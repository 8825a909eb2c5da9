package cohort.task.library.yang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cohort.storage.Safetensors;
import cohort.task.Trial;
import cohort.training.Loss;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;

/**
 * Compares losses and gradients of given outputs and targets, with the weights that our trials of the same times have. Their outputs are
 * logistic where values are asked for: that, and its gradient, is calculated here.
 */
final class YangLosses {
    private static final int OUTPUTS = 33;

    private final Safetensors file;
    private final String name;
    private final JsonNode node;
    private final boolean isSoftmax;
    private final int steps;
    private final int lanes;

    private YangLosses(Safetensors file, String name, JsonNode node) {
        this.file = file;
        this.name = name;
        this.node = node;
        String type = node.get("loss_type").textValue();
        assertThat(type).isIn("lsq", "softmax");
        this.isSoftmax = type.equals("softmax");
        this.steps = node.get("T").intValue();
        this.lanes = node.get("trials").intValue();
    }

    static void compare(Safetensors file) throws IOException {
        JsonNode cases = new ObjectMapper().readTree(file.metadata().get("cases"));
        assertThat(cases).isNotEmpty();
        cases.fields().forEachRemaining(one -> new YangLosses(file, one.getKey(), one.getValue()).compare());
    }

    private float[] tensor(String what) {
        var values = file.tensors().get(name + "/" + what).values();
        float[] array = new float[values.capacity()];
        values.get(array);
        return array;
    }

    private void compare() {
        float[] gradient = new float[steps * lanes * OUTPUTS];
        String mask = isSoftmax ? "normalised" : "squared";
        assertThat(loss(mask, gradient)).as(name).isCloseTo(number("loss"), within(1e-5 * number("loss")));
        String other = isSoftmax ? "loss_mask_not_normalised" : "loss_mask_not_squared";
        assertThat(loss("plain", new float[gradient.length]))
                .as(name + ": " + other)
                .isCloseTo(number(other), within(1e-5 * number(other)));

        float[] logits = tensor("logits");
        float[] theirs = tensor("grad_logits");
        for (int i = 0; i < gradient.length; i++) {
            double output = logistic(logits[i]);
            double ours = gradient[i] * (isSoftmax ? 1 : output * (1 - output));
            assertThat(ours)
                    .as("%s: gradient %s", name, i)
                    .isCloseTo(theirs[i], within(1e-8 + 1e-5 * Math.abs(theirs[i])));
        }
        compareMask();
    }

    private double number(String field) {
        return node.get(field).doubleValue();
    }

    private static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** The mean over steps and lanes, and its gradient by the outputs. */
    private double loss(String mask, float[] gradient) {
        float[] outputs = tensor("logits");
        if (!isSoftmax) {
            float[] theirs = tensor("y_hat");
            for (int i = 0; i < outputs.length; i++) {
                outputs[i] = (float) logistic(outputs[i]);
                assertThat(outputs[i]).isCloseTo(theirs[i], within(1e-6f));
            }
        }
        Trial trial = trial(mask);
        float[] weights = new float[steps * lanes];
        for (int row = 0; row < weights.length; row++) {
            weights[row] = trial.weights()[row / lanes];
        }
        int rows = weights.length;
        Loss loss = isSoftmax ? Loss.CROSS_ENTROPY : Loss.MEAN_SQUARED_ERROR;
        double sum = loss.evaluate(
                outputs, tensor("y"), weights, rows, trial.signature().outputs(), 1.0 / rows, gradient);
        return sum / rows;
    }

    /** A trial of their times; where its stimuli are does not matter to the weights. */
    private Trial trial(String mask) {
        YangTask task = YangExamples.task(
                node.get("rule").textValue(),
                "task.sigma=0",
                "task.mask=" + mask,
                "task.targets=" + (isSoftmax ? "classes" : "values"));
        return YangExamples.show(
                task,
                YangExamples.steps(task, node.get("times"), steps),
                YangStimulus.in(1, 1, 1),
                YangStimulus.in(1, 4, 0.9));
    }

    private void compareMask() {
        float[] theirs = tensor("c_mask");
        Trial trial = trial(isSoftmax ? "normalised" : "plain");
        int width = theirs.length / (steps * lanes);
        assertThat(width).isEqualTo(isSoftmax ? 1 : OUTPUTS);
        float[] ours = new float[theirs.length];
        for (int i = 0; i < ours.length; i++) {
            ours[i] = (float) YangExamples.weight(trial, i / width / lanes, i % width);
        }
        for (int i = 0; i < ours.length; i++) {
            assertThat(ours[i]).as("%s: mask %s", name, i).isCloseTo(theirs[i], within(1e-6f));
        }
        assertThat(Arrays.equals(ours, new float[ours.length])).isFalse();
    }
}
