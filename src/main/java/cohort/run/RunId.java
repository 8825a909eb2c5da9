package cohort.run;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an id says of a run whose row is not in the tables yet. */
public record RunId(String name, long seed) {
    private static final Pattern ID = Pattern.compile("(.+)-seed(-?\\d{1,18})-\\p{XDigit}{8}");

    /** Reads an id that a configuration gave; empty for one that somebody chose. */
    public static Optional<RunId> parse(String id) {
        Matcher parts = ID.matcher(id);
        return parts.matches()
                ? Optional.of(new RunId(parts.group(1), Long.parseLong(parts.group(2))))
                : Optional.empty();
    }
}
