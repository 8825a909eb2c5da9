package cohort.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cohort.task.Group;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LossTest {
    private static final int ROWS = 13;
    private static final int SIZE = 5;
    private static final List<Group> GROUPS = group(SIZE);

    private static List<Group> group(int size) {
        return List.of(new Group("outputs", 0, size));
    }

    @Test
    void crossEntropyOfEqualLogitsIsTheLogarithmOfTheirNumber() {
        float[] gradient = new float[3];

        double loss = Loss.CROSS_ENTROPY.evaluate(
                new float[] {7, 7, 7}, new float[] {0, 1, 0}, new float[] {1}, 1, group(3), 1, gradient);

        assertThat(loss).isCloseTo(Math.log(3), within(1e-15));
        assertThat(gradient).containsExactly(new float[] {1 / 3f, -2 / 3f, 1 / 3f}, within(1e-7f));
    }

    @Test
    void crossEntropyOfHugeLogitsStaysFinite() {
        float[] gradient = new float[6];
        float[] outputs = {1e30f, -1e30f, 0, -3e38f, 3e38f, 1};

        double right = Loss.CROSS_ENTROPY.evaluate(
                outputs, new float[] {1, 0, 0, 0, 1, 0}, new float[] {1, 1}, 2, group(3), 1, gradient);
        assertThat(right).isZero();
        assertThat(gradient).containsOnly(0);

        double wrong = Loss.CROSS_ENTROPY.evaluate(
                outputs, new float[] {0, 1, 0, 1, 0, 0}, new float[] {1, 1}, 2, group(3), 1, gradient);
        assertThat(wrong).isCloseTo(2e30 + 6e38, within(1e33));
        assertThat(gradient).containsExactly(1, -1, 0, -1, 1, 0);
    }

    @Test
    void gradientOfCrossEntropySumsToZeroInEachRow() {
        float[] gradient = new float[ROWS * SIZE];

        Loss.CROSS_ENTROPY.evaluate(outputs(), targets(), weights(), ROWS, GROUPS, 1, gradient);

        for (int row = 0; row < ROWS; row++) {
            double sum = 0;
            double size = 0;
            for (int o = 0; o < SIZE; o++) {
                sum += gradient[row * SIZE + o];
                size += Math.abs(gradient[row * SIZE + o]);
            }
            assertThat(sum).isCloseTo(0, within(1e-6 * weights()[row]));
            assertThat(size > 0).isEqualTo(weights()[row] > 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void stepsOfWeightZeroContributeNothing(Loss loss) {
        float[] junk = outputs();
        for (int row = 0; row < ROWS; row++) {
            if (weights()[row] == 0) {
                Arrays.fill(junk, row * SIZE, (row + 1) * SIZE, 1e30f);
            }
        }
        float[] gradient = new float[ROWS * SIZE];
        float[] gradientWithJunk = new float[ROWS * SIZE];
        Arrays.fill(gradientWithJunk, 99f);

        double value = loss.evaluate(outputs(), targets(), weights(), ROWS, GROUPS, 1, gradient);
        double valueWithJunk = loss.evaluate(junk, targets(), weights(), ROWS, GROUPS, 1, gradientWithJunk);

        assertThat(valueWithJunk).isEqualTo(value).isPositive();
        assertThat(gradientWithJunk).containsExactly(gradient, within(0f));
    }

    @ParameterizedTest
    @EnumSource
    void weightsMultiplyEachStep(Loss loss) {
        float[] gradient = new float[ROWS * SIZE];
        float[] oneRow = new float[SIZE];
        double sum = 0;

        double value = loss.evaluate(outputs(), targets(), weights(), ROWS, GROUPS, 1, gradient);

        for (int row = 0; row < ROWS; row++) {
            float[] o = Arrays.copyOfRange(outputs(), row * SIZE, (row + 1) * SIZE);
            float[] y = Arrays.copyOfRange(targets(), row * SIZE, (row + 1) * SIZE);
            sum += weights()[row] * loss.evaluate(o, y, new float[] {1}, 1, GROUPS, 1, oneRow);
            for (int k = 0; k < SIZE; k++) {
                assertThat(gradient[row * SIZE + k]).isCloseTo(weights()[row] * oneRow[k], within(1e-6f));
            }
        }
        assertThat(value).isCloseTo(sum, within(1e-12 * sum));
    }

    @ParameterizedTest
    @EnumSource
    void scaleMultipliesTheGradientButNotTheLoss(Loss loss) {
        float[] gradient = new float[ROWS * SIZE];
        float[] scaled = new float[ROWS * SIZE];

        double value = loss.evaluate(outputs(), targets(), weights(), ROWS, GROUPS, 1, gradient);
        double valueScaled = loss.evaluate(outputs(), targets(), weights(), ROWS, GROUPS, 0.25, scaled);

        assertThat(valueScaled).isEqualTo(value);
        for (int i = 0; i < gradient.length; i++) {
            assertThat(scaled[i]).isEqualTo(gradient[i] / 4);
        }
    }

    @Test
    void squaredErrorIsAveragedOverTheOutputs() {
        float[] gradient = new float[2];

        double loss = Loss.MEAN_SQUARED_ERROR.evaluate(
                new float[] {3, -1}, new float[] {0, 1}, new float[] {2}, 1, group(2), 1, gradient);

        assertThat(loss).isEqualTo(2 * (9 + 4) / 2.0);
        assertThat(gradient).containsExactly(6, -4);
    }

    @ParameterizedTest
    @EnumSource
    void notANumberIsReported(Loss loss) {
        float[] outputs = outputs();
        outputs[2 * SIZE] = Float.NaN;
        float[] gradient = new float[ROWS * SIZE];

        assertThat(loss.evaluate(outputs, targets(), weights(), ROWS, GROUPS, 1, gradient))
                .isNaN();
    }

    private static float[] outputs() {
        Random random = new Random(8);
        float[] outputs = new float[ROWS * SIZE];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = (float) (3 * random.nextGaussian());
        }
        return outputs;
    }

    private static float[] targets() {
        float[] targets = new float[ROWS * SIZE];
        for (int row = 0; row < ROWS; row++) {
            targets[row * SIZE + row % SIZE] = 1;
        }
        return targets;
    }

    /** 0, 0.5, 1, 0, 0.5, 1, ... */
    private static float[] weights() {
        float[] weights = new float[ROWS];
        for (int row = 0; row < ROWS; row++) {
            weights[row] = row % 3 / 2f;
        }
        return weights;
    }

    /** Two groups of outputs are two losses, each with its weight: what they would be alone. */
    @ParameterizedTest
    @EnumSource
    void groupsOfOutputsCountByTheirWeights(Loss loss) {
        float[] outputs = {0.3f, -1, 2, 0.5f, 0.1f};
        float[] targets = {1, 0, 0, 0, 1};
        List<Group> groups = List.of(new Group("one", 0, 2, 2), new Group("two", 2, 3, 0.5f));
        float[] gradient = new float[5];
        float[] one = new float[2];
        float[] two = new float[3];

        double together = loss.evaluate(outputs, targets, new float[] {3}, 1, groups, 1, gradient);
        double first = loss.evaluate(
                Arrays.copyOf(outputs, 2), Arrays.copyOf(targets, 2), new float[] {3}, 1, group(2), 1, one);
        double second = loss.evaluate(
                Arrays.copyOfRange(outputs, 2, 5),
                Arrays.copyOfRange(targets, 2, 5),
                new float[] {3},
                1,
                group(3),
                1,
                two);

        boolean isMean = loss == Loss.MEAN_SQUARED_ERROR; // over the outputs of a step
        double firstShare = isMean ? 2 * 2 / 5.0 : 2;
        double secondShare = isMean ? 0.5 * 3 / 5.0 : 0.5;
        assertThat(together).isCloseTo(firstShare * first + secondShare * second, within(1e-12));
        for (int i = 0; i < 5; i++) {
            double expected = i < 2 ? firstShare * one[i] : secondShare * two[i - 2];
            assertThat(gradient[i]).isCloseTo((float) expected, within(1e-6f));
        }
    }
}
