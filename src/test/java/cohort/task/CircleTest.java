package cohort.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CircleTest {
    @ParameterizedTest
    @ValueSource(doubles = {360, 2 * Math.PI})
    void distancesAreThoseOfTheRemainderToTheBit(double whole) {
        UniformRandomProvider random = RandomStreams.of(1, Purpose.BOOTSTRAP, 0);
        for (int n = 0; n < 100_000; n++) {
            double a = whole * (4 * random.nextDouble() - 2);
            double b = n % 2 == 0 ? whole * (4 * random.nextDouble() - 2) : a + whole * random.nextInt(17) / 8;
            assertThat(Circle.distance(a, b, whole)).isEqualTo(Math.abs(Math.IEEEremainder(a - b, whole)));
        }
        assertThat(Circle.distance(Double.NaN, 0, whole)).isNaN();
    }
}
