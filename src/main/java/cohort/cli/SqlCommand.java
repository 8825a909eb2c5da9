package cohort.cli;

import cohort.config.UserError;
import cohort.export.ResultLines;
import cohort.warehouse.SweepView;
import cohort.warehouse.TaskViews;
import cohort.warehouse.Warehouse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
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
    /** How results are printed. */
    enum Format {
        table,
        vertical,
        csv,
        json
    }

    /** What begins with a dash may be a comment of SQL; options that are none land here too. */
    @Parameters(arity = "1..*", paramLabel = "QUERY", description = "A Spark SQL query, in quotes.")
    private List<String> arguments;

    @Mixin
    private WarehouseOption from;

    @Option(
            names = "--format",
            defaultValue = "table",
            description =
                    "One of ${COMPLETION-CANDIDATES}. A table of a few rows that is wider than 120 columns is written"
                            + " vertically. CSV and JSON have all rows and digits. Default: ${DEFAULT-VALUE}.")
    private Format format;

    @Option(
            names = "--files",
            description = "The query may read files beside the warehouse too, such as csv.`/data/animals.csv`.")
    private boolean files;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws IOException {
        String query = query();
        return SparkSessions.with("sql", true, opened -> {
            SparkSession spark = opened.newSession(); // what is set here and registered is this query's alone
            Warehouse warehouse = new Warehouse(spark, from.folder());
            List<String> tables = warehouse.tables();
            if (tables.isEmpty()) {
                throw new UserError("there are no tables in " + from.folder()
                        + ": train something first, or name the folder with --warehouse");
            }
            spark.conf().set("spark.sql.datetime.java8API.enabled", "true"); // times without a time zone of their own
            try {
                ReadingQuery reading = new ReadingQuery(spark, warehouse, query, files);
                register(query, warehouse, tables);
                print(reading.rows(), format, command.commandLine().getOut());
            } catch (StackOverflowError e) {
                throw new UserError("the query is nested too deeply", e);
            } catch (AnalysisException e) {
                throw mistake(e, tables);
            } catch (RuntimeException e) {
                throw isMistake(e) ? mistake(e, tables) : e;
            }
            return 0;
        });
    }

    private String query() {
        for (String argument : arguments) {
            if (argument.startsWith("-") && argument.lines().count() < 2) {
                throw new UserError("unknown option " + argument + ": submit/local sql --help shows what there is");
            }
        }
        if (arguments.size() > 1) {
            throw new UserError("one query at a time, in quotes; these are " + arguments.size() + " arguments");
        }
        if (arguments.get(0).isBlank()) {
            throw new UserError("the query is empty: write one such as \"SELECT * FROM runs\"");
        }
        return arguments.get(0);
    }

    /** Opening a table takes Delta about a second: only those whose names the query has in it, or all, for SHOW TABLES. */
    private static void register(String query, Warehouse warehouse, List<String> tables) throws IOException {
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
            return;
        }
        warehouse.registerTables(named);
        namedViews.forEach(warehouse::registerView);
        if (TaskViews.mayBeIn(text)) {
            new TaskViews(warehouse).register();
        }
    }

    /** Whether the query asks for what Spark has not (0A), or fails on values (22, P0). */
    private static boolean isMistake(RuntimeException failure) {
        return failure instanceof SparkThrowable told
                && Stream.of("0A", "22", "42", "54", "P0").anyMatch(String.valueOf(told.getSqlState())::startsWith);
    }

    private static UserError mistake(Exception failure, List<String> tables) {
        return new UserError(
                failure.getMessage().strip().lines().findFirst().orElseThrow() + "\n       There are the tables "
                        + String.join(", ", tables) + "; DESCRIBE says what is in them.",
                failure);
    }

    static void print(Dataset<Row> result, Format format, PrintWriter out) throws IOException {
        switch (format) {
            case table -> out.println(RowTable.renderToFit(result));
            case vertical -> out.println(RowTable.renderVertically(result));
            case json -> ResultLines.json(result, out::println);
            case csv -> ResultLines.csv(result, out);
        }
        out.flush();
    }
}
