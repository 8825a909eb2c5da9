package cohort.report;

import de.erichseifert.vectorgraphics2d.Document;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.intermediate.CommandSequence;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

/**
 * A drawing with what is said of it; it becomes a file, or a part of a page. The same figure gives the same bytes on machines with the
 * same fonts and Java.
 */
public final class Figure {
    /** Dots of the PNG for each CSS pixel, so that it is sharp on fine screens and in print. */
    public static final int DOTS_PER_PIXEL = 2;

    private static final Pattern MORE_THAN_TWO_DECIMALS = Pattern.compile("(\\d\\.\\d\\d)\\d+");

    private final String name;
    private final String caption;
    private final String description;
    private final int width;
    private final int height;
    private final Consumer<Graphics2D> painter;

    /**
     * @param name file name without ending, for instance "psychometric-choice"
     * @param caption what is to be seen, in one or two sentences
     * @param description the words in the picture, for those who cannot see it or search for it
     * @param width in CSS pixels
     * @param height in CSS pixels
     * @param painter paints width x height units from the origin
     */
    Figure(String name, String caption, String description, int width, int height, Consumer<Graphics2D> painter) {
        this.name = name;
        this.caption = caption;
        this.description = description;
        this.width = width;
        this.height = height;
        this.painter = painter;
    }

    /**
     * The figure of a chart.
     *
     * @param name file name without ending, for instance "psychometric-choice"
     * @param caption what is to be seen, in one or two sentences
     * @param chart one of {@link FigureStyle}
     */
    public static Figure of(String name, String caption, XYChart chart) {
        int width = chart.getWidth();
        int height = chart.getHeight();
        StringJoiner words = new StringJoiner("; ");
        words.add("x: " + chart.getXAxisTitle()).add("y: " + chart.getYAxisTitle());
        for (XYSeries series : chart.getSeriesCollection()) {
            if (series.isShowInLegend()) {
                words.add(series.getLabel().replace('\n', ' '));
            }
        }
        return new Figure(name, caption, words.toString(), width, height, canvas -> chart.paint(canvas, width, height));
    }

    /**
     * Figures below each other as one.
     *
     * @param name file name without ending
     * @param caption what is to be seen in all of them
     */
    static Figure stacked(String name, String caption, List<Figure> figures) {
        int width = figures.stream().mapToInt(Figure::width).max().orElseThrow();
        int height = figures.stream().mapToInt(Figure::height).sum();
        String words = figures.stream().map(figure -> figure.description).collect(Collectors.joining("; "));
        return new Figure(name, caption, words, width, height, canvas -> {
            AffineTransform before = canvas.getTransform();
            for (Figure figure : figures) {
                figure.painter.accept(canvas);
                canvas.translate(0, figure.height);
            }
            canvas.setTransform(before);
        });
    }

    public String name() {
        return name;
    }

    public String caption() {
        return caption;
    }

    /** Width on a page in CSS pixels; the PNG has {@link #DOTS_PER_PIXEL} as many dots. */
    public int width() {
        return width;
    }

    /** Height on a page in CSS pixels. */
    public int height() {
        return height;
    }

    /**
     * The picture as SVG, UTF-8. It begins with its svg element, so that it can stand in a page as it is. Letters are outlines, so that it
     * looks the same everywhere; title and desc hold the caption and the words in the picture.
     */
    public byte[] svg() {
        VectorGraphics2D canvas = new VectorGraphics2D();
        CommandSequence commands = canvas.getCommands();
        painter.accept(canvas);
        Document document = new SVGProcessor().getDocument(commands, new PageSize(0, 0, width, height));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            document.writeTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String xml = bytes.toString(StandardCharsets.UTF_8);
        // Without the DOCTYPE, for which parsers go to the network. A hundredth of a pixel is enough and a third of the
        // size.
        String svg = MORE_THAN_TWO_DECIMALS
                .matcher(xml.substring(xml.indexOf("<svg")))
                .replaceAll("$1");
        int content = svg.indexOf('>') + 1;
        return (svg.substring(0, content)
                        + "\n  <title>" + escape(caption) + "</title>\n  <desc>" + escape(description) + "</desc>"
                        + svg.substring(content))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The picture as PNG. */
    public byte[] png() {
        BufferedImage image =
                new BufferedImage(width * DOTS_PER_PIXEL, height * DOTS_PER_PIXEL, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        canvas.setColor(Color.WHITE);
        canvas.fillRect(0, 0, image.getWidth(), image.getHeight());
        canvas.scale(DOTS_PER_PIXEL, DOTS_PER_PIXEL);
        canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        canvas.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        painter.accept(canvas);
        canvas.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
