package cohort.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointsTest {
    private static final String[] PARTS = {"model.safetensors", "optimizer.safetensors", "rounds.json", "manifest.json"
    };

    @TempDir
    private Path folder;

    private final List<String> refused = new ArrayList<>();

    private Checkpoints checkpoints() {
        return new Checkpoints(new Files(new Configuration()), folder.toString());
    }

    private void commit(long round) throws IOException {
        checkpoints().commit(round, "run", content(round));
    }

    private static Map<String, Supplier<byte[]>> content(long round) {
        SplittableRandom random = new SplittableRandom(round);
        return Stream.of(PARTS).limit(3).collect(Collectors.toMap(name -> name, name -> {
            byte[] bytes = new byte[500];
            random.nextBytes(bytes);
            return () -> bytes;
        }));
    }

    private Optional<Checkpoints.Content> newest() throws IOException {
        return checkpoints().newest("run", content -> content, refused::add);
    }

    private static byte[] read(Path file) throws IOException {
        return java.nio.file.Files.readAllBytes(file);
    }

    private Path part(long round, String name) {
        return folder.resolve(String.format(Locale.ROOT, "round-%08d", round)).resolve(name);
    }

    /** Changes a file behind Hadoop's back; without the checksum file that its local file system keeps beside it. */
    private void overwrite(Path file, byte[] bytes) throws IOException {
        java.nio.file.Files.write(file, bytes);
        java.nio.file.Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
    }

    @Test
    void theNewestIsFoundByItsRoundAndTwoAreKept() throws IOException {
        for (long round : new long[] {2, 9, 10, 100}) {
            commit(round);
        }
        java.nio.file.Files.setLastModifiedTime(
                part(10, "manifest.json"), java.nio.file.attribute.FileTime.fromMillis(Long.MAX_VALUE / 1000_000));

        assertThat(newest().orElseThrow().round()).isEqualTo(100);
        assertThat(newest().orElseThrow().part("rounds.json"))
                .isEqualTo(content(100).get("rounds.json").get());
        assertThat(refused).isEmpty();
        try (Stream<Path> left = java.nio.file.Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("round-00000010", "round-00000100");
        }
    }

    /** The cases of one file: 50 in all, half of them cut off and half with one bit changed, 200 for the four files. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void whateverIsDamagedIsNotLoadedAndTheOneBeforeIs(int part) throws IOException {
        commit(1);
        commit(2);
        Path file = part(2, PARTS[part]);
        byte[] whole = read(file);
        SplittableRandom random = new SplittableRandom(part);
        List<byte[]> damaged = IntStream.range(0, 50)
                .mapToObj(i -> i % 2 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : flip(whole, random))
                .toList();

        for (byte[] bytes : damaged) {
            overwrite(file, bytes);
            refused.clear();
            assertThat(newest().orElseThrow().round()).isEqualTo(1);
            assertThat(refused).singleElement().asString().startsWith("checkpoint of round 2 is not used: ");
        }
        overwrite(file, whole);
        assertThat(newest().orElseThrow().round()).isEqualTo(2);
    }

    private static byte[] flip(byte[] whole, SplittableRandom random) {
        byte[] bytes = whole.clone();
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        return bytes;
    }

    @Test
    void oneThatWasNotFinishedIsNoCheckpoint() throws IOException {
        commit(3);
        commit(4);
        java.nio.file.Files.delete(part(4, "manifest.json"));
        java.nio.file.Files.createDirectory(folder.resolve("round-00000005"));

        assertThat(newest().orElseThrow().round()).isEqualTo(3);
        assertThat(refused).isEmpty();
    }

    @Test
    void whatWasRefusedGoesWhenARoundBeforeItIsCommitted() throws IOException {
        commit(10);
        commit(20);
        overwrite(part(20, "rounds.json"), new byte[3]);
        commit(15);

        assertThat(newest().orElseThrow().round()).isEqualTo(15);
        assertThat(part(10, "manifest.json")).exists();
        assertThat(part(20, "manifest.json")).doesNotExist();
    }

    @Test
    void anotherConfigurationAndAnotherFormatAreRefused() throws IOException {
        commit(1);

        assertThat(checkpoints().newest("another", content -> content, refused::add))
                .isEmpty();
        assertThat(refused).singleElement().asString().contains("it is of run");
        assertThat(new String(read(part(1, "manifest.json")), StandardCharsets.UTF_8))
                .contains("\"format\" : 1");
    }

    @Test
    void aFolderThatIsNotThereHasNone() throws IOException {
        Checkpoints none = new Checkpoints(
                new Files(new Configuration()), folder.resolve("none").toString());

        assertThat(none.newest("run", content -> content, refused::add)).isEmpty();
        assertThat(refused).isEmpty();
    }
}
