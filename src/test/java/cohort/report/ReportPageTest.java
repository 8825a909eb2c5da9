package cohort.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cohort.report.ReportPage.KeyFigure;
import cohort.report.ReportPage.Listing;
import cohort.report.ReportPage.Section;
import cohort.report.ReportTable.Cell;
import cohort.report.ReportTable.Column;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ReportPageTest {
    private static final Column NAME = Column.text("name", "");
    private static final Column RATE = Column.number("rate", "spikes per second", "%,.1f");

    private static String pageOf(ReportTable table) {
        return pageOf(section("one", List.of(), List.of(table), List.of()));
    }

    private static String pageOf(Section... sections) {
        return new ReportPage("title", "summary", List.of(), List.of(sections)).html();
    }

    private static Section section(String id, List<Figure> figures, List<ReportTable> tables, List<Listing> listings) {
        return new Section(id, "Heading " + id, "", figures, tables, listings);
    }

    private static Section empty(String id) {
        return section(id, List.of(), List.of(), List.of());
    }

    @Test
    void whatLooksLikeMarkupStaysTextWhereverItStands() {
        String markup = "<script>'\"&";
        String html = new ReportPage(
                        markup,
                        markup,
                        List.of(new KeyFigure(markup, markup, markup)),
                        List.of(new Section(
                                "all",
                                markup,
                                markup,
                                List.of(DemoPage.lines(markup, markup, 300)),
                                List.of(ReportTable.of(
                                        markup,
                                        List.of(Column.text(markup, markup)),
                                        List.of(List.of(markup), List.of(new Cell(markup, "1" + markup))))),
                                List.of(new Listing(markup, markup), new Listing(markup, (markup + "\n").repeat(20))))))
                .html();

        assertThat(html).doesNotContain(markup).doesNotContain("<script>'");
        assertThat(html.split("<script>", -1)).as("parts around the one script").hasSize(2);
        assertThat(html).contains("alt=\"&lt;script&gt;&#39;&quot;&amp;\"");
    }

    @Test
    void cellsCarryTheFullNumberAndShowTheFormat() {
        String html = pageOf(
                ReportTable.of("rates", List.of(NAME, RATE), List.of(List.of("a", 1234.5678), List.of("b", 9.96f))));

        assertThat(html).contains("<td>a<td data-sort=\"1234.5678\">1,234.6", "<td>b<td data-sort=\"9.96\">10.0");
    }

    @Test
    void aMissingValueHasAnEmptyKeyInBothKindsOfColumns() {
        List<String> nothing = Arrays.asList(null, null);
        String html = pageOf(ReportTable.of("rates", List.of(NAME, RATE), List.of(nothing, List.of("b", Double.NaN))));

        assertThat(html)
                .contains("<td class=\"text\" data-sort=\"\">–<td data-sort=\"\">–", "<td>b<td data-sort=\"\">–");
    }

    @Test
    void aTableWithoutRowsSaysSo() {
        assertThat(pageOf(ReportTable.of("rates", List.of(NAME, RATE), List.of())))
                .contains("<td colspan=\"2\">none");
    }

    @Test
    void numbersDoNotDependOnTheMachinesLanguage() {
        Locale before = Locale.getDefault();
        String english = DemoPage.of(20).html();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            // XChart writes its axes in the machine's language, so figures are left out.
            assertThat(withoutPictures(DemoPage.of(20).html())).isEqualTo(withoutPictures(english));
        } finally {
            Locale.setDefault(before);
        }
    }

    private static String withoutPictures(String html) {
        return html.replaceAll("src=\"data:[^\"]*\"", "");
    }

    @Test
    void aWrongRowIsNamed() {
        assertThatThrownBy(() -> ReportTable.of("rates", List.of(NAME, RATE), List.of(List.of("a", 1), List.of("b"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row 1 of \"rates\" has 1 cells, not 2 as there are columns");
        assertThatThrownBy(() -> ReportTable.of("rates", List.of(NAME), List.of(List.of("a", "b"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row 0 of \"rates\" has 2 cells, not 1 as there are columns");
        assertThatThrownBy(() -> ReportTable.of("rates", List.of(RATE), List.of(List.of("high"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column \"rate\" holds numbers: high");
    }

    @Test
    void aSectionHasAnIdOfItsOwn() {
        assertThatThrownBy(() -> empty("Two words"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Two words");
        assertThatThrownBy(() -> pageOf(empty("one"), empty("two"), empty("one")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("two sections have the id one");
    }

    @Test
    void moreThanThreeSectionsGetATableOfContents() {
        assertThat(pageOf(empty("one"), empty("two"), empty("three"))).doesNotContain("<nav");
        assertThat(pageOf(empty("one"), empty("two"), empty("three"), empty("four")))
                .contains("<a href=\"#four\">Heading four</a>");
    }

    @Test
    void onlyLongListingsAreFolded() {
        Listing twelveLines = new Listing("short", "line\n".repeat(12));
        Listing thirteenLines = new Listing("long", "line\n".repeat(13));

        assertThat(twelveLines.isLong()).isFalse();
        assertThat(pageOf(section("one", List.of(), List.of(), List.of(twelveLines))))
                .doesNotContain("<details");
        assertThat(pageOf(section("one", List.of(), List.of(), List.of(thirteenLines))))
                .contains("<details class=\"listing\"><summary>long</summary>");
    }

    /** What is embedded is the SVG that is saved, but for its colours, which the page's can replace. */
    @Test
    void picturesAreEmbeddedWithColoursThatFollowThePage() {
        for (Figure figure : List.of(DemoPage.lines("loss", "The loss.", 540), DemoPage.heatMap())) {
            String html = pageOf(section("one", List.of(figure), List.of(), List.of()));

            String data = html.replaceAll("(?s).*<img src=\"data:image/svg\\+xml;base64,([^\"]*)\".*", "$1");
            String svg = new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
            assertThat(svg)
                    .contains("@media (prefers-color-scheme:dark)")
                    .contains("fill:var(--c0,rgb(255,255,255))")
                    .doesNotContain(":rgb(255,255,255)", ":rgb(51,51,51)");
            assertThat(svg.replaceFirst("<style>.*?</style>", "")
                            .replaceAll("var\\(--c\\d+,(rgb\\([\\d,]+\\))\\)", "$1"))
                    .isEqualTo(new String(figure.svg(), StandardCharsets.UTF_8));
            assertThat(html).contains("width=\"" + figure.width() + "\" height=\"" + figure.height() + "\"");
        }
    }

    @Test
    void aThousandRunsTakeLittleRoom() {
        String html = pageOf(DemoPage.runs(1000));

        assertThat(html.split("<tr>", -1)).hasSize(1002);
        assertThat(html.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(500_000);
    }
}
