package cohort.report;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a page says of a run or a sweep. All of it is plain text: what looks like HTML is shown as it is written.
 *
 * @param title name of the run or the sweep
 * @param summary one line below the title
 * @param keyFigures the few numbers a reader looks for first
 */
public record ReportPage(String title, String summary, List<KeyFigure> keyFigures, List<Section> sections) {
    public ReportPage {
        keyFigures = List.copyOf(keyFigures);
        sections = List.copyOf(sections);
        Set<String> ids = new HashSet<>();
        for (Section section : sections) {
            if (!ids.add(section.id())) {
                throw new IllegalArgumentException("two sections have the id " + section.id());
            }
        }
    }

    /** The page as HTML, to be written as UTF-8: one file that asks the network for nothing. */
    public String html() {
        return HtmlPage.render(this);
    }

    /**
     * A number that stands out.
     *
     * @param name for instance "efficiency"
     * @param value with its unit, for instance "0.994"
     * @param hint what the number means, in a few words; may be empty
     */
    public record KeyFigure(String name, String value, String hint) {}

    /**
     * A part of the page, shown in the order text, figures, tables, listings.
     *
     * @param id what a link to the section ends with: small letters, digits and hyphens, a letter first
     * @param text one paragraph; may be empty
     */
    public record Section(
            String id,
            String heading,
            String text,
            List<Figure> figures,
            List<ReportTable> tables,
            List<Listing> listings) {
        private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]*");

        public Section {
            if (!ID.matcher(id).matches()) {
                throw new IllegalArgumentException("a section's id has other characters than a-z, 0-9, -: " + id);
            }
            figures = List.copyOf(figures);
            tables = List.copyOf(tables);
            listings = List.copyOf(listings);
        }
    }

    /**
     * Text in which every space counts, as a configuration or a command; it can be copied. A long one is folded.
     *
     * @param heading what it is, for instance "Configuration"
     */
    public record Listing(String heading, String text) {
        private static final int LONG = 12;

        public boolean isLong() {
            return text.lines().skip(LONG).findAny().isPresent();
        }
    }
}
