package cohort.warehouse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/** The git commit that Cohort was built from. The build keeps what git says of it: its HEAD, and what that refers to. */
final class SourceCommit {
    private static final String REFERENCE = "ref: ";

    private SourceCommit() {}

    /** The commit's full name; empty where Cohort was built without git. */
    static Optional<String> ofThisBuild() {
        return of(file -> text("/cohort/git/" + file));
    }

    /** The same from the text of git's files, by their path. */
    static Optional<String> of(Function<String, Optional<String>> git) {
        return git.apply("HEAD").flatMap(head -> {
            if (!head.startsWith(REFERENCE)) {
                return Optional.of(head.strip()); // no branch: the commit itself
            }
            String branch = head.substring(REFERENCE.length()).strip();
            return git.apply(branch)
                    .map(String::strip)
                    .or(() -> git.apply("packed-refs").flatMap(refs -> packed(refs, branch)));
        });
    }

    /** Git keeps branches that have not moved for long in one file, in lines of commit and branch. */
    private static Optional<String> packed(String references, String branch) {
        return references
                .lines()
                .filter(line -> line.endsWith(" " + branch))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .findFirst();
    }

    private static Optional<String> text(String resource) {
        try (InputStream in = SourceCommit.class.getResourceAsStream(resource)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
