package cohort.config;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Commands that are printed for somebody to copy. */
public final class Shell {
    /** What no shell reads as more than itself. */
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_./:=,@%+-]+");

    private Shell() {}

    /** A command line in which a shell finds exactly these words. */
    public static String line(String... words) {
        return Arrays.stream(words).map(Shell::quoted).collect(Collectors.joining(" "));
    }

    /** A word as a shell has to be given it: {@code '/a b/it'\''s'}; as it is where nothing in it means anything to a shell. */
    public static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
