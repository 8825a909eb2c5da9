package cohort.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ActivationTest {
    /** Relative; a float has 6e-8. */
    private static final double TOLERANCE = 1.5e-7;
    /** Of the quotient that stands for tanh, relative; half of it is left of it in the logistic function, absolute. */
    private static final double QUOTIENT = 4e-7;

    private static double tolerance(Activation activation, double expected) {
        return switch (activation) {
            case RELU, SOFTPLUS -> TOLERANCE * Math.abs(expected);
            case TANH -> QUOTIENT * Math.abs(expected);
            case SIGMOID -> QUOTIENT / 2 + 6e-8;
        };
    }

    /** From 1e-30 to 100 on both sides of 0, a grid between, and where implementations change branches. */
    static double[] points() {
        DoubleStream.Builder points = DoubleStream.builder();
        for (double a : new double[] {0, 1e-30, 1e-9, 9.99e-4, 1e-3, 1.001e-3, 0.3, 9, 15, 17, 20, 40, 88, 89, 100}) {
            points.add(a).add(-a);
        }
        for (int i = -4000; i <= 4000; i++) {
            points.add(i / 400.0 + 1e-4);
        }
        return points.build().map(a -> (float) a).toArray();
    }

    @ParameterizedTest
    @EnumSource
    void valuesAreThoseOfDoublePrecision(Activation activation) {
        for (double a : points()) {
            double expected = DoubleNetwork.rate(activation, a);

            assertThat((double) rate(activation, (float) a))
                    .as("f(%s)", a)
                    .isCloseTo(expected, within(tolerance(activation, expected) + Float.MIN_VALUE));
        }
    }

    @ParameterizedTest
    @EnumSource
    void derivativesAreThoseOfDoublePrecision(Activation activation) {
        for (double a : points()) {
            assertThat((double) slope(activation, (float) a))
                    .as("f'(%s)", a)
                    .isCloseTo(
                            DoubleNetwork.slope(activation, a),
                            within(activation == Activation.TANH ? 2 * QUOTIENT : 2 * TOLERANCE));
        }
    }

    @Test
    void slopeOfReluIsOneForTheSmallestNormalRateAndZeroAtZero() {
        assertThat(slope(Activation.RELU, Float.MIN_NORMAL)).isEqualTo(1);
        assertThat(slope(Activation.RELU, 0)).isZero();
        assertThat(slope(Activation.RELU, -0f)).isZero();
        assertThat(slope(Activation.RELU, Float.MAX_VALUE)).isEqualTo(1);
    }

    @Test
    void tanhIsNeverBeyondOne() {
        for (float a = 5; a < 10; a += 1e-5f) {
            assertThat(rate(Activation.TANH, a)).isBetween(0.999f, 1f);
        }
    }

    @Test
    void oddSymmetryOfTanhIsExact() {
        for (double a : points()) {
            assertThat(rate(Activation.TANH, (float) -a)).isEqualTo(-rate(Activation.TANH, (float) a));
        }
    }

    @ParameterizedTest
    @EnumSource
    void notANumberStaysNotANumber(Activation activation) {
        assertThat(rate(activation, Float.NaN)).isNaN();
        float[] gradient = {3};
        activation.multiplyByDerivative(new float[] {Float.NaN}, gradient, 0, 1);
        assertThat(gradient[0]).isNaN();
    }

    @ParameterizedTest
    @EnumSource
    void infiniteInputsHaveTheirLimits(Activation activation) {
        float above = rate(activation, Float.POSITIVE_INFINITY);
        float below = rate(activation, Float.NEGATIVE_INFINITY);
        switch (activation) {
            case RELU, SOFTPLUS -> {
                assertThat(above).isEqualTo(Float.POSITIVE_INFINITY);
                assertThat(below).isZero();
            }
            case TANH -> {
                assertThat((double) above).isBetween(1 - QUOTIENT, 1.0);
                assertThat((double) below).isBetween(-1.0, -1 + QUOTIENT);
            }
            case SIGMOID -> {
                assertThat((double) above).isBetween(1 - QUOTIENT, 1.0);
                assertThat((double) below).isBetween(0.0, QUOTIENT);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyTheNamedPartOfAnArrayIsTouched(Activation activation) {
        float[] a = {-7, 0.5f, 0.5f, 0.5f, -7};
        activation.apply(a, 1, 3);
        assertThat(a).containsExactly(-7, a[1], a[1], a[1], -7);
        assertThat(a[1]).isEqualTo(rate(activation, 0.5f));

        float[] gradient = {8, 8, 8, 8, 8};
        activation.multiplyByDerivative(a, gradient, 2, 1);
        assertThat(gradient).containsExactly(8, 8, 8 * slope(activation, 0.5f), 8, 8);
    }

    private static float rate(Activation activation, float a) {
        float[] values = {a};
        activation.apply(values, 0, 1);
        return values[0];
    }

    private static float slope(Activation activation, float a) {
        float[] gradient = {1};
        activation.multiplyByDerivative(new float[] {rate(activation, a)}, gradient, 0, 1);
        return gradient[0];
    }
}
