package cohort.report;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** Looks into drawn figures. */
final class Pictures {
    private Pictures() {}

    static BufferedImage image(Figure figure) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(figure.png()));
    }

    /** How many dots have exactly this colour. */
    static long dots(BufferedImage image, Color color) {
        return IntStream.range(0, image.getWidth() * image.getHeight())
                .filter(i -> image.getRGB(i % image.getWidth(), i / image.getWidth()) == color.getRGB())
                .count();
    }

    static long dots(Figure figure, Color color) throws IOException {
        return dots(image(figure), color);
    }

    static Element svg(Figure figure) throws IOException, ParserConfigurationException, SAXException {
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(figure.svg()));
        return document.getDocumentElement();
    }

    /** What the SVG says it shows. */
    static String words(Figure figure) throws IOException, ParserConfigurationException, SAXException {
        return svg(figure).getElementsByTagName("desc").item(0).getTextContent();
    }
}
