package cohort.report;

import java.awt.Graphics2D;
import java.util.List;
import org.knowm.xchart.internal.chartpart.Annotation;

/** Names of a figure's rows beside them, from 0 down; the library's own labels end after twenty letters. */
final class RowLabels extends Annotation {
    static final int GAP = 10;

    private final List<String> labels;

    RowLabels(List<String> labels) {
        super(false);
        this.labels = labels;
    }

    @Override
    public void paint(Graphics2D canvas) {
        double right = chart.getYAxisLeftWidth() - GAP;
        for (int row = 0; row < labels.size(); row++) {
            double y = chart.getScreenYFromChart(-row);
            Labels.draw(canvas, labels.get(row), FigureStyle.TEXT, FigureStyle.INK, right, y, 1);
        }
    }
}
