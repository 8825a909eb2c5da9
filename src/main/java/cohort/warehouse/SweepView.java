package cohort.warehouse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** What sweeps come to, as queries over the tables: each is a file of SQL beside this class's resources. */
public enum SweepView {
    /** One row for each setting of a sweep, ranked by mean efficiency. */
    LEADERBOARD("sweep_runs", "runs"),
    /** One row for each setting and condition: accuracy over seeds. */
    SETTING_ACCURACY("sweep_runs", "runs", "condition_accuracy"),
    /** One row for each key of a sweep: how much of the variance its values explain. */
    SETTING_IMPORTANCE("sweep_runs", "runs");

    @SuppressWarnings("ImmutableEnumChecker") // List.of makes an immutable one
    private final List<String> tables;

    SweepView(String... tables) {
        this.tables = List.of(tables);
    }

    /** The name used in SQL. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Tables it is made from. */
    public List<String> tables() {
        return tables;
    }

    String query() {
        try (InputStream in = SweepView.class.getResourceAsStream("/cohort/views/" + label() + ".sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
