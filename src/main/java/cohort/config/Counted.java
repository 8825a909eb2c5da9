package cohort.config;

import java.util.Locale;

/** Numbers of things: "1 run", "2 runs", "12,000 runs". */
public final class Counted {
    private Counted() {}

    /**
     * A number and what it counts.
     *
     * @param noun one of them; more of them end in s
     */
    public static String of(long count, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
    }
}
