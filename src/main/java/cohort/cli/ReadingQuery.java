package cohort.cli;

import cohort.config.UserError;
import cohort.warehouse.Warehouse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.lang3.StringUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry$;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTable;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableOrView;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableValuedFunction;
import org.apache.spark.sql.catalyst.expressions.CallMethodViaReflection;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.View;
import org.apache.spark.sql.delta.UnresolvedPathBasedDeltaTable;
import org.apache.spark.sql.delta.UnresolvedPathBasedTable;
import org.apache.spark.sql.execution.CommandExecutionMode;
import org.apache.spark.sql.execution.command.DescribeQueryCommand;
import org.apache.spark.sql.execution.command.ExplainCommand;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.types.DataType;
import scala.Product;
import scala.collection.Iterable;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A query that reads a warehouse's tables and does nothing else. What it would do is not seen in its words but in the plan that
 * Spark makes of them, all of it: only what is known to read is let through, first as it was parsed, since some names already do
 * something when they are looked up, and then as it was understood.
 */
final class ReadingQuery {
    private static final String LOGICAL = "org.apache.spark.sql.catalyst.plans.logical.";
    private static final String ANALYSIS = "org.apache.spark.sql.catalyst.analysis.";
    private static final String COMMAND = "org.apache.spark.sql.execution.command.";
    private static final String DELTA = "org.apache.spark.sql.delta.";

    /** What queries are made of, before and after names were looked up. */
    private static final Set<String> OPERATORS = classes(Map.of(
            LOGICAL,
            "Project Filter Aggregate Join LateralJoin AsOfJoin NearestByJoin Sort GlobalLimit LocalLimit LimitAll"
                    + " Offset Tail Distinct Deduplicate Union Intersect Except SubqueryAlias UnresolvedWith WithCTE"
                    + " CTERelationDef CTERelationRef UnionLoop UnionLoopRef Window WithWindowDefinition Generate"
                    + " Expand Pivot Unpivot Transpose Sample Repartition RepartitionByExpression RebalancePartitions"
                    + " UnresolvedHint ResolvedHint OneRowRelation LocalRelation EmptyRelation Range View"
                    + " Subquery DomainJoin",
            "org.apache.spark.sql.catalyst.expressions.",
            "PipeOperator",
            ANALYSIS,
            "UnresolvedRelation UnresolvedInlineTable ResolvedInlineTable UnresolvedTableValuedFunction"
                    + " UnresolvedTVFAliases UnresolvedSubqueryColumnAliases UnresolvedHaving UnresolvedQualify"
                    + " UnresolvedTranspose RelationTimeTravel",
            "org.apache.spark.sql.execution.datasources.",
            "LogicalRelation"));

    /** Commands that only tell; as the whole of a query. */
    private static final Set<String> TELLING = classes(Map.of(
            LOGICAL,
            "DescribeRelation DescribeColumn DescribeFunction ShowTables ShowTablesExtended ShowViews ShowColumns ShowFunctions"
                    + " ShowTableProperties",
            COMMAND,
            "DescribeQueryCommand DescribeRelationJsonCommand ExplainCommand ShowCatalogsCommand ShowNamespacesCommand"
                    + " ShowCurrentNamespaceCommand",
            DELTA + "commands.",
            "DescribeDeltaHistory DescribeDeltaDetailCommand"));

    /** What such commands tell about. */
    private static final Set<String> TOLD = classes(Map.of(
            ANALYSIS,
            "UnresolvedTable UnresolvedTableOrView UnresolvedNamespace UnresolvedFunctionName CurrentNamespace$",
            DELTA,
            "UnresolvedPathBasedDeltaTable UnresolvedPathBasedTable"));

    /** Kinds of files that may stand before a path. */
    private static final Set<String> FORMATS =
            Set.of("delta", "parquet", "csv", "json", "text", "orc", "xml", "avro", "binaryfile");

    /** Functions that stand where a table does, and compute. */
    private static final Set<String> TABLE_FUNCTIONS = Set.of(
            "range",
            "explode",
            "explode_outer",
            "posexplode",
            "posexplode_outer",
            "inline",
            "inline_outer",
            "stack",
            "json_tuple",
            "variant_explode",
            "variant_explode_outer",
            "sql_keywords",
            "collations");

    /** Functions that call Java or open files, with the number of arguments up to which they do not. */
    private static final Map<String, Integer> REACHING_OUT = Map.of(
            "reflect", -1,
            "java_method", -1,
            "try_reflect", -1,
            "from_avro", -1,
            "to_avro", -1,
            "schema_of_avro", -1,
            "from_protobuf", -1,
            "to_protobuf", -1,
            "from_xml", 2, // an option names a file
            "schema_of_xml", 1);

    private final org.apache.spark.sql.classic.SparkSession spark;
    private final Warehouse warehouse;
    private final boolean anyFile;
    private final LogicalPlan parsed;

    /**
     * Parses a query.
     *
     * @param anyFile whether it may read files beside the warehouse
     * @throws ParseException if it is no SQL
     * @throws UserError if it does anything but read
     */
    ReadingQuery(SparkSession spark, Warehouse warehouse, String query, boolean anyFile)
            throws IOException, ParseException {
        this.spark = (org.apache.spark.sql.classic.SparkSession) spark;
        this.warehouse = warehouse;
        this.anyFile = anyFile;
        // Else ${env:NAME} in a query is replaced by what the environment holds.
        spark.conf().set("spark.sql.variable.substitute", "false");
        this.parsed = withPaths(this.spark.sessionState().sqlParser().parsePlan(query));
        if (TELLING.contains(parsed.getClass().getName())) {
            checkParts(parsed);
        } else {
            check(parsed);
        }
    }

    /**
     * Its rows, once the tables that it names are registered.
     *
     * @throws UserError if it does anything but read
     */
    Dataset<Row> rows() throws IOException {
        if (parsed instanceof ExplainCommand explain) {
            check(analyzed(explain.logicalPlan()));
        } else if (parsed instanceof DescribeQueryCommand describe) {
            check(analyzed(describe.plan()));
        } else if (!TELLING.contains(parsed.getClass().getName())) {
            check(analyzed(parsed));
        }
        return org.apache.spark.sql.classic.Dataset.ofRows(spark, parsed);
    }

    private LogicalPlan analyzed(LogicalPlan plan) {
        return spark.sessionState()
                .executePlan(plan, CommandExecutionMode.SKIP())
                .analyzed();
    }

    /** Delta tells the history and details of tables by path alone; their names are those of views here. */
    private LogicalPlan withPaths(LogicalPlan plan) throws IOException {
        if (plan.children().size() == 1
                && plan.children().apply(0) instanceof UnresolvedTable table
                && table.multipartIdentifier().size() == 1
                && warehouse.tables().contains(table.multipartIdentifier().apply(0))) {
            String path = warehouse.table(table.multipartIdentifier().apply(0));
            LogicalPlan byPath =
                    new UnresolvedTable(seq(List.of("delta", path)), table.commandName(), table.suggestAlternative());
            return plan.withNewChildren(seq(List.of(byPath)));
        }
        return plan;
    }

    private static <T> Seq<T> seq(List<T> values) {
        return CollectionConverters.asScala(values).toSeq();
    }

    private void check(Object part) throws IOException {
        if (part instanceof LogicalPlan plan) {
            checkPlan(plan);
        } else if (part instanceof Expression expression) {
            checkExpression(expression);
        } else if (part instanceof DataType) {
            return;
        } else if (part instanceof Iterable<?> several) {
            for (Iterator<?> each = several.iterator(); each.hasNext(); ) {
                check(each.next());
            }
        } else if (part instanceof Product) {
            checkParts(part);
        }
    }

    /** All that a plan is made of, wherever it keeps it: operators, expressions, subqueries. */
    private void checkParts(Object whole) throws IOException {
        for (Iterator<?> each = ((Product) whole).productIterator(); each.hasNext(); ) {
            check(each.next());
        }
    }

    private void checkPlan(LogicalPlan plan) throws IOException {
        String name = plan.getClass().getName();
        if (plan instanceof View) {
            return; // a table or view of the warehouse
        }
        if (plan instanceof LogicalRelation relation) {
            checkRelation(relation);
            return;
        }
        if (!OPERATORS.contains(name) && !TOLD.contains(name)) {
            throw refused(words(plan.getClass().getSimpleName()));
        }
        if (plan instanceof UnresolvedRelation relation) {
            if (!relation.options().isEmpty()) {
                throw refused("options of a table");
            }
            checkName(relation.multipartIdentifier());
        } else if (plan instanceof UnresolvedTable table) {
            checkName(table.multipartIdentifier());
        } else if (plan instanceof UnresolvedTableOrView table) {
            checkName(table.multipartIdentifier());
        } else if (plan instanceof UnresolvedPathBasedDeltaTable table) {
            requireInside(table.path());
        } else if (plan instanceof UnresolvedPathBasedTable table) {
            requireInside(table.path());
        } else if (plan instanceof UnresolvedTableValuedFunction function) {
            String called = last(function.name());
            if (!TABLE_FUNCTIONS.contains(called)) {
                throw refused("function " + called + " as a table");
            }
        }
        checkParts(plan);
    }

    private void checkExpression(Expression expression) throws IOException {
        if (expression instanceof UnresolvedFunction function) {
            String called = last(function.nameParts());
            int arguments = function.arguments().size();
            if (arguments > REACHING_OUT.getOrDefault(called, Integer.MAX_VALUE)) {
                throw refused("function " + called + (REACHING_OUT.get(called) < 0 ? "" : " with options"));
            }
            if (!FunctionRegistry$.MODULE$
                    .builtin()
                    .functionExists(FunctionRegistry$.MODULE$.builtinFunctionIdentifier(called))) {
                throw refused("function " + called + ", which is none of Spark's own,");
            }
        }
        if (expression instanceof CallMethodViaReflection
                || !expression.getClass().getName().startsWith("org.apache.spark.sql.catalyst.")) {
            throw refused(words(expression.getClass().getSimpleName()));
        }
        checkParts(expression);
    }

    /** A table or view by its name, or a file by its path. */
    private void checkName(Seq<String> name) throws IOException {
        int parts = name.size();
        String first = name.apply(0).toLowerCase(Locale.ROOT);
        if (parts == 1 || (parts == 2 && first.equals("session"))) {
            return;
        }
        if (parts != 2 || !FORMATS.contains(first)) {
            throw refused(name.mkString(".") + ", which is no table of " + warehouse.root() + ",");
        }
        requireInside(name.apply(1));
    }

    private void checkRelation(LogicalRelation relation) throws IOException {
        if (!(relation.relation() instanceof HadoopFsRelation files)) {
            throw refused("a table of " + relation.relation().getClass().getSimpleName());
        }
        for (Iterator<org.apache.hadoop.fs.Path> path =
                        files.location().rootPaths().iterator();
                path.hasNext(); ) {
            requireInside(path.next().toString());
        }
    }

    private void requireInside(String path) throws IOException {
        if (!anyFile && !warehouse.contains(path)) {
            throw new UserError("a query reads the tables of " + warehouse.root() + ", and not " + path
                    + ": --files lets it read files elsewhere");
        }
    }

    private static UserError refused(String what) {
        return new UserError("not allowed in a query: " + what + "; sql only reads tables (SELECT, WITH, FROM, VALUES,"
                + " TABLE, DESCRIBE, SHOW, and EXPLAIN of these)");
    }

    private static String last(Seq<String> name) {
        return name.last().toLowerCase(Locale.ROOT);
    }

    /** "DeleteFromTable" as "delete from table". */
    private static String words(String className) {
        return Stream.of(StringUtils.splitByCharacterTypeCamelCase(className.replaceFirst("(Command|\\$)+$", "")))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" "));
    }

    private static Set<String> classes(Map<String, String> byPackage) {
        return byPackage.entrySet().stream()
                .flatMap(names -> Stream.of(names.getValue().split(" ")).map(name -> names.getKey() + name))
                .collect(Collectors.toUnmodifiableSet());
    }
}
