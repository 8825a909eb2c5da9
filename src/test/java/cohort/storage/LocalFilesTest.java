package cohort.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFilesTest {
    @TempDir
    private Path folder;

    private final LocalFiles files = new LocalFiles();

    @BeforeEach
    void open() throws IOException {
        files.initialize(URI.create("file:///"), configuration());
    }

    private static Configuration configuration() {
        Configuration masked = new Configuration(false);
        masked.set("fs.permissions.umask-mode", "0727"); // no umask that anybody has
        masked.set("fs.AbstractFileSystem.file.impl", LocalFiles.Context.class.getName());
        return masked;
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static org.apache.hadoop.fs.Path hadoop(Path path) {
        return new org.apache.hadoop.fs.Path(path.toUri());
    }

    @Test
    void whatIsMadeHasThePermissionsThatOtherProgramsGive() throws IOException {
        Path usual = Files.createDirectory(folder.resolve("usual"));
        Path usualFile = Files.createFile(usual.resolve("file"));
        try (FSDataOutputStream out = files.create(hadoop(folder.resolve("a/b/file")))) {
            out.write(1);
        }
        files.mkdirs(hadoop(folder.resolve("c/d")));
        FileContext.getFileContext(URI.create("file:///"), configuration())
                .create(hadoop(folder.resolve("c/d/log")), EnumSet.of(CreateFlag.CREATE))
                .close();

        assertThat(permissions(folder.resolve("a/b/file"))).isEqualTo(permissions(usualFile));
        assertThat(permissions(folder.resolve("a/b"))).isEqualTo(permissions(usual));
        assertThat(permissions(folder.resolve("c/d"))).isEqualTo(permissions(usual));
        assertThat(permissions(folder.resolve("c/d/log"))).isEqualTo(permissions(usualFile));
        assertThat(folder.resolve("a/b")).isDirectoryNotContaining("glob:**.crc");
        assertThat(folder.resolve("c/d")).isDirectoryNotContaining("glob:**.crc");
    }

    @Test
    void whoAsksForLessGetsLess() throws IOException {
        files.mkdirs(hadoop(folder.resolve("mine")), new FsPermission("700"));
        files.create(hadoop(folder.resolve("mine/file")), new FsPermission("640"), false, 10, (short) 1, 1 << 20, null)
                .close();

        assertThat(permissions(folder.resolve("mine"))).isEqualTo("rwx------");
        assertThat(permissions(folder.resolve("mine/file"))).startsWith("rw-").endsWith("---");
    }

    @Test
    void aNameThatJavaCannotPassOnIsRefused() {
        org.apache.hadoop.fs.Path lost = new org.apache.hadoop.fs.Path("file://" + folder + "/half \uD83D of a pair");

        assertThatThrownBy(() -> files.create(lost))
                .isInstanceOf(InvalidPathException.class)
                .hasMessageContaining("LC_ALL=C.UTF-8")
                .hasMessageContaining("half");
        assertThat(folder).isEmptyDirectory();
    }
}
