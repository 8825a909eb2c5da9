package cohort.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SourceCommitTest {
    private static final String COMMIT = "40ca3f3d2f6a1c0b9e8d7c6b5a4f3e2d1c0b9a87";

    private static Optional<String> of(Map<String, String> files) {
        return SourceCommit.of(name -> Optional.ofNullable(files.get(name)));
    }

    @Test
    void thisBuildKnowsItsCommit() throws IOException {
        Optional<String> expected = Optional.empty();
        if (Files.exists(Path.of(".git/HEAD"))) {
            Process git = new ProcessBuilder("git", "rev-parse", "HEAD").start();
            expected = Optional.of(new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
        }
        assertThat(SourceCommit.ofThisBuild()).isEqualTo(expected);
    }

    @Test
    void aBranchIsAFileOrALineAmongMany() {
        String head = "ref: refs/heads/odd/name\n";
        String packed = "# pack-refs with: peeled fully-peeled sorted\n"
                + "1111111111111111111111111111111111111111 refs/heads/name\n"
                + COMMIT + " refs/heads/odd/name\n^2222222222222222222222222222222222222222\n";
        assertThat(of(Map.of("HEAD", head, "refs/heads/odd/name", COMMIT + "\n", "packed-refs", "")))
                .contains(COMMIT);
        assertThat(of(Map.of("HEAD", head, "packed-refs", packed))).contains(COMMIT);
        assertThat(of(Map.of("HEAD", COMMIT + "\n"))).contains(COMMIT);
    }

    @Test
    void withoutGitThereIsNone() {
        assertThat(of(Map.of())).isEmpty();
        assertThat(of(Map.of("HEAD", "ref: refs/heads/unborn\n"))).isEmpty();
    }
}
