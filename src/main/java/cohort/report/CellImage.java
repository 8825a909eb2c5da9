package cohort.report;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;

/** Many cells as one image of 256 colours: rectangles would make SVG files of many megabytes. */
final class CellImage {
    private CellImage() {}

    /**
     * An image of at least so many dots, so that nobody who scales it blurs it; of more cells than dots neighbours are averaged.
     *
     * @param dotsX across, where it will be shown
     * @param dotsY down, where it will be shown
     */
    static BufferedImage of(int rows, int columns, Cells cells, ColorScale scale, int dotsX, int dotsY) {
        int togetherX = Math.max(1, (columns + dotsX - 1) / dotsX);
        int togetherY = Math.max(1, (rows + dotsY - 1) / dotsY);
        int wide = (columns + togetherX - 1) / togetherX;
        int high = (rows + togetherY - 1) / togetherY;
        int timesX = (dotsX + wide - 1) / wide;
        int timesY = (dotsY + high - 1) / high;
        BufferedImage image =
                new BufferedImage(wide * timesX, high * timesY, BufferedImage.TYPE_BYTE_INDEXED, scale.palette());
        WritableRaster dots = image.getRaster();
        for (int i = 0; i < high; i++) {
            for (int j = 0; j < wide; j++) {
                int row = i * togetherY;
                int column = j * togetherX;
                int index = scale.index(mean(
                        cells, row, Math.min(rows, row + togetherY), column, Math.min(columns, column + togetherX)));
                for (int dot = 0; dot < timesX * timesY; dot++) {
                    dots.setSample(j * timesX + dot % timesX, i * timesY + dot / timesX, 0, index);
                }
            }
        }
        return image;
    }

    private static double mean(Cells cells, int row, int rowEnd, int column, int columnEnd) {
        double sum = 0;
        int count = 0;
        for (int i = row; i < rowEnd; i++) {
            for (int j = column; j < columnEnd; j++) {
                double value = cells.at(i, j);
                if (!Double.isNaN(value)) {
                    sum += value;
                    count++;
                }
            }
        }
        return sum / count;
    }
}
