package cohort.storage;

import java.util.Collection;

/** Names and texts that a file brings, as a message may show them: nothing in them reaches the terminal but what can be seen, and not much. */
final class ForeignText {
    private static final int MOST = 12;
    private static final int LONGEST = 40;
    private static final int LONGEST_LIST = 120;

    private ForeignText() {}

    /** A text, shortened; what cannot be seen (control characters, marks of direction, of no width) as its number. */
    static String of(String name) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < name.length() && text.length() < LONGEST) {
            int character = name.codePointAt(at);
            text.append(isSeen(character) ? Character.toString(character) : "<" + Integer.toHexString(character) + ">");
            at += Character.charCount(character);
        }
        if (name.isEmpty()) {
            return "\"\"";
        }
        return at < name.length() ? text + "..." : text.toString();
    }

    /** Some of many names. */
    static String list(Collection<String> names) {
        StringBuilder text = new StringBuilder();
        int shown = 0;
        for (String name : names) {
            String next = of(name);
            if (shown == MOST || (shown > 0 && text.length() + next.length() > LONGEST_LIST)) {
                break;
            }
            text.append(shown == 0 ? "" : ", ").append(next);
            shown++;
        }
        if (names.isEmpty()) {
            return "none";
        }
        return shown < names.size() ? text + " and " + (names.size() - shown) + " more" : text.toString();
    }

    private static boolean isSeen(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK -> false;
            case Character.SPACE_SEPARATOR -> character == ' ';
            default -> true;
        };
    }
}
