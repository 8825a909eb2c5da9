package cohort.report;

import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import org.knowm.xchart.style.markers.Marker;

/** What stands for a point beyond the left end of an axis. */
final class LeftArrow extends Marker {
    private static final long serialVersionUID = 1;

    @Override
    public void paint(Graphics2D canvas, double x, double y, int size) {
        double half = size / 2.0 + 1;
        Path2D triangle = new Path2D.Double();
        triangle.moveTo(x - half, y);
        triangle.lineTo(x + half, y - half);
        triangle.lineTo(x + half, y + half);
        triangle.closePath();
        canvas.fill(triangle);
    }
}
