package cohort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.cluster.SharedSpark;
import cohort.warehouse.Tables;
import cohort.warehouse.TestTables;
import cohort.warehouse.Warehouse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task that is written in a configuration is one for all commands. */
class DeclaredTaskCommandTest {
    private static final String CONF = "conf/own/go-nogo.conf";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Cohort.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    @Test
    @Tag("spark")
    void aDeclaredGoNogoIsTrainedAndTested() throws IOException {
        Warehouse warehouse = new Warehouse(SharedSpark.session(), folder.toString());
        String[] train = {
            "train", CONF,
            "--set", "warehouse=\"" + warehouse.root() + "\"",
            "--set", "training.steps=150",
            "--set", "network.hidden=32",
            "--set", "task.dt=50",
            "--set", "evaluation.trials=200",
            "--set", "evaluation.loss-sequences=100"
        };

        assertThat(run(train)).as(err.toString()).isZero();

        Row task = warehouse.read(Tables.TASKS).first();
        assertThat((String) task.getAs("task")).isEqualTo("own-go-nogo");
        assertThat((String) task.getAs("kind")).isEqualTo("declared");
        List<Row> accuracy = warehouse.read(TestTables.CONDITION_ACCURACY).collectAsList();
        assertThat(accuracy).extracting(row -> (String) row.getAs("condition")).containsOnly("go=0", "go=1");
        assertThat(accuracy).allMatch(row -> row.<Double>getAs("efficiency") > 0.97);
        assertThat(run(
                        "sql",
                        "SELECT go, accuracy FROM own_go_nogo_accuracy ORDER BY go",
                        "--warehouse",
                        warehouse.root()))
                .as(err.toString())
                .isZero();
        assertThat(run("evaluate", "own-go-nogo", "--warehouse", warehouse.root(), "--set", "task.timing.delay=1000"))
                .as(err.toString())
                .isZero();
    }

    @Test
    void itIsShown() {
        assertThat(run("task", "show", CONF, "--to", folder.toString()))
                .as(err.toString())
                .isZero();

        assertThat(out.toString())
                .contains(
                        "own-go-nogo: A task that is written in the configuration.",
                        "fixation, symbol (2)",
                        "delay, 500 ms",
                        "go: one of 0 or 1",
                        "2 conditions",
                        "chance 0.5000, ceiling 1.0000");
    }

    @Test
    void itIsListedThoughItIsNoneByItself() {
        assertThat(run("task", "list", "--family", "declared"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("| declared ", "docs/tasks/declared.md");

        assertThat(run("task", "show", "declared")).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains("task.periods = []: must name periods in their order");
    }
}
