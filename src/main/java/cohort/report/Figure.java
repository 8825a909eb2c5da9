package cohort.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.internal.chartpart.Chart;

/** A drawing with what is said of it; it becomes a file, or a part of a page. */
public final class Figure {
    private final String name;
    private final String caption;
    private final Chart<?, ?> chart;
    private final boolean dense;

    /**
     * @param name file name without ending, for instance "psychometric-choice"
     * @param caption what is to be seen, in one or two sentences
     * @param dense whether it has thousands of elements (a heat map), so that a page better takes its PNG
     */
    Figure(String name, String caption, Chart<?, ?> chart, boolean dense) {
        this.name = name;
        this.caption = caption;
        this.chart = chart;
        this.dense = dense;
    }

    public String name() {
        return name;
    }

    public String caption() {
        return caption;
    }

    public boolean isDense() {
        return dense;
    }

    /** Width on a page in CSS pixels; the PNG has more dots. */
    public int width() {
        return chart.getWidth();
    }

    /** Height on a page in CSS pixels. */
    public int height() {
        return chart.getHeight();
    }

    /** The picture as SVG, UTF-8. */
    public byte[] svg() {
        return encode("svg");
    }

    /** The picture as PNG. */
    public byte[] png() {
        return encode("png");
    }

    private byte[] encode(String format) {
        try {
            return ChartEncoder.getBytes(chart, format);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
