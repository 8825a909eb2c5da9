package cohort.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Values as colours that read the same for the colour-blind. */
final class ColorScale {
    /** Width of a bar without its ticks and title. */
    private static final double BAR = 14;

    /** Viridis of van der Walt and Smith (2015), every tenth: equal steps look equal. */
    private static final int[] VIRIDIS = {
        0x440154, 0x482475, 0x414487, 0x355F8D, 0x2A788E, 0x21918C, 0x22A884, 0x44BF70, 0x7AD151, 0xBDDF26, 0xFDE725
    };

    /** ColorBrewer's RdBu (Harrower and Brewer 2003, <a href="https://doi.org/10.1179/000870403235002042">doi</a>) from blue to red. */
    private static final int[] BLUE_RED = {
        0x053061, 0x2166AC, 0x4393C3, 0x92C5DE, 0xD1E5F0, 0xF7F7F7, 0xFDDBC7, 0xF4A582, 0xD6604D, 0xB2182B, 0x67001F
    };

    private static final int PALETTE = 256;

    private final int[] anchors;
    private final double low;
    private final double high;
    private final boolean cut;

    private ColorScale(int[] anchors, double low, double high, boolean cut) {
        this.anchors = anchors;
        this.low = low;
        this.high = high;
        this.cut = cut;
    }

    /** From dark blue at low to yellow at high. An empty range is widened. */
    static ColorScale sequential(double low, double high) {
        double margin = low == 0 ? 0.5 : 0.05 * Math.abs(low);
        return high > low
                ? new ColorScale(VIRIDIS, low, high, false)
                : new ColorScale(VIRIDIS, low - margin, low + margin, false);
    }

    /** The same, but not below a bound: what lies below is marked. */
    static ColorScale sequential(double low, double high, double lowestDrawn) {
        ColorScale scale = sequential(Math.max(low, lowestDrawn), Math.max(high, lowestDrawn));
        return new ColorScale(scale.anchors, scale.low, scale.high, low < lowestDrawn);
    }

    /** Whether some values lie below its lower end. */
    boolean isCut() {
        return cut;
    }

    /** Whether a value is one of them. */
    boolean isBelow(double value) {
        return cut && value < low;
    }

    /** From blue at -largest over white at 0 to red at largest. */
    static ColorScale diverging(double largest) {
        return largest > 0
                ? new ColorScale(BLUE_RED, -largest, largest, false)
                : new ColorScale(BLUE_RED, -1, 1, false);
    }

    /** The colour of a value; values outside have the colour of the nearest end. */
    Color of(double value) {
        if (Double.isNaN(value)) {
            return FigureStyle.MISSING;
        }
        double place = Math.max(0, Math.min(1, (value - low) / (high - low))) * (anchors.length - 1);
        int below = Math.min((int) place, anchors.length - 2);
        return mix(new Color(anchors[below]), new Color(anchors[below + 1]), place - below);
    }

    /** The colour a fraction of the way from one to another. */
    static Color mix(Color from, Color to, double fraction) {
        return new Color(
                (int) Math.round(from.getRed() + fraction * (to.getRed() - from.getRed())),
                (int) Math.round(from.getGreen() + fraction * (to.getGreen() - from.getGreen())),
                (int) Math.round(from.getBlue() + fraction * (to.getBlue() - from.getBlue())));
    }

    /** Black or white, whichever can be read on the colour (luma of ITU-R BT.601). */
    static Color readableOn(Color color) {
        double luma = 0.299 * color.getRed() + 0.587 * color.getGreen() + 0.114 * color.getBlue();
        // Not quite the colours of ink and paper, which change places on a dark page.
        return luma > 140 ? new Color(0x222222) : new Color(0xFEFEFE);
    }

    /** As many of the scale's colours as an image of one byte for each dot can have, and that of what is missing. */
    IndexColorModel palette() {
        int[] colors = new int[PALETTE];
        for (int i = 0; i < PALETTE - 1; i++) {
            colors[i] = of(low + (high - low) * i / (PALETTE - 2)).getRGB();
        }
        colors[PALETTE - 1] = FigureStyle.MISSING.getRGB();
        return new IndexColorModel(8, PALETTE, colors, 0, false, -1, DataBuffer.TYPE_BYTE);
    }

    /** The index of a value's colour in the palette. */
    int index(double value) {
        return Double.isNaN(value)
                ? PALETTE - 1
                : (int) Math.round(Math.max(0, Math.min(1, (value - low) / (high - low))) * (PALETTE - 2));
    }

    /** A value with one decimal more than tells colours apart: where most values are alike, numbers must still say which is the best. */
    String text(double value) {
        int decimals = 2 - (int) Math.floor(Math.log10(high - low) - 0.3);
        return String.format(Locale.ROOT, "%." + Math.max(0, Math.min(6, decimals)) + "f", value);
    }

    /** All finite values of a matrix, in no particular order. */
    static double[] values(int rows, int columns, Cells cells) {
        return IntStream.range(0, rows)
                .boxed()
                .flatMapToDouble(row -> IntStream.range(0, columns).mapToDouble(column -> cells.at(row, column)))
                .filter(Double::isFinite)
                .toArray();
    }

    /** The size, without its sign, below which that fraction of the values lies; 0 without any value. */
    static double quantileOfSizes(double[] values, double fraction) {
        double[] sizes = Arrays.stream(values).map(Math::abs).sorted().toArray();
        return sizes.length == 0 ? 0 : sizes[(int) Math.ceil(fraction * (sizes.length - 1))];
    }

    /** Width of the bar with its ticks and title. */
    double barWidth() {
        return BAR + 8 + ticks().stream().mapToDouble(this::tickWidth).max().orElse(0) + 24;
    }

    private double tickWidth(double tick) {
        return Labels.width(Ticks.within(low, high).apply(tick), FigureStyle.TEXT);
    }

    private List<Double> ticks() {
        return Ticks.between(low, high, 6);
    }

    /** Paints the bar, its ticks and its title. */
    void paintBar(Graphics2D canvas, String title, double x, double y, double height) {
        int stripes = (int) height;
        for (int stripe = 0; stripe < stripes; stripe++) {
            canvas.setColor(of(high - (high - low) * (stripe + 0.5) / stripes));
            // Stripes overlap, so that no light shines through between them.
            double from = y + height * stripe / stripes;
            canvas.fill(new Rectangle2D.Double(x, from, BAR, Math.min(2, y + height - from)));
        }
        if (cut) { // the bar goes on below, where nobody can say how far
            Path2D point = new Path2D.Double();
            point.moveTo(x, y + height);
            point.lineTo(x + BAR, y + height);
            point.lineTo(x + BAR / 2, y + height + BAR);
            point.closePath();
            canvas.setColor(of(low));
            canvas.fill(point);
        }
        canvas.setStroke(FigureStyle.THIN);
        for (double tick : ticks()) {
            double at = y + height * (high - tick) / (high - low);
            canvas.setColor(FigureStyle.GREY);
            canvas.draw(new Line2D.Double(x + BAR, at, x + BAR + 4, at));
            Labels.draw(
                    canvas, Ticks.within(low, high).apply(tick), FigureStyle.TEXT, FigureStyle.INK, x + BAR + 8, at, 0);
        }
        Labels.drawUpwards(
                canvas, title, FigureStyle.AXIS_TITLE, FigureStyle.INK, x + barWidth() - 6, y + height / 2, 0.5);
    }
}
