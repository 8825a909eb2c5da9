package cohort.config;

import java.util.Map;

/**
 * Something that a configuration chooses by name, and that has keys of its own: a task. Kinds are found by {@link
 * java.util.ServiceLoader} under this interface, those of the library and of any other jar; see also {@link KindFamily}.
 */
public interface Kind {
    /** The section whose key {@code kind} chooses it: "task". */
    String section();

    /** The name that chooses it, in lower case with dashes. */
    String name();

    /**
     * Its keys with their defaults, as HOCON with a comment on each. They come before those of reference.conf, so that a kind can also
     * have other defaults for keys that all kinds have.
     */
    String defaults();

    /** SHA-256 of files that its settings name, by the keys that they are filled into, so that a run knows whether they have changed. */
    default Map<String, String> digests(Settings settings) {
        return Map.of();
    }
}
