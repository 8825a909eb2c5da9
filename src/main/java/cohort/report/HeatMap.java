package cohort.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Function;

/** A matrix as colours, with axes and a colour bar. The first row is at the top. */
final class HeatMap {
    private static final int MOST_RECTANGLES = 1000;
    private static final int LARGE_CELL = 8;
    private static final int MARGIN = FigureStyle.PADDING;

    /** White between cells that are drawn as rectangles. */
    private static final int GAP = 1;

    private static final int TICK = 4;
    private static final int TEXT_HEIGHT = 18;
    private static final int TITLE_HEIGHT = 26;
    private static final int STRIP_HEIGHT = 22;
    private static final int MOST_LABEL_WIDTH = 200;
    private static final Font TEXT = FigureStyle.TEXT;

    /** A label at a place on an axis, counted in cells from its beginning: 0.5 is the middle of the first cell. */
    record Tick(double place, String label) {}

    private final int rows;
    private final int columns;
    private final Cells cells;
    private final ColorScale scale;
    private final String valueLabel;
    private final Axis x;
    private final Axis y;
    private final List<PeriodLabel> periods;
    private final boolean numbers;
    private final double left;
    private final double top;
    private final double plotWidth;
    private final double plotHeight;
    private final String leftOut;
    private final boolean upwards;

    /** What stands at an axis. */
    record Axis(String title, List<Tick> ticks) {
        /** Time over the steps of a trial. */
        static Axis ofTime(int steps, double dtMillis) {
            List<Tick> times = new ArrayList<>();
            Function<Double, String> text = Ticks.within(0, steps * dtMillis);
            for (double time : Ticks.between(0, steps * dtMillis, 8)) {
                times.add(new Tick(time / dtMillis, text.apply(time)));
            }
            return new Axis("time from the start of the trial (ms)", times);
        }

        List<String> labels() {
            return ticks.stream().map(Tick::label).toList();
        }

        double widest() {
            return ticks.stream()
                    .mapToDouble(tick -> Math.min(MOST_LABEL_WIDTH, Labels.width(tick.label(), TEXT)))
                    .max()
                    .orElse(0);
        }
    }

    /**
     * The matrix itself: what is in its cells and how it is drawn.
     *
     * @param leftOut what a strip below it says of rows that are not drawn; empty for no strip
     */
    record Values(int rows, int columns, Cells cells, ColorScale scale, String label, String leftOut) {
        Values(int rows, int columns, Cells cells, ColorScale scale, String label) {
            this(rows, columns, cells, scale, label, "");
        }
    }

    private record PeriodLabel(PeriodSpan span, double middle, int line) {}

    /**
     * @param height of the matrix in pixels; 0 for as high as it is wide
     * @param spans periods over the columns, none for a map without time
     * @param numbers whether each cell shows its value
     */
    HeatMap(Values values, Axis x, Axis y, double height, List<PeriodSpan> spans, boolean numbers) {
        this.rows = values.rows();
        this.columns = values.columns();
        this.cells = values.cells();
        this.scale = values.scale();
        this.valueLabel = values.label();
        this.leftOut = values.leftOut();
        this.x = x;
        this.y = y;
        this.numbers = numbers;
        left = Math.ceil(MARGIN + TITLE_HEIGHT + y.widest() + 2 * TICK);
        plotWidth = Math.floor(FigureStyle.WIDTH - left - 2 * MARGIN - 6 - scale.barWidth());
        plotHeight = height == 0 ? plotWidth : height;
        upwards = x.widest() + 8 > spacing(x.ticks()) * plotWidth / Math.max(1, columns);
        periods = place(spans);
        int lines = periods.stream().mapToInt(period -> period.line() + 1).max().orElse(0);
        top = MARGIN + lines * TEXT_HEIGHT;
    }

    /** Ticks at round ranks of things that are sorted. */
    static List<Tick> ranks(int count, int most) {
        List<Tick> ticks = new ArrayList<>();
        for (double rank : Ticks.between(1, count, most)) {
            if (rank == Math.rint(rank)) {
                ticks.add(new Tick(rank - 0.5, Ticks.text(rank)));
            }
        }
        return ticks;
    }

    Figure figure(String name, String caption) {
        StringJoiner words = new StringJoiner("; ");
        words.add("x: " + x.title()).add("y: " + y.title()).add("colour: " + valueLabel);
        if (!leftOut.isEmpty()) {
            words.add(leftOut);
        }
        periods.forEach(period -> words.add(period.span().name()));
        return new Figure(name, caption, words.toString(), FigureStyle.WIDTH, height(), this::paint);
    }

    private int height() {
        return (int) Math.ceil(bottom() + below() + MARGIN);
    }

    /** Where the matrix, or the strip below it, ends. */
    private double bottom() {
        return top + plotHeight + (leftOut.isEmpty() ? 0 : GAP + STRIP_HEIGHT);
    }

    private double below() {
        return 2 * TICK + (upwards ? x.widest() : TEXT_HEIGHT - 6) + TITLE_HEIGHT;
    }

    /** The smallest distance between neighbours, in cells. */
    private static double spacing(List<Tick> ticks) {
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 1; i < ticks.size(); i++) {
            smallest =
                    Math.min(smallest, ticks.get(i).place() - ticks.get(i - 1).place());
        }
        return smallest;
    }

    /** Names stand over their periods, on the lowest line where they do not touch an earlier one. */
    private List<PeriodLabel> place(List<PeriodSpan> spans) {
        List<PeriodLabel> placed = new ArrayList<>();
        List<Double> ends = new ArrayList<>();
        for (PeriodSpan span : spans) {
            int start = Math.max(0, span.start());
            int end = Math.min(columns, span.end());
            if (end > start) {
                double half = Labels.width(span.name(), TEXT) / 2;
                double wished = left + plotWidth * (start + end) / 2 / columns;
                double middle = Math.max(left + half, Math.min(left + plotWidth - half, wished));
                int line = 0;
                while (line < ends.size() && ends.get(line) + 8 > middle - half) {
                    line++;
                }
                if (line == ends.size()) {
                    ends.add(0.0);
                }
                ends.set(line, middle + half);
                placed.add(new PeriodLabel(span, middle, line));
            }
        }
        return placed;
    }

    void paint(Graphics2D canvas) {
        canvas.setColor(Color.WHITE);
        canvas.fill(new Rectangle2D.Double(0, 0, FigureStyle.WIDTH, height()));
        boolean large = Math.min(plotWidth / columns, plotHeight / rows) >= LARGE_CELL;
        if (large && rows * columns <= MOST_RECTANGLES) {
            paintRectangles(canvas);
        } else {
            canvas.setRenderingHint(
                    RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
            int dotsX = (int) (plotWidth * Figure.DOTS_PER_PIXEL);
            int dotsY = (int) (plotHeight * Figure.DOTS_PER_PIXEL);
            BufferedImage image = CellImage.of(rows, columns, cells, scale, dotsX, dotsY);
            canvas.drawImage(image, (int) left, (int) top, (int) plotWidth, (int) plotHeight, null);
        }
        canvas.setStroke(FigureStyle.THIN);
        paintPeriods(canvas);
        paintLeftOut(canvas);
        paintX(canvas);
        paintY(canvas);
        scale.paintBar(canvas, valueLabel, left + plotWidth + MARGIN + 6, top, plotHeight);
    }

    private void paintRectangles(Graphics2D canvas) {
        double cellWidth = plotWidth / columns;
        double cellHeight = plotHeight / rows;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double value = cells.at(row, column);
                Color color = scale.of(value);
                double cornerX = left + column * cellWidth;
                double cornerY = top + row * cellHeight;
                canvas.setColor(color);
                canvas.fill(new Rectangle2D.Double(cornerX, cornerY, cellWidth - GAP, cellHeight - GAP));
                String mark = scale.isBelow(value) ? "▼" : "";
                String number = Double.isNaN(value) ? "" : (mark + " " + scale.text(value)).strip();
                String text = numbers && fits(number, cellWidth, cellHeight) ? number : mark;
                if (fits(text, cellWidth, cellHeight)) {
                    Color ink = ColorScale.readableOn(color);
                    Labels.draw(canvas, text, TEXT, ink, cornerX + cellWidth / 2, cornerY + cellHeight / 2, 0.5);
                }
            }
        }
    }

    private static boolean fits(String text, double width, double height) {
        return Labels.width(text, TEXT) + 4 <= width && height >= TEXT_HEIGHT - 4;
    }

    private void paintPeriods(Graphics2D canvas) {
        for (PeriodLabel period : periods) {
            double end = left + plotWidth * period.span().end() / columns;
            double above = top - TEXT_HEIGHT * (period.line() + 0.5);
            Labels.draw(canvas, period.span().name(), TEXT, FigureStyle.INK, period.middle(), above, 0.5);
            if (period.span().end() < columns) {
                canvas.setColor(Color.WHITE);
                canvas.setStroke(FigureStyle.SOLID);
                canvas.draw(new Line2D.Double(end, top, end, top + plotHeight));
                canvas.setColor(FigureStyle.INK);
                canvas.setStroke(FigureStyle.THIN);
                canvas.draw(new Line2D.Double(end, top - TICK, end, top + plotHeight));
            }
        }
    }

    private void paintLeftOut(Graphics2D canvas) {
        if (!leftOut.isEmpty()) {
            canvas.setColor(FigureStyle.GRID);
            canvas.fill(new Rectangle2D.Double(left, top + plotHeight + GAP, plotWidth, STRIP_HEIGHT));
            double middle = top + plotHeight + GAP + STRIP_HEIGHT / 2.0;
            Labels.draw(canvas, leftOut, TEXT, FigureStyle.INK, left + plotWidth / 2, middle, 0.5);
        }
    }

    private void paintX(Graphics2D canvas) {
        double bottom = bottom();
        double room = upwards ? MOST_LABEL_WIDTH : Math.min(plotWidth, spacing(x.ticks()) * plotWidth / columns) - 8;
        List<String> labels = Labels.fit(x.labels(), TEXT, room);
        double last = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < labels.size(); i++) {
            String label = labels.get(i);
            double at = left + plotWidth * x.ticks().get(i).place() / columns;
            if (at - last >= (upwards ? TEXT_HEIGHT - 4 : 0)) {
                last = at;
                canvas.setColor(FigureStyle.GREY);
                canvas.draw(new Line2D.Double(at, bottom, at, bottom + TICK));
                if (upwards) {
                    Labels.drawUpwards(canvas, label, TEXT, FigureStyle.INK, at, bottom + 2 * TICK, 1);
                } else {
                    Labels.draw(canvas, label, TEXT, FigureStyle.INK, at, bottom + 2 * TICK + 6, 0.5);
                }
            }
        }
        double titleY = height() - MARGIN - 6;
        String title = Labels.fit(x.title(), FigureStyle.AXIS_TITLE, FigureStyle.WIDTH - left);
        Labels.draw(canvas, title, FigureStyle.AXIS_TITLE, FigureStyle.INK, left + plotWidth / 2, titleY, 0.5);
    }

    private void paintY(Graphics2D canvas) {
        List<String> labels = Labels.fit(y.labels(), TEXT, MOST_LABEL_WIDTH);
        double last = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < labels.size(); i++) {
            String label = labels.get(i);
            double at = top + plotHeight * y.ticks().get(i).place() / rows;
            if (at - last >= TEXT_HEIGHT - 5) {
                last = at;
                canvas.setColor(FigureStyle.GREY);
                canvas.draw(new Line2D.Double(left - TICK, at, left, at));
                Labels.draw(canvas, label, TEXT, FigureStyle.INK, left - 2 * TICK, at, 1);
            }
        }
        // A title may be longer than a small matrix is high, but not than the figure.
        String title = Labels.fit(y.title(), FigureStyle.AXIS_TITLE, height() - MARGIN);
        double half = Labels.width(title, FigureStyle.AXIS_TITLE) / 2;
        double middle = Math.max(half + MARGIN / 2.0, Math.min(top + plotHeight / 2, height() - half - MARGIN / 2.0));
        Labels.drawUpwards(canvas, title, FigureStyle.AXIS_TITLE, FigureStyle.INK, MARGIN + 6, middle, 0.5);
    }
}
