package cohort.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import org.junit.jupiter.api.Test;

class ColorScaleTest {
    @Test
    void zeroOfADivergingScaleIsNearlyWhite() {
        ColorScale scale = ColorScale.diverging(0.2);

        assertThat(scale.of(0)).isEqualTo(new Color(0xF7F7F7));
        assertThat(scale.of(-0.2)).isEqualTo(new Color(0x053061)).isEqualTo(scale.of(-5));
        assertThat(scale.of(0.2)).isEqualTo(new Color(0x67001F)).isEqualTo(scale.of(5));
    }

    @Test
    void aSequentialScaleGetsBrighter() {
        ColorScale scale = ColorScale.sequential(2, 4);

        double before = -1;
        for (double value = 2; value <= 4; value += 0.05) {
            Color color = scale.of(value);
            double luma = 0.299 * color.getRed() + 0.587 * color.getGreen() + 0.114 * color.getBlue();
            assertThat(luma).as("at %s", value).isGreaterThan(before);
            before = luma;
        }
    }

    @Test
    void paletteHasTheColoursOfTheScale() {
        ColorScale scale = ColorScale.diverging(3);

        for (double value : new double[] {-7, -3, -1.234, 0, 0.5, 2.99, 3, 8}) {
            Color exact = scale.of(value);
            Color indexed = new Color(scale.palette().getRGB(scale.index(value)));
            assertThat(Math.abs(exact.getRed() - indexed.getRed()))
                    .as("red at %s", value)
                    .isLessThanOrEqualTo(3);
            assertThat(Math.abs(exact.getGreen() - indexed.getGreen()))
                    .as("green at %s", value)
                    .isLessThanOrEqualTo(3);
            assertThat(Math.abs(exact.getBlue() - indexed.getBlue()))
                    .as("blue at %s", value)
                    .isLessThanOrEqualTo(3);
        }
        assertThat(new Color(scale.palette().getRGB(scale.index(Double.NaN)))).isEqualTo(FigureStyle.MISSING);
        assertThat(scale.of(Double.NaN)).isEqualTo(FigureStyle.MISSING);
    }

    @Test
    void valuesHaveAsManyDecimalsAsTheirRangeNeeds() {
        assertThat(ColorScale.sequential(0.1, 0.9).text(0.5)).isEqualTo("0.500");
        assertThat(ColorScale.sequential(0.91, 0.93).text(0.92)).isEqualTo("0.9200");
        assertThat(ColorScale.sequential(0, 300).text(250)).isEqualTo("250");
        assertThat(ColorScale.sequential(0.7, 0.7).text(0.7)).isEqualTo("0.7000");
    }

    @Test
    void quantileIsThatOfSizesWithoutSigns() {
        assertThat(ColorScale.quantileOfSizes(new double[] {-9, 1, 2, -3, 4}, 0.75))
                .isEqualTo(4);
        assertThat(ColorScale.quantileOfSizes(new double[] {-9, 1, 2, -3, 4}, 1))
                .isEqualTo(9);
        assertThat(ColorScale.quantileOfSizes(new double[0], 0.5)).isZero();
    }
}
