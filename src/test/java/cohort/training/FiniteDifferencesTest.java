package cohort.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cohort.network.Activation;
import cohort.network.Cell;
import cohort.network.CellKind;
import cohort.network.DoubleNetwork;
import cohort.network.LeakyCell;
import cohort.network.NetworkSpec;
import cohort.network.Parameters;
import cohort.network.RecurrentBias;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Backpropagation through time against central differences of an independent forward pass in double precision. */
class FiniteDifferencesTest {
    private static final int STEPS = 7;
    private static final int LANES = 3;
    private static final double DIFFERENCE = 1e-5;
    /** As a fraction of the largest entry; a float has 6e-8, and a backward pass of 7 steps adds up some dozens. */
    private static final double TOLERANCE = 5e-6;

    record Case(NetworkSpec spec, Loss loss, Reduction reduction, boolean mask) {}

    static Stream<Case> everyKindOfNetworkAndLoss() {
        Stream.Builder<Case> cases = Stream.builder();
        for (Loss loss : Loss.values()) {
            for (int layers = 1; layers <= 3; layers++) {
                for (CellKind kind : CellKind.values()) {
                    for (boolean mask : new boolean[] {false, true}) {
                        Cell cell = kind.of(0.2, Activation.TANH, RecurrentBias.TWO);
                        cases.add(new Case(new NetworkSpec(3, 5, layers, 4, cell), loss, Reduction.MEAN, mask));
                    }
                }
            }
        }
        for (Activation activation : Activation.values()) {
            for (Loss loss : Loss.values()) {
                for (Reduction reduction : Reduction.values()) {
                    for (boolean mask : new boolean[] {false, true}) {
                        for (double alpha : new double[] {0.2, 1.0}) {
                            for (RecurrentBias bias : RecurrentBias.values()) {
                                NetworkSpec spec = NetworkSpec.leaky(3, 5, 4, alpha, activation, bias);
                                cases.add(new Case(spec, loss, reduction, mask));
                            }
                        }
                    }
                }
            }
        }
        return cases.build();
    }

    @ParameterizedTest
    @MethodSource("everyKindOfNetworkAndLoss")
    void gradientMatchesFiniteDifferences(Case c) {
        Parameters parameters = parameters(c.spec());
        FixedBatch batch = FixedBatch.random(c.spec(), STEPS, LANES, c.mask(), 5);
        if (c.spec().cell() instanceof LeakyCell) {
            requireNoKinkNear(parameters, batch);
        }

        double[] expected = batch.finiteDifferences(parameters, c.loss(), c.reduction(), DIFFERENCE);
        float[] gradient = batch.gradient(parameters, c.loss(), c.reduction());

        double largest = DoubleStream.of(expected).map(Math::abs).max().orElseThrow();
        assertThat(largest).isGreaterThan(1e-3);
        for (Parameters.View view : parameters.views()) {
            for (int i = view.offset(); i < view.offset() + view.size(); i++) {
                assertThat((double) gradient[i])
                        .as("entry %d of %s", i - view.offset(), view.name())
                        .isCloseTo(expected[i], within(TOLERANCE * largest));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everyKindOfNetworkAndLoss")
    void reportedLossIsTheMeanWhateverTheGradientIsTakenOf(Case c) {
        Parameters parameters = parameters(c.spec());
        FixedBatch batch = FixedBatch.random(c.spec(), STEPS, LANES, c.mask(), 5);

        double mean = batch.loss(c.spec(), DoubleNetwork.widen(parameters.values()), c.loss(), Reduction.MEAN);

        assertThat(batch.step(parameters, c.loss(), c.reduction()).tally().meanLoss())
                .isCloseTo(mean, within(1e-6 * mean));
    }

    /** Across the kink of ReLU a difference is not the derivative. */
    private static void requireNoKinkNear(Parameters parameters, FixedBatch batch) {
        DoubleNetwork network = DoubleNetwork.forward(
                parameters.spec(), DoubleNetwork.widen(parameters.values()), batch.inputs(), STEPS, LANES);
        assertThat(Arrays.stream(network.preActivations).map(Math::abs).min().orElseThrow())
                .as("smallest pre-activation")
                .isGreaterThan(50 * DIFFERENCE);
        assertThat(Arrays.stream(network.preActivations).filter(a -> a < 0).count())
                .as("negative pre-activations")
                .isBetween(20L, 85L * parameters.spec().layers());
    }

    private static Parameters parameters(NetworkSpec spec) {
        Parameters parameters = new Parameters(spec);
        Random random = new Random(11);
        for (int i = 0; i < parameters.values().length; i++) {
            parameters.values()[i] = (float) (0.5 * random.nextGaussian());
        }
        return parameters;
    }
}
