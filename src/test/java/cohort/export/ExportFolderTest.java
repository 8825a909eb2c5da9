package cohort.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cohort.config.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportFolderTest {
    @TempDir
    private Path temporary;

    @Test
    void itAppearsWhenAllIsInIt() throws IOException {
        Path target = temporary.resolve("not there/x");
        try (ExportFolder folder = ExportFolder.create(target)) {
            fill(folder);
            assertThat(target).doesNotExist();
            folder.commit();
        }

        requireFilled(target);
        assertThat(target.getParent()).isDirectoryNotContaining("glob:**.*.*");
    }

    @Test
    void anEmptyFolderIsFilled() throws IOException {
        Path link =
                Files.createSymbolicLink(temporary.resolve("link"), Files.createDirectory(temporary.resolve("empty")));
        try (ExportFolder folder = ExportFolder.create(link)) {
            fill(folder);
            folder.commit();
        }

        requireFilled(temporary.resolve("empty"));
        assertThat(link).isSymbolicLink();
    }

    @Test
    void nothingIsLeftOfAnExportThatFailed() throws IOException {
        Path empty = Files.createDirectory(temporary.resolve("empty"));
        for (Path target : new Path[] {temporary.resolve("x"), empty}) {
            try (ExportFolder folder = ExportFolder.create(target)) {
                fill(folder);
            }
        }

        assertThat(temporary).isDirectoryNotContaining(path -> !path.equals(empty));
        assertThat(empty).isEmptyDirectory();
    }

    @Test
    void whatIsThereIsNeverWrittenInto() throws IOException {
        Path full = Files.createDirectory(temporary.resolve("full"));
        Path file = Files.createFile(full.resolve("notes.txt"));

        assertThatThrownBy(() -> ExportFolder.create(full))
                .isInstanceOf(UserError.class)
                .hasMessageContainingAll("full is not empty", "notes.txt", "another folder");
        assertThatThrownBy(() -> ExportFolder.create(file))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("is a file");
        assertThatThrownBy(() -> ExportFolder.create(file.resolve("x")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("cannot be made");
        assertThat(full).isDirectoryContaining(file::equals).isDirectoryNotContaining(path -> !path.equals(file));
    }

    private static void fill(ExportFolder folder) throws IOException {
        Files.writeString(folder.unfinished().resolve("a.txt"), "a");
        Files.writeString(
                Files.createDirectory(folder.unfinished().resolve("b")).resolve("c.txt"), "c");
    }

    private static void requireFilled(Path target) {
        assertThat(target.resolve("a.txt")).hasContent("a");
        assertThat(target.resolve("b/c.txt")).hasContent("c");
        assertThat(target.toFile().list()).containsExactlyInAnyOrder("a.txt", "b");
    }
}
