package cohort.report;

import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.TemplateMethodModelEx;
import freemarker.template.TemplateModel;
import freemarker.template.utility.DeepUnwrap;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;

/** Fills report.ftlh. Style and script stand in the page, and their digests in its security policy: nothing else can run. */
final class HtmlPage {
    private static final Configuration TEMPLATES = templates();

    private HtmlPage() {}

    static String render(ReportPage page) {
        String style = resource("report.css");
        String script = resource("sortable.js") + resource("report.js");
        Map<String, Object> model = Map.of(
                "page",
                page,
                "style",
                style,
                "styleDigest",
                digest(style),
                "script",
                script,
                "scriptDigest",
                digest(script),
                "picture",
                (TemplateMethodModelEx)
                        arguments -> picture((Figure) DeepUnwrap.unwrap((TemplateModel) arguments.get(0))));
        StringWriter html = new StringWriter();
        try {
            TEMPLATES.getTemplate("report.ftlh").process(model, html);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TemplateException e) {
            throw new IllegalStateException(e);
        }
        return html.toString();
    }

    private static Configuration templates() {
        Configuration templates = new Configuration(Configuration.VERSION_2_3_34);
        templates.setClassForTemplateLoading(HtmlPage.class, "");
        templates.setDefaultEncoding(StandardCharsets.UTF_8.name());
        templates.setLocale(Locale.ROOT);
        templates.setLocalizedLookup(false);
        templates.setNumberFormat("computer");
        templates.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        templates.setLogTemplateExceptions(false);
        return templates;
    }

    /** As an image, not as elements: names inside one SVG cannot clash with another's. */
    private static String picture(Figure figure) {
        byte[] svg =
                ThemedSvg.of(new String(figure.svg(), StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        return "data:image/svg+xml;base64," + Base64.getEncoder().encodeToString(svg);
    }

    private static String digest(String text) {
        return "sha256-" + Base64.getEncoder().encodeToString(DigestUtils.sha256(text));
    }

    private static String resource(String name) {
        try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
