package cohort.notebook;

import cohort.report.Figure;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.rapaio.jupyter.kernel.display.DisplayData;
import org.rapaio.jupyter.kernel.display.DisplayRenderer;
import org.rapaio.jupyter.kernel.display.DisplayTransformer;
import org.rapaio.jupyter.kernel.display.spi.DisplayProvider;

/** Shows the figure that a cell ends with, in its own size: its picture has more dots, to be sharp on fine screens. */
public final class FigureDisplay implements DisplayProvider {
    private static final String PNG = "image/png";

    @Override
    public List<DisplayRenderer> getDisplayRenderers() {
        return List.of(new FigureRenderer());
    }

    @Override
    public List<DisplayTransformer> getDisplayTransformers() {
        return List.of();
    }

    private static final class FigureRenderer implements DisplayRenderer {
        @Override
        public Class<?> rendererClass() {
            return Figure.class;
        }

        @Override
        public boolean canRender(String mimeType) {
            return true;
        }

        @Override
        public DisplayData render(String mimeType, Object value) {
            Figure figure = (Figure) value;
            DisplayData display =
                    DisplayData.withType(PNG, Base64.getEncoder().encodeToString(figure.png()));
            display.putData("text/plain", figure.caption());
            display.putMetaData(PNG, Map.of("width", figure.width(), "height", figure.height()));
            return display;
        }
    }
}
