package cohort.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/**
 * Paths and URIs as users write them. A shell turns ~ and $HOME into a folder where they stand bare on a command line, but not in a
 * file, in quotes or behind a = : there it is done here, and what else a shell might have meant is refused.
 */
public final class UserPath {
    private static final Pattern HOME = Pattern.compile("(?:~|\\$HOME|\\$\\{HOME})(/.*)?");
    private static final Pattern SHELL = Pattern.compile("~.*|.*\\$(?:\\w|\\{).*");

    private UserPath() {}

    /**
     * The name that a file has in the working folder of a driver on another machine, to which it travels with a command, whatever folder
     * it comes from.
     *
     * @param text how a configuration names it
     */
    public static String nameThere(String text) {
        return String.format(Locale.ROOT, "%08x-%s", text.hashCode(), text.substring(text.lastIndexOf('/') + 1));
    }

    /**
     * The path that is meant.
     *
     * @param where it was written, at the beginning of a message: an option or a key
     * @throws UserError if it is none
     */
    public static String of(String where, String text) {
        String refused = where + " = " + UserError.quoted(text) + ": ";
        if (text.isBlank()) {
            throw new UserError(where + ": must be a path, not an empty text");
        }
        if (!text.equals(text.strip()) || text.codePoints().anyMatch(Character::isISOControl)) {
            throw new UserError(refused + "a path does not begin or end with a blank, and has one line");
        }
        Matcher home = HOME.matcher(text);
        String path =
                home.matches() ? System.getProperty("user.home") + (home.group(1) == null ? "" : home.group(1)) : text;
        if (!home.matches() && SHELL.matcher(text).matches()) {
            throw new UserError(refused + "only ~ and $HOME at the beginning are replaced; write the path itself");
        }
        try {
            new Path(path);
        } catch (IllegalArgumentException e) {
            throw new UserError(refused + "must be a path, or a URI such as hdfs://host/folder", e);
        }
        return path;
    }
}
