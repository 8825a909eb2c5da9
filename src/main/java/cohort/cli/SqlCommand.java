package cohort.cli;

import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_csv;
import static org.apache.spark.sql.functions.to_json;

import cohort.cluster.SweepView;
import cohort.cluster.Warehouse;
import cohort.experiment.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** `sql "SELECT ..."`: asks the warehouse's tables. */
@Command(
        name = "sql",
        description = "Runs a query over the tables of a warehouse. DESCRIBE table explains its columns.")
final class SqlCommand implements Callable<Integer> {
    /** Tables of results are not for changing by hand; a run could not be told from what was made of it. */
    private static final Pattern READING =
            Pattern.compile("^[\\s(]*(select|with|values|describe|desc|show|explain)\\b", Pattern.CASE_INSENSITIVE);

    /** How results are printed. */
    enum Format {
        table,
        csv,
        json
    }

    @Parameters(index = "0", paramLabel = "QUERY", description = "A Spark SQL query.")
    private String query;

    @Mixin
    private WarehouseOption from;

    @Option(
            names = "--format",
            defaultValue = "table",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws IOException {
        if (!READING.matcher(query).find()) {
            throw new UserError(
                    "tables are only read here: write a query that begins with SELECT, WITH, VALUES, DESCRIBE, SHOW"
                            + " or EXPLAIN, in quotes");
        }
        return SparkSessions.with("sql", true, spark -> {
            Warehouse warehouse = new Warehouse(spark, from.folder());
            List<String> tables = warehouse.tables();
            if (tables.isEmpty()) {
                throw new UserError("there are no tables in " + from.folder()
                        + ": train something first, or name the folder with --warehouse");
            }
            register(warehouse, tables);
            try {
                print(spark.sql(query), format, command.commandLine().getOut());
            } catch (Exception e) { // Scala does not declare what it throws, so Java cannot catch it by name
                if (isMistake(e)) {
                    throw new UserError(
                            e.getMessage().strip().lines().findFirst().orElseThrow() + "\n       There are the tables "
                                    + String.join(", ", tables) + "; DESCRIBE says what is in them.",
                            e);
                }
                throw e;
            }
            return 0;
        });
    }

    /** Opening a table takes Delta about a second: only those whose names the query has in it, or all, for SHOW TABLES. */
    private void register(Warehouse warehouse, List<String> tables) throws IOException {
        String text = query.toLowerCase(Locale.ROOT);
        List<SweepView> views = Arrays.stream(SweepView.values())
                .filter(view -> tables.containsAll(view.tables()))
                .toList();
        List<String> named = tables.stream()
                .filter(name -> text.contains(name.toLowerCase(Locale.ROOT)))
                .toList();
        List<SweepView> namedViews =
                views.stream().filter(view -> text.contains(view.label())).toList();
        if (named.isEmpty() && namedViews.isEmpty()) {
            warehouse.registerAll();
        } else {
            warehouse.registerTables(named);
            namedViews.forEach(warehouse::registerView);
        }
    }

    /** Whether the query is at fault: SQL's classes of errors in its text (42) and in its values (22). */
    private static boolean isMistake(Exception failure) {
        if (failure instanceof SparkThrowable told) {
            String state = String.valueOf(told.getSqlState());
            return state.startsWith("42") || state.startsWith("22");
        }
        return false;
    }

    static void print(Dataset<Row> result, Format format, PrintWriter out) {
        switch (format) {
            case table -> out.println(RowTable.render(result));
            case json -> printLines(result.select(to_json(allColumns(result))), out);
            case csv -> {
                out.println(String.join(",", result.columns()));
                printLines(result.select(to_csv(allColumns(result))), out);
            }
        }
        out.flush();
    }

    private static Column allColumns(Dataset<Row> result) {
        return struct(Arrays.stream(result.columns())
                .map(name -> functions.col("`" + name.replace("`", "``") + "`"))
                .toArray(Column[]::new));
    }

    private static void printLines(Dataset<Row> lines, PrintWriter out) {
        Iterator<Row> rows = lines.toLocalIterator();
        while (rows.hasNext()) {
            out.println(rows.next().getString(0));
        }
    }
}
