package cohort.training;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.network.Activation;
import cohort.network.NetworkSpec;
import cohort.network.Parameters;
import cohort.network.RecurrentBias;
import org.junit.jupiter.api.Test;

class UnitOrderTest {
    private static final Parameters LAYOUT =
            new Parameters(NetworkSpec.leaky(3, 5, 2, 0.2, Activation.RELU, RecurrentBias.TWO));

    private final UnitOrder order = new UnitOrder(LAYOUT);

    @Test
    void unitsWhoseBiasHadNoGradientForLongestComeLast() {
        float[] moment = new float[LAYOUT.values().length];
        float[] ofBias = {1e-9f, -3, 0, 2, 1e-30f};
        System.arraycopy(ofBias, 0, moment, LAYOUT.layer(0).biases().get(0).offset(), 5);

        order.update(new float[][] {moment, new float[moment.length]});

        assertThat(order.units()[0]).containsExactly(1, 3, 0, 4, 2);
    }

    @Test
    void unitsStayInPlaceBeforeTheFirstStepAndWithoutMoments() {
        order.update(new float[2][LAYOUT.values().length]);
        assertThat(order.units()[0]).containsExactly(0, 1, 2, 3, 4);

        order.update(new float[0][]);
        assertThat(order.units()[0]).containsExactly(0, 1, 2, 3, 4);
    }
}
