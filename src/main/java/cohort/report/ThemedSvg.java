package cohort.report;

import java.awt.Color;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * A figure's SVG that is dark on a dark page: paper, ink and lines are variables with the light colours as their defaults. Without its style
 * element, and with each variable replaced by its default, it is the figure's own SVG, as report.js saves it.
 */
final class ThemedSvg {
    private ThemedSvg() {}

    /** Colours that are others on a dark page, whose paper is that of report.css. */
    private static Map<String, String> dark() {
        Map<String, String> dark = new LinkedHashMap<>();
        dark.put(rgb(Color.WHITE), "#15181d");
        dark.put(rgb(Color.BLACK), "#dde1e6");
        dark.put(rgb(FigureStyle.INK), "#dde1e6");
        dark.put(rgb(FigureStyle.GREY), "#98a1ad");
        dark.put(rgb(FigureStyle.GRID), "#31363e");
        dark.put(rgb(FigureStyle.MISSING), "#4a515c");
        dark.put(rgb(FigureStyle.color(0)), "#3b9ae1");
        return dark;
    }

    private static String rgb(Color color) {
        return "rgb(" + color.getRed() + "," + color.getGreen() + "," + color.getBlue() + ")";
    }

    /** The SVG with variables for its colours. */
    static String of(String svg) {
        String themed = svg;
        StringJoiner variables = new StringJoiner(";");
        int count = 0;
        for (Map.Entry<String, String> color : dark().entrySet()) {
            String name = "--c" + count++;
            themed = themed.replace(":" + color.getKey(), ":var(" + name + "," + color.getKey() + ")");
            variables.add(name + ":" + color.getValue());
        }
        int content = themed.indexOf('>') + 1;
        return themed.substring(0, content) + "<style>@media (prefers-color-scheme:dark){:root{" + variables
                + "}}</style>" + themed.substring(content);
    }
}
