package cohort.task.declared;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;

/** Reads what a draw is. */
final class DrawReader {
    private static final List<String> VERBS = List.of(
            "one-of", "directions", "uniform", "other-than", "opposite-of", "by", "sum", "product", "largest-of");

    /** More directions than these are degrees. */
    private static final int MOST_DIRECTIONS = 360;

    private final Draws draws;
    private final Fields fields;

    private DrawReader(Draws draws, Fields fields) {
        this.draws = draws;
        this.fields = fields;
    }

    /**
     * What a draw is.
     *
     * @param order its values in an order that others can refer to; empty if it has none
     * @param directions how many directions it is one of, in degrees; 0 if it is no such angle
     * @param isCondition whether trials differ by it in tables
     * @param unit of the factor
     * @param meaning of the factor
     */
    record Form(Draw draw, List<Double> order, int directions, boolean isCondition, String unit, String meaning) {
        Form(Draw draw, List<Double> order, int directions, boolean isCondition) {
            this(draw, order, directions, isCondition, directions > 0 ? "°" : "", "");
        }

        Form with(boolean condition, String newUnit, String newMeaning) {
            return new Form(draw, order, directions, condition, newUnit, newMeaning);
        }
    }

    static Form read(Draws draws, String path, ConfigValue value) {
        return switch (value.valueType()) {
            case NUMBER ->
                new Form(new Draw.Constant(Fields.number(path, value, "a number", v -> true)), List.of(), 0, false);
            case LIST -> oneOf(Fields.different(path, value), List.of());
            default ->
                new DrawReader(
                                draws,
                                Fields.of(path, value, "[0, 1], { directions = 8 } or { uniform = [0, 1] }")
                                        .named(VERBS))
                        .form();
        };
    }

    private static Form oneOf(List<Double> values, List<Double> shares) {
        return new Form(new Draw.OneOf(values, shares), values, 0, true)
                .with(true, "", "one of " + Draws.texts(values));
    }

    private Form form() {
        Form form = switch (fields.verb()) {
            case "one-of" -> oneOf();
            case "directions" -> directions();
            case "uniform" -> uniform();
            case "other-than" -> otherThan();
            case "opposite-of" -> opposite();
            case "by" -> by();
            case "sum" -> new Form(new Draw.Sum(several("sum")), List.of(), 0, false);
            case "product" -> new Form(new Draw.Product(several("product")), List.of(), 0, false);
            default -> {
                List<Amount> all = several("largest-of");
                yield new Form(
                        new Draw.LargestOf(all),
                        DoubleStream.iterate(1, i -> i + 1)
                                .limit(all.size())
                                .boxed()
                                .toList(),
                        0,
                        false);
            }
        };
        String meaning = form.meaning().isEmpty()
                ? fields.verb() + " "
                        + fields.value(fields.verb())
                                .render(ConfigRenderOptions.concise())
                                .replace("\"", "")
                : form.meaning();
        return form.with(
                fields.flag("condition", form.isCondition()),
                fields.has("unit") ? fields.text("unit") : form.unit(),
                fields.has("meaning") ? fields.text("meaning") : meaning);
    }

    private void allow(String... keys) {
        List<String> all = new ArrayList<>(List.of(keys));
        all.addAll(List.of(fields.verb(), "condition", "unit", "meaning"));
        fields.allow(all.toArray(String[]::new));
    }

    private Form oneOf() {
        allow("shares");
        List<Double> values = Fields.different(fields.path("one-of"), fields.value("one-of"));
        if (!fields.has("shares")) {
            return oneOf(values, List.of());
        }
        List<Double> shares = fields.elements("shares").stream()
                .map(share ->
                        Fields.number(fields.path("shares"), share, "numbers above 0, one for each value", v -> v > 0))
                .toList();
        if (shares.size() != values.size()) {
            throw fields.error("shares", "must be numbers above 0, one for each value");
        }
        double sum = shares.stream().mapToDouble(Double::doubleValue).sum();
        return oneOf(values, shares.stream().map(share -> share / sum).toList());
    }

    private Form directions() {
        allow();
        int count = fields.whole("directions", 2, MOST_DIRECTIONS);
        List<Double> order = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            order.add(360.0 * i / count);
        }
        return new Form(new Draw.Direction(count), List.copyOf(order), count, true)
                .with(true, "°", "one of " + count + " directions");
    }

    private Form uniform() {
        allow();
        String allowed = "two numbers, the first below the second: [0, 1]";
        if (!(fields.value("uniform") instanceof ConfigList ends) || ends.size() != 2) {
            throw fields.error("uniform", "must be " + allowed);
        }
        double min = Fields.number(fields.path("uniform"), ends.get(0), allowed, v -> true);
        double max = Fields.number(fields.path("uniform"), ends.get(1), allowed, v -> v > min);
        return new Form(new Draw.Uniform(min, max), List.of(), 0, false);
    }

    private Form otherThan() {
        allow("where");
        Draws.Named of = listed("other-than");
        if (of.form().order().size() < 2) {
            throw fields.error("other-than", of.name() + " has one value: there is no other");
        }
        int place = draws.place(fields.path("other-than"), fields.value("other-than"));
        return new Form(
                new Draw.OtherThan(place, of.form().order(), draws.where(fields)),
                of.form().order(),
                of.form().directions(),
                false);
    }

    private Form opposite() {
        allow("where");
        int place = draws.place(fields.path("opposite-of"), fields.value("opposite-of"));
        Form of = draws.all().get(place).form();
        boolean isOneOfThem = of.directions() > 0 && of.directions() % 2 == 0;
        Draw.Opposite draw = new Draw.Opposite(place, isOneOfThem ? of.directions() : 0, draws.where(fields));
        if (isOneOfThem) {
            return new Form(draw, of.order(), of.directions(), false);
        }
        Set<Double> order = new LinkedHashSet<>();
        if (!draw.where().isAlways()) {
            order.addAll(of.order());
        }
        of.order().forEach(angle -> order.add(Draw.Opposite.of(angle)));
        return new Form(draw, List.copyOf(order), 0, false);
    }

    private Form by() {
        allow("values");
        Draws.Named of = listed("by");
        int place = draws.place(fields.path("by"), fields.value("by"));
        List<Amount> values = fields.elements("values").stream()
                .map(value -> draws.amount(fields.path("values"), value))
                .toList();
        if (values.size() != of.form().order().size()) {
            throw fields.error(
                    "values",
                    "must be one number or draw for each value of " + of.name() + ", "
                            + of.form().order().size());
        }
        long counts = values.stream().map(draws::directions).distinct().count();
        int directions = counts == 1 ? draws.directions(values.get(0)) : 0;
        return new Form(new Draw.By(place, of.form().order(), values), List.of(), directions, false);
    }

    /** A draw whose values have an order. */
    private Draws.Named listed(String key) {
        Draws.Named named = draws.named(fields.path(key), fields.value(key));
        if (named.form().order().isEmpty()) {
            throw fields.error(key, named.name() + " has no list of values");
        }
        return named;
    }

    private List<Amount> several(String key) {
        allow();
        List<Amount> amounts = fields.elements(key).stream()
                .map(value -> draws.amount(fields.path(key), value))
                .toList();
        if (amounts.size() < 2) {
            throw fields.error(key, "must be a list of numbers and draws, two at least");
        }
        return amounts;
    }
}
