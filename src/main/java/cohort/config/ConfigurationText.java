package cohort.config;

import java.util.Set;

/**
 * A look at a configuration's text before HOCON reads it, for what HOCON takes without a word and no user means: a comment that
 * begins within a value, and cuts it; or for what it does not survive: thousands of brackets.
 */
final class ConfigurationText {
    private static final int DEEPEST = 64;

    /** A few levels of a text that names itself twice would be more than a memory holds. */
    private static final int MOST_SUBSTITUTIONS = 40;

    /** After these nobody can take the beginning of a comment for a part of a value. */
    private static final Set<Character> SEPARATORS = Set.of('{', '}', '[', ']', ',', '(', ')');

    private final String text;
    private final String origin;
    private int at;
    private int line = 1;
    private int depth;
    private int substitutions;
    /** The last character before this one that is no blank; a line's end counts as one. */
    private char before = '\n';

    private ConfigurationText(String text, String origin) {
        this.text = text;
        this.origin = origin;
    }

    /**
     * Refuses a text that HOCON would misread.
     *
     * @param origin where it stands, for messages
     */
    static void check(String text, String origin) {
        new ConfigurationText(text, origin).check();
    }

    private void check() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                skipQuoted();
                before = '"';
            } else if (c == '#' || text.startsWith("//", at)) {
                requireNoCut(c == '#' ? 1 : 2);
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else {
                count(c);
                before = c == '\n' || !Character.isWhitespace(c) ? c : before;
                at++;
            }
        }
    }

    private void count(char c) {
        if (c == '\n') {
            line++;
        } else if (c == '{' || c == '[') {
            depth++;
        } else if (c == '}' || c == ']') {
            depth--;
        }
        if (depth > DEEPEST) {
            throw error("brackets stand in each other deeper than " + DEEPEST + " times");
        }
        boolean substitutes = text.startsWith("${", at) || text.startsWith("+=", at);
        if (substitutes && ++substitutions > MOST_SUBSTITUTIONS) {
            throw error("there are more than " + MOST_SUBSTITUTIONS + " substitutions, ${...} or +=");
        }
    }

    private void skipQuoted() {
        boolean triple = text.startsWith("\"\"\"", at);
        String quote = triple ? "\"\"\"" : "\"";
        at += quote.length();
        while (at < text.length() && !text.startsWith(quote, at)) {
            if (text.charAt(at) == '\n') {
                line++;
                if (!triple) {
                    return; // never closed, which HOCON says
                }
            }
            at += text.charAt(at) == '\\' && !triple ? 2 : 1;
        }
        at += quote.length();
        while (triple && at < text.length() && text.charAt(at) == '"') {
            at++; // quotes that belong to the text
        }
    }

    private void requireNoCut(int marks) {
        boolean touches = at > 0 && !Character.isWhitespace(text.charAt(at - 1)) && !SEPARATORS.contains(before);
        boolean isValue = (before == '=' || before == ':')
                && at + marks < text.length()
                && !Character.isWhitespace(text.charAt(at + marks));
        if (touches || isValue) {
            int from = text.lastIndexOf('\n', at) + 1;
            int to = text.indexOf('\n', at);
            throw error(UserError.quoted(
                            text.substring(from, to < 0 ? text.length() : to).strip()) + ": "
                    + text.substring(at, at + marks) + " begins a comment; put the value into double quotes, or a blank"
                    + " before the comment");
        }
    }

    private UserError error(String problem) {
        return new UserError(origin + ": " + line + ": " + problem);
    }
}
