package cohort.task.declared;

import cohort.config.Settings;
import cohort.task.Duration;
import cohort.task.DurationSetting;
import cohort.task.PeriodSpec;
import cohort.task.TaskFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The periods of a configuration, task.periods and task.timing, by name. */
final class Periods {
    private static final String PATH = "task.periods";

    private final Draws draws;
    private final double dtMillis;
    private final List<PeriodSpec> all = new ArrayList<>();
    /** By period: place of the draw that says how long it is; negative if none does. */
    private final List<Integer> drawn = new ArrayList<>();

    private Periods(Draws draws, double dtMillis) {
        this.draws = draws;
        this.dtMillis = dtMillis;
    }

    static Periods of(Settings settings, Draws draws) {
        Periods periods = new Periods(draws, TaskFactory.dtMillis(settings));
        ConfigValue given = settings.value(PATH);
        for (ConfigValue value : Fields.elements(given)) {
            String name = Fields.text(PATH, value);
            Groups.requireName(PATH, value, name);
            if (periods.names().contains(name)) {
                throw Settings.error(PATH, value, "is there twice");
            }
            periods.read(settings, value, name);
        }
        if (periods.all.isEmpty()) {
            throw settings.error(PATH, "must name periods in their order, such as [fixation, stimulus, decision]");
        }
        Fields timing = Fields.of("task.timing", settings.value("task.timing"), "{ stimulus = 500 }");
        for (String name : timing.keys()) {
            if (!periods.names().contains(name)) {
                throw Names.unknown(timing.path(name), timing.value(name), "period", name, periods.names());
            }
        }
        return periods;
    }

    private void read(Settings settings, ConfigValue period, String name) {
        String path = "task.timing." + name;
        ConfigValue value = settings.value(path);
        if (value instanceof ConfigList list && list.isEmpty()) {
            throw Settings.error(PATH, period, "how long is it? Write " + path + " = 500, in milliseconds");
        }
        if (value.valueType() == ConfigValueType.STRING && draws.has((String) value.unwrapped())) {
            Amount amount = draws.amount(path, value);
            Possible possible = draws.possible(amount);
            Duration duration = settings.within(
                    path,
                    () -> possible.isListed()
                            ? new Duration.Choice(List.copyOf(possible.shares().keySet()))
                            : new Duration.Uniform(possible.min(), possible.max()));
            all.add(new PeriodSpec(name, duration));
            drawn.add(amount.place());
        } else {
            all.add(new PeriodSpec(name, DurationSetting.of(settings, path)));
            drawn.add(-1);
        }
    }

    List<PeriodSpec> all() {
        return all;
    }

    List<Integer> drawn() {
        return drawn;
    }

    double dtMillis() {
        return dtMillis;
    }

    private List<String> names() {
        return all.stream().map(PeriodSpec::name).toList();
    }

    /** Place of the period that a name stands for. */
    int place(String path, ConfigValue value) {
        String name = Fields.text(path, value);
        int place = names().indexOf(name);
        if (place < 0) {
            throw Names.unknown(path, value, "period", name, names());
        }
        return place;
    }

    /** Place of the period that key in names, which lasts a step at least; if the key is not there, of the last one. */
    int lasting(Fields fields) {
        int place = fields.has("in") ? place(fields.path("in"), fields.value("in")) : all.size() - 1;
        PeriodSpec period = all.get(place);
        try {
            period.duration().requireStep(period.name(), dtMillis);
        } catch (IllegalArgumentException e) {
            throw fields.error("answers are read in period " + period.name() + ", but " + e.getMessage());
        }
        return place;
    }

    /** Places of the periods that key in names, in their order; of all if it is not there. */
    SortedSet<Integer> places(Fields fields) {
        SortedSet<Integer> places = new TreeSet<>();
        if (fields.has("in")) {
            fields.elements("in").forEach(value -> places.add(place(fields.path("in"), value)));
            if (places.isEmpty()) {
                throw fields.error("in", "must name a period at least");
            }
        } else {
            for (int place = 0; place < all.size(); place++) {
                places.add(place);
            }
        }
        return places;
    }

    /** When something is done: keys in, after and for. Periods that follow each other are one span, unless it is done in a part of each. */
    List<Span> spans(Fields fields) {
        Amount after = fields.has("after") ? millis(fields, "after") : null;
        Amount lasting = fields.has("for") ? millis(fields, "for") : null;
        List<Span> spans = new ArrayList<>();
        for (int place : places(fields)) {
            if (after != null || lasting != null) {
                requireInside(fields, all.get(place), after, lasting);
                spans.add(new Span(place, place, dtMillis, after, lasting));
            } else {
                add(spans, place);
            }
        }
        return spans;
    }

    /** The spans of whole periods. */
    List<Span> spans(Iterable<Integer> places) {
        List<Span> spans = new ArrayList<>();
        places.forEach(place -> add(spans, place));
        return spans;
    }

    private void add(List<Span> spans, int place) {
        int last = spans.size() - 1;
        if (last >= 0 && spans.get(last).last() == place - 1) {
            spans.set(last, new Span(spans.get(last).first(), place, dtMillis, null, null));
        } else {
            spans.add(new Span(place, place, dtMillis, null, null));
        }
    }

    private Amount millis(Fields fields, String key) {
        return draws.amount(fields, key, 0, Duration.MAX_MILLIS, "milliseconds, an hour at most");
    }

    /** What could reach beyond the end of a period would be cut short there, in some trials and without a word. */
    private void requireInside(Fields fields, PeriodSpec period, Amount after, Amount lasting) {
        double from = after == null ? 0 : draws.possible(after).max();
        double end =
                from + (lasting == null ? dtMillis : draws.possible(lasting).max());
        double shortest = period.duration().minMillis();
        if (end > shortest * (1 + 1e-12)) {
            throw fields.error("must end within period " + period.name() + ", which can be as short as "
                    + Draws.text(shortest) + " ms; it can " + (lasting == null ? "begin after " : "last to ")
                    + Draws.text(lasting == null ? from : end) + " ms");
        }
    }
}
