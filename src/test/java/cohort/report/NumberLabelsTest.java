package cohort.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class NumberLabelsTest {
    private static List<String> labels(double... values) {
        NumberLabels labels = NumberLabels.of(Arrays.stream(values));
        return Arrays.stream(values).mapToObj(labels::of).toList();
    }

    @Test
    void thereAreAsManyDigitsAsTellNeighboursApartAndNoMore() {
        assertThat(labels(0, 3.2, 6.4, 12.8)).containsExactly("0", "3.2", "6.4", "12.8");
        assertThat(labels(0.0390625, 0.078125, 0.15625, 5)).containsExactly("0.0391", "0.0781", "0.156", "5");
        assertThat(labels(12.341, 12.342, 12.35)).containsExactly("12.341", "12.342", "12.35");
        assertThat(labels(0.99951, 0.99952, 1)).containsExactly("0.99951", "0.99952", "1");
        assertThat(labels(1e-3, 0.001, 1e-7)).containsExactly("0.001", "0.001", "1E-7");
        assertThat(labels(-0.0, 0.0)).containsExactly("0", "0");
    }

    @Test
    void digitsBeforeThePointAllStay() {
        assertThat(labels(1023, 1024, 1025)).containsExactly("1023", "1024", "1025");
        assertThat(labels(2049)).containsExactly("2049");
        assertThat(labels(12345)).containsExactly("12\u2009345");
    }

    @Test
    void differentNumbersHaveDifferentLabelsWhateverTheyAre() {
        Random random = new Random(3);
        for (int round = 0; round < 300; round++) {
            double scale = Math.pow(10, random.nextInt(12) - 6);
            double apart = Math.pow(10, -random.nextInt(13));
            double[] values = DoubleStream.generate(() -> scale * (1 + apart * random.nextDouble()))
                    .limit(1 + random.nextInt(12))
                    .distinct()
                    .toArray();

            assertThat(labels(values)).as(Arrays.toString(values)).doesNotHaveDuplicates();
        }
    }

    @Test
    void ticksOfAnAxisDifferFromTheirNeighbours() {
        Random random = new Random(4);
        for (int round = 0; round < 300; round++) {
            double low = (random.nextDouble() - 0.3) * Math.pow(10, random.nextInt(8) - 4);
            double high = low + Math.abs(low) * Math.pow(10, -random.nextInt(6));
            var text = Ticks.within(low, high);

            assertThat(Ticks.between(low, high, 6).stream().map(text))
                    .as("%s to %s", low, high)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void labelsThatAreCutStayDifferent() {
        List<String> alike = List.of(
                "a rather long name of an experiment with noise 0.1, seed 1, and more to come",
                "a rather long name of an experiment with noise 0.2, seed 1, and more to come",
                "a rather long name of an experiment with noise 0.3, seed 1, and more to come");

        List<String> cut = Labels.fit(alike, FigureStyle.TEXT, 120);

        assertThat(cut).doesNotHaveDuplicates();
        assertThat(cut).allMatch(label -> Labels.width(label, FigureStyle.TEXT) <= 120);
        assertThat(Labels.fit(List.of("x", "x", "y"), FigureStyle.TEXT, 120)).containsExactly("x", "x", "y");
    }
}
