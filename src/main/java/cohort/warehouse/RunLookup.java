package cohort.warehouse;

import static org.apache.spark.sql.functions.col;

import cohort.config.Counted;
import cohort.config.UserError;
import cohort.run.RunId;
import cohort.run.RunStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.lang3.StringUtils;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Finds the run that somebody means; see {@link RunName}. Whatever the text is, it is only ever compared. */
public final class RunLookup {
    private static final int MOST_NAMED = 5;
    /** Characters of a list in a message. */
    private static final int MOST_LISTED = 180;
    /** A text that is longer was not typed. */
    private static final int LONGEST_TYPED = 100;

    private final Warehouse warehouse;
    private final PrintWriter notes;

    /**
     * Looks in a warehouse.
     *
     * @param notes hears which run it is where a name is that of several
     */
    public RunLookup(Warehouse warehouse, PrintWriter notes) {
        this.warehouse = warehouse;
        this.notes = notes;
    }

    /** A run that may be meant. */
    private record Candidate(String id, String name, long seed, String status, Timestamp begun) {
        static final Comparator<Candidate> NEWEST_FIRST = Comparator.comparing(
                        Candidate::begun, Comparator.nullsFirst(Comparator.<Timestamp>naturalOrder()))
                .thenComparing(Candidate::id)
                .reversed();

        boolean isMeant(RunName meant, String text) {
            return id.startsWith(text)
                    || name.equals(text)
                    || (name.equals(meant.name()) && meant.seed().orElse(seed) == seed);
        }

        static Candidate of(Row row) {
            return new Candidate(
                    row.getAs("run_id"),
                    StringUtils.defaultString(row.getAs("name")),
                    row.getAs("seed") == null ? 0 : row.<Long>getAs("seed"),
                    StringUtils.defaultString(row.getAs("status")),
                    row.getAs("started_at"));
        }
    }

    /**
     * The row of table runs of the run that is meant.
     *
     * @throws UserError if there is none, or the beginning of an id is that of several; it names some
     */
    public Row find(String text) throws IOException {
        List<Candidate> ended = ended(text);
        RunName meant = meant(text);
        List<Candidate> unfinished = unfinished(text, ended).stream()
                .filter(run -> run.isMeant(meant, text))
                .toList();
        if (!unfinished.isEmpty() && ended.stream().noneMatch(run -> run.isMeant(meant, text))) {
            Candidate run = unfinished.get(0);
            throw new UserError("run " + UserError.quoted(run.id()) + " is not finished: it " + run.status());
        }
        String id = choose(text, ended);
        for (Candidate run : unfinished) {
            if (!id.equals(text) && !meant.isNumbered(text)) {
                notes.println("run " + run.id() + " " + run.status() + ", and is not meant");
            }
        }
        return complete(
                warehouse.read(Tables.RUNS).where(col("run_id").equalTo(id)).first());
    }

    /** The id of the run that is meant; see {@link #find}. It may not be finished, and counts as the newest then. */
    public String findId(String text) throws IOException {
        List<Candidate> ended = ended(text);
        List<Candidate> all = new ArrayList<>(unfinished(text, ended));
        all.addAll(ended);
        return choose(text, all);
    }

    /** The runs with a row that may be meant, newest first. */
    private List<Candidate> ended(String text) throws IOException {
        if (text.isBlank()) {
            throw new UserError("no run is named: give " + RunName.FORMS);
        }
        return candidates(warehouse
                .read(Tables.RUNS)
                .where(col("run_id")
                        .startsWith(text)
                        .or(col("name").isin(text, meant(text).name()))));
    }

    /** A text as the name of a run; one that is no such form is a name as it stands. */
    private static RunName meant(String text) {
        return RunName.parse(text).orElse(new RunName(text, OptionalLong.empty(), 1));
    }

    /** The runs without a row that may be meant: they have a folder. */
    private List<Candidate> unfinished(String text, List<Candidate> ended) throws IOException {
        Set<String> known = ended.stream().map(Candidate::id).collect(Collectors.toSet());
        Map<String, String> owned = warehouse.owned();
        String name = meant(text).name();
        List<Candidate> runs = new ArrayList<>();
        for (String id : warehouse.files().list(warehouse.models())) {
            Optional<RunId> parts = RunId.parse(id);
            String called = parts.map(RunId::name).orElse(id);
            boolean fits = id.startsWith(text) || called.equals(text) || called.equals(name);
            if (fits && !known.contains(id) && !id.startsWith(".")) {
                String doing = owned.get("run " + id);
                String status = doing == null ? "was broken off" : "is being " + doing;
                runs.add(new Candidate(
                        id, called, parts.map(RunId::seed).orElse(0L), status, new Timestamp(Long.MAX_VALUE)));
            }
        }
        runs.sort(Candidate.NEWEST_FIRST);
        return runs;
    }

    /** The runs of a table, each once, newest first. */
    private static List<Candidate> candidates(Dataset<Row> runs) {
        return runs
                .where(col("run_id").isNotNull())
                .select("run_id", "name", "seed", "status", "started_at")
                .distinct()
                .collectAsList()
                .stream()
                .map(Candidate::of)
                .sorted(Candidate.NEWEST_FIRST)
                .toList();
    }

    private String choose(String text, List<Candidate> candidates) throws IOException {
        if (candidates.stream().anyMatch(run -> run.id().equals(text))) {
            return text;
        }
        List<Candidate> called = called(text, candidates);
        if (!called.isEmpty()) {
            RunName whole = new RunName(text, OptionalLong.empty(), 1);
            return number(
                    text,
                    called.get(0).name().equals(text)
                            ? whole
                            : RunName.parse(text).orElse(whole),
                    called);
        }
        Set<String> begins = candidates.stream()
                .map(Candidate::id)
                .filter(id -> id.startsWith(text))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (begins.size() > 1) {
            throw new UserError(
                    UserError.quoted(text) + " may be any of " + some(begins) + ": give more of the whole id");
        }
        if (begins.isEmpty()) {
            throw unknown(text);
        }
        return begins.iterator().next();
    }

    /** The runs that have the name, newest first; tests that were stored under an id of their own only if nothing else has it. */
    private static List<Candidate> called(String text, List<Candidate> candidates) {
        List<Candidate> called =
                candidates.stream().filter(run -> run.name().equals(text)).toList();
        if (called.isEmpty()) {
            RunName parsed = RunName.parse(text).orElse(null);
            called = candidates.stream()
                    .filter(run -> parsed != null && run.name().equals(parsed.name()))
                    .toList();
        }
        List<Candidate> trained = called.stream()
                .filter(run -> !run.status().equals(RunStatus.EVALUATED.label()))
                .toList();
        return trained.isEmpty() ? called : trained;
    }

    private String number(String text, RunName meant, List<Candidate> called) {
        List<Candidate> runs = called.stream()
                .filter(run ->
                        meant.seed().isEmpty() || run.seed() == meant.seed().getAsLong())
                .toList();
        if (runs.isEmpty()) {
            Set<String> seeds = called.stream()
                    .map(run -> Long.toString(run.seed()))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            throw new UserError("there is no run " + UserError.quoted(meant.toString()) + " in " + warehouse.root()
                    + "; there is seed " + some(seeds));
        }
        if (meant.number() > runs.size()) {
            throw new UserError(UserError.quoted(text) + ": " + called(runs.size(), meant) + " in " + warehouse.root());
        }
        Candidate run = runs.get(meant.number() - 1);
        if (runs.size() > 1 && !meant.isNumbered(text)) {
            notes.println(called(runs.size(), meant) + "; this is the newest, " + run.id() + "; "
                    + (runs.size() == 2 ? "the other: " : "others: ")
                    + some(runs.stream().skip(1).map(Candidate::id).toList()));
        }
        return run.id();
    }

    private static String called(int runs, RunName name) {
        return Counted.of(runs, "run") + (runs == 1 ? " is" : " are") + " called " + UserError.quoted(name.toString());
    }

    /** Says which runs have the name of a sweep, and are not in it. */
    public void sayRunsBeside(String sweep) throws IOException {
        Dataset<Row> members = warehouse
                .read(Tables.SWEEP_RUNS)
                .where(col("sweep").equalTo(sweep))
                .select("run_id");
        Dataset<Row> runs = warehouse.read(Tables.RUNS).where(col("name").equalTo(sweep));
        List<Candidate> beside =
                candidates(runs.join(members, runs.col("run_id").equalTo(members.col("run_id")), "left_anti"));
        if (!beside.isEmpty()) {
            notes.println(UserError.quoted(sweep) + " is a sweep, and the name of "
                    + Counted.of(beside.size(), "run") + " beside it; by id: "
                    + some(beside.stream().map(Candidate::id).toList()));
        }
    }

    /** A row somebody has changed by hand, or written with something else, may lack what every run has. */
    private static Row complete(Row run) {
        List<String> missing = new ArrayList<>();
        for (String column :
                List.of("seed", "name", "status", "started_at", "step", "workers", "parameters", "config")) {
            if (run.getAs(column) == null) {
                missing.add(column);
            }
        }
        if (!missing.isEmpty()) {
            throw new UserError("the row of run " + UserError.quoted(run.getAs("run_id")) + " in table runs has no "
                    + String.join(", ", missing) + ": it was not written by Cohort, or changed afterwards");
        }
        return run;
    }

    /** An error that says what there is instead. */
    public UserError unknown(String text) throws IOException {
        List<Candidate> all = candidates(warehouse.read(Tables.RUNS));
        if (all.isEmpty()) {
            return new UserError("there is no run or sweep " + UserError.quoted(text) + " in " + warehouse.root()
                    + ": it has no runs. Train something first, or name the folder with --warehouse");
        }
        Set<String> known = new LinkedHashSet<>();
        all.forEach(run -> known.add(run.name()));
        all.forEach(run -> known.add(run.id()));
        List<String> near = text.length() > LONGEST_TYPED ? List.of() : near(text, known);
        return new UserError("there is no run or sweep " + UserError.quoted(text) + " in " + warehouse.root()
                + (near.isEmpty()
                        ? "; there are, newest first, "
                                + some(all.stream().map(Candidate::id).toList())
                        : "; did you mean " + String.join(" or ", near) + "?"));
    }

    /** What is a few slips of the finger away, nearest first. */
    private static List<String> near(String text, Set<String> known) {
        String typed = text.toLowerCase(Locale.ROOT);
        LevenshteinDistance distance = new LevenshteinDistance(Math.max(2, text.length() / 4));
        return known.stream()
                .filter(name -> distance.apply(typed, name.toLowerCase(Locale.ROOT)) >= 0)
                .sorted(Comparator.comparingInt(name -> distance.apply(typed, name.toLowerCase(Locale.ROOT))))
                .limit(2)
                .map(UserError::quoted)
                .toList();
    }

    private static String some(Collection<String> texts) {
        String list = texts.stream().limit(MOST_NAMED).map(UserError::quoted).collect(Collectors.joining(", "));
        int more = texts.size() - MOST_NAMED;
        return StringUtils.abbreviate(list, MOST_LISTED) + (more > 0 ? " and " + more + " more" : "");
    }
}
