package cohort.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilesTest {
    private final Files files = new Files(new Configuration());

    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        byte[] bytes = {0, 1, -1, 127};

        files.write(path("new/folder/model.safetensors"), bytes);

        assertThat(files.exists(path("new/folder/model.safetensors"))).isTrue();
        assertThat(files.read(path("new/folder/model.safetensors"))).containsExactly(bytes);
    }

    @Test
    void pathsMayBeUris() throws IOException {
        files.write(folder.toUri() + "model", new byte[] {5});

        assertThat(files.read(path("model"))).containsExactly(5);
    }

    @Test
    void emptyFileIsAFile() throws IOException {
        files.write(path("empty"), new byte[0]);

        assertThat(files.exists(path("empty"))).isTrue();
        assertThat(files.read(path("empty"))).isEmpty();
    }

    @Test
    void whatSomebodyLeftWhoWasKilledWhileReplacingGoes() throws IOException {
        files.write(path(".model.5bdabf93"), new byte[] {1});
        files.write(path(".model2.5bdabf93"), new byte[] {2});
        files.write(path("model"), new byte[] {3});

        files.replace(path("model"), new byte[] {4});

        assertThat(files.read(path("model"))).containsExactly(4);
        assertThat(folder.toFile().list())
                .contains(".model2.5bdabf93")
                .noneMatch(name -> name.startsWith(".model.") && !name.endsWith("crc"));
    }

    @Test
    void existingFileIsNeverOverwritten() throws IOException {
        files.write(path("model"), new byte[] {1, 2});

        assertThatThrownBy(() -> files.write(path("model"), new byte[] {9}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(path("model"))
                .hasMessageContaining("exists already");
        assertThat(files.read(path("model"))).containsExactly(1, 2);
    }

    @Test
    void missingFileIsNamed() {
        assertThatThrownBy(() -> files.read(path("nothing/here")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no file")
                .hasMessageContaining(path("nothing/here"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a:b", "s3:model"})
    void whatIsNoPathIsNamed(String path) {
        assertThatThrownBy(() -> files.read(path))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("\"" + path + "\" is no path");
    }

    /** A file without content, which takes no room on the disk. */
    @Test
    void fileThatNoArrayCanHoldIsNamedWithItsSize() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path("large"), "rw")) {
            file.setLength(3_000_000_000L);
        }

        assertThatThrownBy(() -> files.read(path("large")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(path("large") + " has 3000000000 bytes");
    }

    @Test
    void folderIsNotAFile() {
        assertThatThrownBy(() -> files.read(folder.toString()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("folder");
    }

    @Test
    void noUnfinishedFileRemains() throws IOException {
        files.write(path("model"), new byte[1000]);
        assertThatThrownBy(() -> files.write(path("model"), new byte[1000])).isInstanceOf(IOException.class);

        assertThat(names())
                .contains("model")
                .isSubsetOf("model", ".model.crc"); // Hadoop's checksum, unless LocalFiles is open
    }

    @Test
    void folderIsDeletedWithAllInIt() throws IOException {
        files.write(path("run/a"), new byte[1]);
        files.write(path("run/deeper/b"), new byte[1]);

        files.deleteFolder(path("run"));
        files.deleteFolder(path("never-there"));

        assertThat(names()).isEmpty();
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> entries = java.nio.file.Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }
}
