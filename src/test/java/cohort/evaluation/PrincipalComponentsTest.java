package cohort.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jetbrains.bio.npy.NpyArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrincipalComponentsTest {
    private static final double TOLERANCE = 1e-5;

    @ParameterizedTest
    @ValueSource(strings = {"tall", "wide"})
    void componentsVarianceAndProjectionsAreThoseOfNumPy(String matrix) throws Exception {
        try (var file = Activities.reference("principal-components.npz")) {
            NpyArray array = Activities.read(file, matrix + "_states");
            float[] states = array.asFloatArray();
            int rows = array.getShape()[0];
            int units = array.getShape()[1];
            double[] variance =
                    Activities.read(file, matrix + "_variance_explained").asDoubleArray();
            int kept = variance.length;

            int cut = 2 * units; // it does not matter how rows are spread over trials
            PrincipalComponents components = PrincipalComponents.of(List.of(
                    Activities.ofUnits(units, Arrays.copyOf(states, cut)),
                    Activities.ofUnits(units, Arrays.copyOfRange(states, cut, states.length))));

            assertThat(components.count()).isEqualTo(Math.min(rows, units));
            assertThat(Arrays.copyOf(components.varianceExplained(), kept))
                    .containsExactly(variance, within(TOLERANCE));
            assertThat(Arrays.copyOf(components.components(), kept * units))
                    .containsExactly(
                            Activities.read(file, matrix + "_components").asDoubleArray(), within(TOLERANCE));
            assertThat(components.project(states, kept))
                    .containsExactly(
                            Activities.read(file, matrix + "_projections").asDoubleArray(), within(TOLERANCE));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 13, 200})
    void componentsAreABasisAndSharesAddUpToOne(int rows) {
        int units = 13;
        PrincipalComponents components = PrincipalComponents.of(List.of(random(rows, units)));

        int count = Math.min(rows, units);
        assertThat(components.count()).isEqualTo(count);
        for (int a = 0; a < count; a++) {
            for (int b = 0; b < count; b++) {
                double product = 0;
                for (int unit = 0; unit < units; unit++) {
                    product += components.components()[a * units + unit]
                            * components.components()[b * units + unit];
                }
                assertThat(product).isCloseTo(a == b ? 1 : 0, within(1e-12));
            }
        }
        double total = Arrays.stream(components.varianceExplained()).sum();
        assertThat(total).isCloseTo(rows == 1 ? 0 : 1, within(1e-12)); // one row does not vary
        if (rows > 1 && rows <= units) { // the mean takes one rank away
            assertThat(components.varianceExplained()[rows - 1]).isCloseTo(0, within(1e-20));
        }
    }

    /** 0.1 has no end in binary: its sums must not be rounded into a variance. */
    @ParameterizedTest
    @ValueSource(floats = {0, 0.1f})
    void whatNeverVariesIsExplainedByNothingAndProjectsToZero(float state) {
        float[] states = new float[7 * 3];
        Arrays.fill(states, state);

        PrincipalComponents components =
                PrincipalComponents.of(List.of(Activities.ofUnits(3, states), Activities.ofUnits(3, states)));

        assertThat(components.varianceExplained()).containsExactly(0, 0, 0);
        assertThat(components.components()).doesNotContain(Double.NaN);
        assertThat(components.project(states, 3)).containsOnly(0);
    }

    @Test
    void silentUnitsHaveNoPartInComponents() {
        TrialActivity activity = random(50, 5);
        for (int step = 0; step < activity.steps(); step++) {
            activity.states()[step * 5 + 2] = 0;
        }

        PrincipalComponents components = PrincipalComponents.of(List.of(activity));

        for (int k = 0; k < 4; k++) {
            assertThat(components.components()[k * 5 + 2]).isCloseTo(0, within(1e-12));
        }
        assertThat(components.varianceExplained()[4]).isCloseTo(0, within(1e-20));
    }

    @Test
    void meanProjectsToTheOrigin() {
        PrincipalComponents components =
                PrincipalComponents.of(List.of(Activities.ofUnits(2, 1, 5, 3, 9), Activities.ofUnits(2, 2, 6, 2, 4)));

        assertThat(components.mean()).containsExactly(2, 6);
        assertThat(components.project(new float[] {2, 6}, 2)).containsExactly(0, 0);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        TrialActivity activity = random(10, 3);
        PrincipalComponents components = PrincipalComponents.of(List.of(activity));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrincipalComponents.of(List.of()))
                .withMessage("there are no trials");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrincipalComponents.of(List.of(activity, random(10, 4))))
                .withMessage("trials have different numbers of units: 3 and 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> components.project(new float[4], 2))
                .withMessage("there are 4 states, which is no multiple of 3 units");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> components.project(new float[3], 4))
                .withMessage("number of components is not between 1 and 3: 4");
    }

    private static TrialActivity random(int steps, int units) {
        Random random = new Random(steps);
        float[] states = new float[steps * units];
        for (int i = 0; i < states.length; i++) {
            states[i] = (float) random.nextGaussian();
        }
        return Activities.ofUnits(units, states);
    }
}
