package cohort.warehouse;

import java.io.IOException;
import org.apache.commons.lang3.StringUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** What lies in a folder. */
final class FolderContent {
    private final Path root;
    private final Configuration configuration;

    FolderContent(Path root, Configuration configuration) {
        this.root = root;
        this.configuration = configuration;
    }

    /**
     * Whether a path leads to something in the folder, by whatever way: links are followed. A pattern of many paths does not, nor
     * does what is not there.
     */
    boolean has(String text) throws IOException {
        if (StringUtils.containsAny(text, "*?[]{}\\")) {
            return false;
        }
        Path path = new Path(text);
        FileSystem own = root.getFileSystem(configuration);
        String scheme = path.toUri().getScheme();
        if (scheme != null && !scheme.equals(own.getScheme())) {
            return false;
        }
        FileSystem other = path.getFileSystem(configuration);
        if (!own.getUri().equals(other.getUri()) || !own.exists(path)) {
            return false;
        }
        return real(own, path).startsWith(real(own, root));
    }

    /** A path without links, as far as the file system has them. */
    private static java.nio.file.Path real(FileSystem files, Path path) throws IOException {
        java.nio.file.Path plain =
                java.nio.file.Path.of(files.makeQualified(path).toUri().getPath());
        return files instanceof LocalFileSystem ? plain.toRealPath() : plain.normalize();
    }
}
