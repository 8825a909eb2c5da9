package cohort.sweep;

import cohort.config.Keys;
import cohort.config.Settings;
import cohort.config.UserError;
import cohort.network.Parameters;
import cohort.run.RunConfiguration;
import cohort.run.Until;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.commons.lang3.StringUtils;

/**
 * A sweep, as its configuration file describes it: the runs are a pure function of the file.
 *
 * @param base the configuration itself, for what all runs have in common
 * @param members all runs, setting after setting
 * @param timeLimitSeconds infinite if there is none
 * @param notes what is allowed, and may yet be another thing than the author had in mind: a line each
 */
public record SweepConfiguration(
        RunConfiguration base,
        List<Sweep.Member> members,
        Parallel parallel,
        double timeLimitSeconds,
        Halving halving,
        List<String> notes) {
    /** More runs than this are refused: surely a slip of the finger, and the driver's memory would not hold them. */
    private static final int MOST_RUNS = 100_000;

    /** Networks above this are trained by all slots together, unless the file says otherwise. */
    private static final int LARGE_NETWORK = 1_000_000;

    /** Runs may each have other notes; nobody reads a page of them. */
    private static final int MOST_NOTES = 5;

    /** How runs share the slots. */
    enum Parallel {
        AUTO,
        RUNS,
        WORKERS
    }

    public static SweepConfiguration of(Settings settings) {
        RunConfiguration base = RunConfiguration.of(settings);
        if (!base.table().isEmpty()) {
            throw settings.error(
                    "data.table", "a sweep generates its trials, which gives the same bits; leave it empty");
        }
        NavigableMap<String, ConfigValue> keys = settings.keysIn("sweep.space");
        keys.forEach(SweepConfiguration::requireSwept);
        SearchSpace space = new SearchSpace(keys);
        List<Long> seeds = seeds(settings);
        int samples = (int) settings.integer("sweep.samples", 1, MOST_RUNS);
        long searchSeed = settings.integer("sweep.search-seed", Long.MIN_VALUE, Long.MAX_VALUE);
        SearchSpace.Search search = settings.choice("sweep.search", SearchSpace.Search.class);
        double count =
                seeds.size() * (search == SearchSpace.Search.GRID || space.isEmpty() ? space.gridSize() : samples);
        if (count > MOST_RUNS) {
            throw settings.error(
                    "sweep.space",
                    String.format(
                            Locale.ROOT,
                            "that is %,.0f runs; at most %,d are possible. Take fewer values, or sweep.search = sobol with"
                                    + " sweep.samples",
                            count,
                            MOST_RUNS));
        }
        if (count < 2) {
            throw new UserError(
                    "there is nothing to sweep: name keys and values in sweep.space, or several sweep.seeds");
        }
        List<NavigableMap<String, ConfigValue>> points = space.isEmpty()
                ? space.grid()
                : switch (search) {
                    case GRID -> space.grid();
                    case RANDOM -> space.random(samples, searchSeed);
                    case SOBOL -> space.sobol(samples, searchSeed);
                };
        if (base.spec().until().figure() != Until.Figure.NONE && settings.integer("sweep.halving.rungs", 1, 20) > 1) {
            throw settings.error(
                    "sweep.halving.rungs",
                    "who stops is decided at equal steps, which training.until does not leave equal");
        }
        double limit =
                settings.number("sweep.time-limit", "seconds, at most 1e9, or 0 for none", v -> v >= 0 && v <= 1e9);
        Set<String> notes = new LinkedHashSet<>();
        List<Sweep.Member> members = members(settings, points, seeds, notes);
        return new SweepConfiguration(
                base,
                members,
                settings.choice("sweep.parallel", Parallel.class),
                limit == 0 ? Double.POSITIVE_INFINITY : limit,
                new Halving(
                        (int) settings.integer("sweep.halving.rungs", 1, 20),
                        settings.number("sweep.halving.keep", "above 0 and below 1", v -> v > 0 && v < 1)),
                List.copyOf(notes));
    }

    /** Whether each run is done in one slot. */
    public boolean oneRunPerSlot() {
        return switch (parallel) {
            case RUNS -> true;
            case WORKERS -> false;
            case AUTO ->
                members.stream()
                        .allMatch(member -> Parameters.size(member.run().plan().network()) <= LARGE_NETWORK);
        };
    }

    private static void requireSwept(String key, ConfigValue value) {
        String section = StringUtils.substringBefore(key, ".");
        if (RunConfiguration.WITHOUT_EFFECT.contains(section)) {
            throw Settings.error(
                    "sweep.space." + key,
                    value,
                    key.equals("seed") ? "seeds belong into sweep.seeds" : "this key changes no result");
        }
    }

    private static List<Long> seeds(Settings settings) {
        ConfigValue value = settings.value("sweep.seeds");
        String allowed = "must be whole numbers, [1, 2, 5] or 1..8";
        List<Long> seeds;
        if (value.valueType() == ConfigValueType.LIST) {
            seeds = settings.integers("sweep.seeds", allowed);
        } else {
            String text = String.valueOf(value.unwrapped());
            if (!text.matches("-?\\d{1,18}\\.\\.-?\\d{1,18}")) {
                throw settings.error("sweep.seeds", allowed);
            }
            long first = Long.parseLong(StringUtils.substringBefore(text, ".."));
            long last = Long.parseLong(StringUtils.substringAfter(text, ".."));
            if (first > last || last - first >= MOST_RUNS) {
                throw settings.error("sweep.seeds", "must be first..last, at most " + MOST_RUNS + " of them");
            }
            seeds = LongStream.rangeClosed(first, last).boxed().collect(Collectors.toList());
        }
        Set<Long> once = new HashSet<>();
        for (long seed : seeds) {
            if (!once.add(seed)) {
                throw settings.error("sweep.seeds", "seed " + seed + " is there twice");
            }
        }
        return seeds.isEmpty() ? List.of(settings.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE)) : seeds;
    }

    /**
     * Every setting with every seed, those that come twice once.
     *
     * @param notes takes what is to be said of them
     */
    private static List<Sweep.Member> members(
            Settings settings, List<NavigableMap<String, ConfigValue>> points, List<Long> seeds, Set<String> notes) {
        Map<String, Sweep.Member> byRun = new LinkedHashMap<>();
        for (NavigableMap<String, ConfigValue> point : points) {
            Map<String, String> texts = new TreeMap<>();
            point.forEach((key, value) -> texts.put(key, Dimension.text(value)));
            String setting = Keys.describe(texts);
            for (long seed : seeds) {
                Map<String, ConfigValue> changed = new TreeMap<>(point);
                changed.put("seed", ConfigValueFactory.fromAnyRef(seed));
                RunConfiguration run = RunConfiguration.of(settings.with(changed));
                if (byRun.putIfAbsent(run.runId(), new Sweep.Member(run.spec(), setting, texts)) == null
                        && notes.size() < MOST_NOTES) {
                    notes.addAll(run.notes());
                }
            }
        }
        int different = byRun.size() / seeds.size();
        if (different < points.size()) {
            notes.add(points.size() + " settings are " + different
                    + " different ones: those that are the same are trained once");
        }
        return new ArrayList<>(byRun.values());
    }
}
