package cohort.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.apache.commons.lang3.StringUtils;

/** Text as outlines, where the chart library places none. */
final class Labels {
    private static final FontRenderContext FINE = new FontRenderContext(null, true, true);

    private Labels() {}

    /** Width of a text in pixels. */
    static double width(String text, Font font) {
        return text.isBlank() ? 0 : new TextLayout(text, font, FINE).getAdvance();
    }

    /**
     * Draws a text.
     *
     * @param x where the text is anchored
     * @param y where the middle of its small letters is
     * @param anchor which part of it lies at x: 0 its beginning, 0.5 its middle, 1 its end
     */
    static void draw(Graphics2D canvas, String text, Font font, Color color, double x, double y, double anchor) {
        draw(canvas, text, font, color, AffineTransform.getTranslateInstance(x, y), anchor);
    }

    /** Draws a text that reads upwards. */
    static void drawUpwards(Graphics2D canvas, String text, Font font, Color color, double x, double y, double anchor) {
        AffineTransform place = AffineTransform.getTranslateInstance(x, y);
        place.quadrantRotate(-1);
        draw(canvas, text, font, color, place, anchor);
    }

    private static void draw(
            Graphics2D canvas, String text, Font font, Color color, AffineTransform place, double anchor) {
        if (text.isBlank()) {
            return;
        }
        TextLayout layout = new TextLayout(text, font, FINE);
        Rectangle2D digit = new TextLayout("0", font, FINE).getBounds();
        place.translate(-anchor * layout.getAdvance(), -digit.getCenterY());
        canvas.setColor(color);
        canvas.fill(layout.getOutline(place));
    }

    /** The text, or as much of its beginning and its end as there is room for in so many pixels: long labels often begin alike. */
    static String fit(String text, Font font, double room) {
        if (width(text, font) <= room) {
            return text;
        }
        int kept = text.length() - 1;
        while (kept > 0 && width(shorten(text, kept), font) > room) {
            kept--;
        }
        return shorten(text, kept);
    }

    /**
     * Texts as long as there is room for, and still different from each other: if their ends are not, what all have in common is left out,
     * and if that does not help they are numbered.
     */
    static List<String> fit(List<String> texts, Font font, double room) {
        List<String> fitted = fitEach(texts, font, room);
        if (areDistinct(texts, fitted)) {
            return fitted;
        }
        String[] all = texts.toArray(String[]::new);
        String start = StringUtils.getCommonPrefix(all);
        String end = StringUtils.reverse(StringUtils.getCommonPrefix(
                texts.stream().map(StringUtils::reverse).toArray(String[]::new)));
        List<String> own = texts.stream()
                .map(text ->
                        "…" + text.substring(start.length(), Math.max(start.length(), text.length() - end.length())))
                .toList();
        fitted = fitEach(own, font, room);
        if (areDistinct(texts, fitted)) {
            return fitted;
        }
        List<String> different = texts.stream().distinct().toList();
        List<String> numbered = texts.stream()
                .map(text -> different.indexOf(text) + 1 + ": " + text)
                .toList();
        return fitEach(numbered, font, room);
    }

    private static List<String> fitEach(List<String> texts, Font font, double room) {
        return texts.stream().map(text -> fit(text, font, room)).toList();
    }

    private static boolean areDistinct(List<String> texts, List<String> fitted) {
        return fitted.stream().distinct().count() == texts.stream().distinct().count();
    }

    private static String shorten(String text, int kept) {
        return text.substring(0, (kept + 1) / 2) + "…" + text.substring(text.length() - kept / 2);
    }
}
