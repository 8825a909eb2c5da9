package cohort.task;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a file of statistics calls things: the arguments of its task, and values of its conditions, where there are several ways to write
 * what a trial has.
 *
 * @param golden the file
 */
public record GoldenWords(JsonNode golden) {
    /** An argument of the original's constructor, as a configuration writes it. */
    public String argument(String name, Object standard) {
        JsonNode argument = golden.at("/config/arguments/" + name);
        if (argument.isMissingNode()) {
            argument = golden.at("/config/" + name);
        }
        return argument.isMissingNode() || argument.isNull()
                ? standard.toString()
                : argument.isValueNode() ? argument.asText() : argument.toString();
    }

    /** One that only counts if it is given: the task keeps another value under its name. */
    public String given(String name, Object standard) {
        return golden.at("/config/arguments/" + name).asText(standard.toString());
    }

    /** Noise, as the constructor takes it. */
    public String sigma(double standard) {
        JsonNode sigma = golden.at("/config/sigma_argument");
        return sigma.isMissingNode() ? given("sigma", standard) : sigma.asText();
    }

    /** The first of several ways to write a condition's value that the file has; the first of all if it has none. */
    public String value(String condition, Object... ways) {
        JsonNode values = golden.at("/conditions/" + condition);
        for (Object way : ways) {
            if (values.has(text(way))) {
                return text(way);
            }
        }
        return text(ways[0]);
    }

    private static String text(Object value) {
        return value instanceof Double number ? GoldenTask.text(number) : value.toString();
    }
}
