package cohort.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cohort.network.Activation;
import cohort.network.NetworkSpec;
import cohort.network.Parameters;
import cohort.network.RecurrentBias;
import cohort.network.RecurrentNetwork;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Leaving silent units out of the products leaves the gradient what it is. */
class SilentUnitsTest {
    private static final int STEPS = 9;
    private static final int LANES = 3;
    private static final NetworkSpec SPEC = NetworkSpec.leaky(3, 13, 2, 0.2, Activation.RELU, RecurrentBias.TWO);

    private final FixedBatch batch = FixedBatch.random(SPEC, STEPS, LANES, true, 1);

    /** Units that never speak among others that do. */
    private static Parameters network(int... silent) {
        Parameters parameters = random(SPEC);
        silence(parameters, 0, silent);
        return parameters;
    }

    private static Parameters random(NetworkSpec spec) {
        Random random = new Random(2);
        Parameters parameters = new Parameters(spec);
        for (int i = 0; i < parameters.values().length; i++) {
            parameters.values()[i] = (float) (0.4 * random.nextGaussian());
        }
        return parameters;
    }

    private static void silence(Parameters parameters, int layer, int... units) {
        for (int unit : units) {
            parameters.values()[parameters.layer(layer).biases().get(0).offset() + unit] = -100;
        }
    }

    private static void requireClose(float[] actual, float[] expected, float tolerance, int[]... orders) {
        float largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int p = 0; p < expected.length; p++) {
            assertThat(actual[p])
                    .as("parameter %d, orders %s", p, Arrays.deepToString(orders))
                    .isCloseTo(expected[p], within(tolerance * largest));
        }
    }

    private float[] gradient(RecurrentNetwork network, Parameters parameters, int[]... orders) {
        network.load(parameters, orders);
        network.forward(batch.inputs(), STEPS);
        float[] outputGradient = new float[STEPS * LANES * SPEC.outputs()];
        Random random = new Random(3);
        for (int i = 0; i < outputGradient.length; i++) {
            outputGradient[i] = (float) random.nextGaussian();
        }
        Parameters gradient = new Parameters(parameters.spec());
        network.backward(outputGradient, STEPS, gradient);
        return gradient.values();
    }

    @Test
    void gradientIsTheSameForAnyOrderOfUnitsAndAfterAnyOtherBatch() {
        RecurrentNetwork network = new RecurrentNetwork(SPEC, STEPS + 2, LANES);
        Parameters parameters = network(0, 3, 5, 6, 12);
        int[] inPlace = IntStream.range(0, 13).toArray();
        float[] expected = gradient(network, parameters, inPlace);

        Random random = new Random(4);
        for (int i = 0; i < 20; i++) {
            int[] units = shuffled(random);
            gradient(network, network(), units); // fills the workspace with what all units do

            requireClose(gradient(network, parameters, units), expected, 2e-6f, units);
        }
    }

    /** Each layer sees the one below in the order of that one. */
    @Test
    void gradientOfAStackIsTheSameForAnyOrderOfUnitsInEachLayer() {
        NetworkSpec spec = new NetworkSpec(3, 13, 3, 2, SPEC.cell());
        Parameters parameters = random(spec);
        for (int layer = 0; layer < 3; layer++) {
            silence(parameters, layer, 4 * layer, 4 * layer + 1);
        }
        RecurrentNetwork network = new RecurrentNetwork(spec, STEPS, LANES);
        int[] inPlace = IntStream.range(0, 13).toArray();
        float[] expected = gradient(network, parameters, inPlace, inPlace, inPlace);

        Random random = new Random(5);
        for (int i = 0; i < 10; i++) {
            int[][] orders = {shuffled(random), shuffled(random), shuffled(random)};

            requireClose(gradient(network, parameters, orders), expected, 5e-6f, orders);
        }
    }

    private static int[] shuffled(Random random) {
        List<Integer> order = IntStream.range(0, 13).boxed().collect(Collectors.toList());
        Collections.shuffle(order, random);
        return order.stream().mapToInt(unit -> unit).toArray();
    }

    @Test
    void gradientWithSilentUnitsMatchesFiniteDifferences() {
        Parameters parameters = network(1, 2, 7, 12);

        float[] gradient = batch.gradient(parameters, Loss.CROSS_ENTROPY, Reduction.SUM);

        double[] expected = batch.finiteDifferences(parameters, Loss.CROSS_ENTROPY, Reduction.SUM, 1e-6);
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        for (int p = 0; p < expected.length; p++) {
            assertThat((double) gradient[p]).as("parameter %d", p).isCloseTo(expected[p], within(5e-6 * largest));
        }
    }

    @Test
    void inASilentNetworkOnlyTheBiasOfTheReadoutLearns() {
        int[] all = IntStream.range(0, 13).toArray();
        Parameters parameters = network(all);

        Parameters gradient = new Parameters(SPEC, batch.gradient(parameters, Loss.CROSS_ENTROPY, Reduction.SUM));

        int bias = gradient.readoutBias().offset();
        assertThat(Arrays.copyOf(gradient.values(), bias)).containsOnly(0f);
        assertThat(gradient.values()[bias]).isNotZero();
    }

    @Test
    void trainingPutsSilentUnitsLast() {
        Parameters parameters = network(0, 1, 2, 3);
        Optimizer adam = new Optimizer.Adam(0.9, 0.999, 1e-8, 0);
        TrainingSpec training = new TrainingSpec(
                5,
                Loss.CROSS_ENTROPY,
                Reduction.MEAN,
                adam,
                new Schedule(1e-3, Schedule.Shape.CONSTANT, 0, 5, 1),
                new Clipping(Clipping.Mode.NONE, 0));
        LocalTrainer trainer = new LocalTrainer(SPEC, training, batch.newBatch());

        trainer.run(LearnerState.initial(parameters.values(), adam), 5, batch, 0);

        assertThat(trainer.activeUnits()).isLessThanOrEqualTo(10); // 9, and one to make it even
    }
}
