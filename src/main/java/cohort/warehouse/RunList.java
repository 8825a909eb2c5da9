package cohort.warehouse;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.map_keys;

import cohort.config.Counted;
import cohort.config.Keys;
import cohort.run.RunFolder;
import cohort.run.RunId;
import cohort.storage.Files;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.commons.lang3.StringUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The runs and sweeps of a warehouse, as its tables and folders have them. */
public final class RunList {
    private final Warehouse warehouse;
    private final Files files;
    private final Map<String, String> owned;
    /** Rows of table runs without the configuration, by run. */
    private final Map<String, Row> runs = new LinkedHashMap<>();
    /** Rows of table sweep_runs, with the swept keys in place of their values, by sweep. */
    private final Map<String, List<Row>> sweeps = new TreeMap<>();
    /** Rows of table sweep_runs, by run. */
    private final Map<String, List<Row>> memberships = new HashMap<>();

    private final List<ListLine> alone = new ArrayList<>();

    public RunList(Warehouse warehouse) throws IOException {
        this.warehouse = warehouse;
        this.files = warehouse.files();
        this.owned = warehouse.owned();
        Dataset<Row> table = warehouse.read(Tables.RUNS).where(col("run_id").isNotNull());
        Dataset<Row> members = warehouse
                .read(Tables.SWEEP_RUNS)
                .where(col("run_id").isNotNull().and(col("sweep").isNotNull()));
        table.select("run_id", "name", "seed", "status", "started_at", "efficiency")
                .collectAsList()
                .forEach(row -> runs.putIfAbsent(row.getString(0), row));
        Row[] rows = (Row[]) members.select(
                        col("sweep"),
                        col("run_id"),
                        col("seed"),
                        col("setting"),
                        array_join(array_sort(map_keys(col("settings"))), ",").as("keys"))
                .collect();
        for (Row row : rows) {
            sweeps.computeIfAbsent(row.getAs("sweep"), sweep -> new ArrayList<>())
                    .add(row);
            memberships
                    .computeIfAbsent(row.getAs("run_id"), run -> new ArrayList<>())
                    .add(row);
        }
        Differences differences = new Differences();
        List<ListLine> lines = unfinished(differences);
        for (Row row : table.join(members, table.col("run_id").equalTo(members.col("run_id")), "left_anti")
                .select("run_id", "config")
                .collectAsList()) {
            ListLine line = line(runs.get(row.getString(0)));
            differences.add(line.name(), line.runId(), StringUtils.defaultString(row.getString(1)));
            lines.add(line);
        }
        Map<String, String> differs = differences.texts();
        lines.forEach(line -> alone.add(line.withDiffers(differs.getOrDefault(line.runId(), ""))));
    }

    /** All runs that are in no sweep, and each sweep in a line. */
    public List<ListLine> summary() {
        List<ListLine> lines = new ArrayList<>(alone);
        sweeps.forEach((sweep, rows) -> lines.add(line(sweep, rows)));
        return ListLine.sorted(lines);
    }

    /** Every run by itself. */
    public List<ListLine> everyRun() {
        List<ListLine> lines = new ArrayList<>(alone);
        memberships.forEach((run, rows) -> {
            if (runs.containsKey(run)) {
                lines.add(line(runs.get(run)).withDiffers(setting(rows.get(0))));
            }
        });
        return ListLine.sorted(lines);
    }

    /** Runs of this name or of the sweep that is called so, and those whose id begins so: each by itself. */
    public List<ListLine> called(String name) {
        return everyRun().stream()
                .filter(line -> line.name().equals(name)
                        || line.runId().startsWith(name)
                        || memberships.getOrDefault(line.runId(), List.of()).stream()
                                .anyMatch(row -> row.getAs("sweep").equals(name)))
                .toList();
    }

    private static String setting(Row member) {
        return member.<String>getAs("keys").isEmpty() ? "" : member.getAs("setting");
    }

    private ListLine line(Row run) {
        String id = run.getAs("run_id");
        return new ListLine(
                StringUtils.defaultString(run.getAs("name")),
                run.getAs("seed"),
                id,
                memberships.containsKey(id)
                        ? memberships.get(id).stream()
                                .map(row -> row.<String>getAs("sweep"))
                                .sorted()
                                .collect(Collectors.joining(", "))
                        : null,
                StringUtils.defaultString(run.getAs("status")),
                run.getAs("started_at"),
                run.getAs("efficiency"),
                "");
    }

    private ListLine line(String sweep, List<Row> members) {
        List<Row> ended = members.stream()
                .map(row -> runs.get(row.<String>getAs("run_id")))
                .filter(Objects::nonNull)
                .toList();
        Map<String, Long> counts = new TreeMap<>(ended.stream()
                .map(row -> StringUtils.defaultString(row.getAs("status")))
                .collect(Collectors.groupingBy(status -> status, Collectors.counting())));
        String doing = owned.get("sweep " + sweep);
        String trained =
                String.format(Locale.ROOT, "%,d of %,d trained", counts.getOrDefault("trained", 0L), members.size());
        counts.remove("trained");
        Set<String> keys = new TreeSet<>();
        members.forEach(row -> keys.addAll(List.of(row.<String>getAs("keys").split(","))));
        long seeds =
                members.stream().map(row -> row.<Long>getAs("seed")).distinct().count();
        return new ListLine(
                sweep,
                null,
                null,
                sweep,
                trained
                        + counts.entrySet().stream()
                                .map(count -> ", " + count.getValue() + " " + count.getKey())
                                .collect(Collectors.joining())
                        + (doing != null ? ", being " + doing : ended.size() < members.size() ? ", broken off" : ""),
                ended.stream()
                        .map(row -> row.<Timestamp>getAs("started_at"))
                        .filter(Objects::nonNull)
                        .min(Timestamp::compareTo)
                        .orElse(null),
                ended.stream()
                        .map(row -> row.<Double>getAs("efficiency"))
                        .filter(Objects::nonNull)
                        .max(Double::compareTo)
                        .orElse(null),
                keys.stream().map(Keys::lastPart).collect(Collectors.joining(", "))
                        + (keys.equals(Set.of("")) ? "" : "; ")
                        + Counted.of(seeds, "seed"));
    }

    /** Runs that have a folder, and no row yet. Those of a sweep are counted there. */
    private List<ListLine> unfinished(Differences differences) throws IOException {
        List<ListLine> lines = new ArrayList<>();
        for (String id : files.list(warehouse.models())) {
            String configuration = RunFolder.begun(warehouse.modelFolder(id));
            if (runs.containsKey(id) || memberships.containsKey(id) || id.startsWith(".")) {
                continue;
            }
            Optional<RunId> parts = RunId.parse(id);
            String name = parts.map(RunId::name).orElse(id);
            Long seed = parts.map(RunId::seed).orElse(null);
            String doing = owned.get("run " + id);
            lines.add(new ListLine(
                    name, seed, id, null, doing == null ? "broken off" : "being " + doing, null, null, ""));
            if (files.exists(configuration)) {
                differences.add(name, id, new String(files.read(configuration), StandardCharsets.UTF_8));
            }
        }
        return lines;
    }
}
