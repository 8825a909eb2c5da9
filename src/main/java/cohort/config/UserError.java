package cohort.config;

import java.util.stream.Collectors;
import org.apache.commons.lang3.StringUtils;

/**
 * A mistake the user can mend: its message is all they see, and the exit code is 2. Whatever is quoted in it, a file's content or a
 * typed text, its lines stay short and free of characters that would work on the terminal.
 */
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Longest line of a message; what is too much goes from its middle: the place is named at its beginning, the mend at its end. */
    private static final int LONGEST_LINE = 280;

    private static final int LONGEST_VALUE = 60;

    public UserError(String message) {
        super(readable(message));
    }

    public UserError(String message, Throwable cause) {
        super(readable(message), cause);
    }

    /** A value as messages quote it: its end is left out where it is long. */
    public static String quoted(String value) {
        return StringUtils.abbreviate(printable(value.replace('\n', ' ')), LONGEST_VALUE);
    }

    private static String readable(String message) {
        return message == null
                ? null
                : message.lines()
                        .map(line -> StringUtils.abbreviateMiddle(printable(line), " ... ", LONGEST_LINE))
                        .collect(Collectors.joining("\n"));
    }

    /** Control characters, those that turn the direction of writing, and halves of characters. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}\\x{FFFD}]", "?");
    }
}
