package cohort.storage;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Who works on something, as its mark says.
 *
 * @param token tells owners apart
 * @param process what works
 * @param doing what is done: "trained", "evaluated", "deleted"
 * @param of names of what is owned, such as "run X"; the first one comprises the others
 * @param since when it began, milliseconds of its machine's clock
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Owner(String token, ProcessId process, String doing, List<String> of, long since) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    byte[] encode() throws IOException {
        return JSON.writeValueAsBytes(this);
    }

    static Owner decode(byte[] bytes) throws IOException {
        return JSON.readValue(bytes, Owner.class);
    }

    /** What both own. */
    Optional<String> shares(Owner other) {
        Set<String> mine = new HashSet<>(of);
        return other.of.stream().filter(mine::contains).findFirst();
    }

    /** "run X is being trained by ann on host (process 7) since ..." */
    String describe(String owned) {
        return owned + " is being " + doing + " by "
                + (owned.equals(of.get(0)) ? "" : of.get(0) + " of ")
                + process.user() + " on " + process.host() + " (process " + process.number() + ") since "
                + TIME.format(Instant.ofEpochMilli(since).atZone(ZoneId.systemDefault()));
    }
}
