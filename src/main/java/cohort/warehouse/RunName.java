package cohort.warehouse;

import cohort.config.UserError;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What calls a run by its name: NAME, NAME:SEED, NAME@N or NAME:SEED@N. No name has a colon or an at sign in it.
 *
 * @param name name of the experiment
 * @param seed experiment seed, or empty for any
 * @param number 1 is the newest of those runs, 2 the one before
 */
public record RunName(String name, OptionalLong seed, int number) {
    private static final Pattern FORM = Pattern.compile("(.+?)(?::(-?\\d{1,19}))?(?:@(\\d{1,9}))?", Pattern.DOTALL);

    /** How a run may be named, for the help of commands. */
    public static final String FORMS =
            "a run's id or its beginning, its name (of several the newest), NAME:SEED, or NAME@2 for"
                    + " the one before the newest";

    /**
     * Reads a text.
     *
     * @return empty if it is none of the forms
     */
    static Optional<RunName> parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int number = parts.group(3) == null ? 1 : Integer.parseInt(parts.group(3));
        if (number == 0) {
            throw new UserError(text + ": @1 is the newest run, @2 the one before");
        }
        try {
            OptionalLong seed =
                    parts.group(2) == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(parts.group(2)));
            return Optional.of(new RunName(parts.group(1), seed, number));
        } catch (NumberFormatException e) { // no seed is that large
            return Optional.empty();
        }
    }

    /** Whether one run is meant, and not just the newest. */
    boolean isNumbered(String text) {
        return !text.equals(name) && text.endsWith("@" + number);
    }

    @Override
    public String toString() {
        return name + (seed.isPresent() ? " with seed " + seed.getAsLong() : "");
    }
}
