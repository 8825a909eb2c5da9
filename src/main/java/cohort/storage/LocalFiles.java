package cohort.storage;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FsConstants;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * Hadoop's file system of this machine, as its other programs use it. What it makes has the permissions that the process's umask
 * leaves, where Hadoop's own sets those of a mask in its configuration, and where Hadoop's native library is missing, as it is in
 * what Maven brings, starts a chmod for every file. Beside every file that writes a hidden one with checksums, which no other
 * program looks at. And a name that this Java cannot pass on to the system is refused, not written with question marks.
 */
public final class LocalFiles extends LocalFileSystem {
    /** The property that says where relative paths begin, for a driver that others start in a folder of their own. */
    private static final String WORKING_FOLDER = "cohort.working-folder";

    public LocalFiles() {
        super(new Raw());
        setWriteChecksum(false);
        String folder = System.getProperty(WORKING_FOLDER);
        if (folder != null) {
            setWorkingDirectory(new Path(folder));
        }
    }

    // Hadoop's own would set the permissions that are asked for when the file is there, whatever umask says.
    @Override
    public FSDataOutputStream create(
            Path path,
            FsPermission mode,
            boolean overwrite,
            int buffer,
            short copies,
            long block,
            Progressable progress)
            throws IOException {
        return narrowed(path, mode, super.create(path, null, overwrite, buffer, copies, block, progress));
    }

    @Override
    public FSDataOutputStream createNonRecursive(
            Path path,
            FsPermission mode,
            boolean overwrite,
            int buffer,
            short copies,
            long block,
            Progressable progress)
            throws IOException {
        return narrowed(path, mode, super.createNonRecursive(path, null, overwrite, buffer, copies, block, progress));
    }

    @Override
    public FSDataOutputStream createNonRecursive(
            Path path,
            FsPermission mode,
            EnumSet<CreateFlag> flags,
            int buffer,
            short copies,
            long block,
            Progressable progress)
            throws IOException {
        return narrowed(path, mode, super.createNonRecursive(path, null, flags, buffer, copies, block, progress));
    }

    private FSDataOutputStream narrowed(Path path, FsPermission mode, FSDataOutputStream out) throws IOException {
        ((Raw) getRawFileSystem()).narrow(path, mode, FsPermission.getFileDefault());
        return out;
    }

    /** The same for Hadoop's other interface to file systems, with which Delta writes its log. */
    public static final class Context extends DelegateToFileSystem {
        public Context(URI uri, Configuration conf) throws IOException, URISyntaxException {
            super(uri, new LocalFiles(), conf, FsConstants.LOCAL_FS_URI.getScheme(), false);
        }

        @Override
        public int getUriDefaultPort() {
            return -1; // files of this machine have no port
        }

        @Override
        public boolean isValidName(String path) {
            return true; // who made it could
        }
    }

    private static final class Raw extends RawLocalFileSystem {
        /** In which Java gives names of files to the system; it follows from LC_ALL, LC_CTYPE and LANG. */
        private static final Charset NAMES = Charset.forName(
                System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name()));

        @Override
        protected OutputStream createOutputStreamWithMode(Path path, boolean append, FsPermission mode)
                throws IOException {
            if (!append) {
                Files.write(pathToFile(path).toPath(), new byte[0]);
            }
            OutputStream out =
                    super.createOutputStreamWithMode(path, true, null); // of what is there it leaves the mode
            narrow(path, mode, FsPermission.getFileDefault());
            return out;
        }

        @Override
        protected boolean mkOneDirWithMode(Path path, File folder, FsPermission mode) throws IOException {
            boolean made = folder.mkdir();
            if (made) {
                narrow(path, mode, FsPermission.getDirDefault());
            }
            return made;
        }

        /** Takes off what was not asked for, if less was asked for than Hadoop does for whoever asks for nothing. */
        private void narrow(Path path, FsPermission mode, FsPermission usual) throws IOException {
            // By number: what Hadoop hands over remembers how it came about, and equals no other.
            if (mode != null
                    && mode.toShort() != usual.toShort()
                    && mode.toShort()
                            != usual.applyUMask(FsPermission.getUMask(getConf()))
                                    .toShort()) {
                FsPermission made = FsPermission.valueOf("-"
                        + PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(pathToFile(path).toPath())));
                setPermission(path, new FsPermission((short) (made.toShort() & mode.toShort())));
            }
        }

        @Override
        public void setPermission(Path path, FsPermission permission) throws IOException {
            try {
                Files.setPosixFilePermissions(
                        pathToFile(path).toPath(), PosixFilePermissions.fromString(permission.toString()));
            } catch (UnsupportedOperationException | IllegalArgumentException e) {
                super.setPermission(path, permission); // no POSIX file system, or a sticky bit
            }
        }

        @Override
        public File pathToFile(Path path) {
            File file = super.pathToFile(path);
            if (!NAMES.newEncoder().canEncode(file.getPath())) {
                throw new InvalidPathException(
                        file.getPath(), "names of files are " + NAMES + " here; set LC_ALL=C.UTF-8 for");
            }
            return file;
        }
    }
}
