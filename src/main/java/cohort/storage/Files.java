package cohort.storage;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Whole files on any Hadoop file system: local, HDFS or an object store. */
public final class Files {
    /** Bytes that an array can have in every Java. */
    private static final int LARGEST = Integer.MAX_VALUE - 8;

    private final Configuration configuration;

    /** Uses the file systems that a Hadoop configuration names. */
    public Files(Configuration configuration) {
        this.configuration = configuration;
    }

    public boolean exists(String path) throws IOException {
        Path file = new Path(path);
        return fileSystem(file).exists(file);
    }

    /** Whether there is a file, and no folder, of this name. */
    public boolean isFile(String path) throws IOException {
        return exists(path)
                && !fileSystem(new Path(path)).getFileStatus(new Path(path)).isDirectory();
    }

    /**
     * Reads a whole file. A bare name may be one that came with the command to where this process works, whatever file system
     * paths are on there.
     *
     * @throws IOException if there is none, or it cannot be read; the message names it
     */
    public byte[] read(String path) throws IOException {
        Path file;
        try {
            file = broughtAlong(new Path(path));
        } catch (IllegalArgumentException e) {
            throw new IOException("\"" + path + "\" is no path", e);
        }
        FileStatus status;
        try {
            status = fileSystem(file).getFileStatus(file);
        } catch (FileNotFoundException e) {
            throw new IOException("there is no file " + path, e);
        }
        if (status.isDirectory()) {
            throw new IOException(path + " is a folder, not a file");
        }
        if (status.getLen() > LARGEST) {
            throw new IOException(
                    path + " has " + status.getLen() + " bytes; files of up to " + LARGEST + " can be read");
        }
        byte[] bytes = new byte[(int) status.getLen()];
        try (FSDataInputStream in = fileSystem(file).open(file)) {
            in.readFully(0, bytes);
        } catch (FileNotFoundException e) { // what Hadoop's local file system throws where it may not read
            throw new IOException("cannot read " + path + ": " + e.getMessage(), e);
        }
        return bytes;
    }

    /**
     * Writes a new file: under another name first, so that nobody ever sees half of it.
     *
     * @throws IOException if the file exists already, which is then left as it is, or cannot be written
     */
    public void write(String path, byte[] bytes) throws IOException {
        if (exists(path)) {
            throw new IOException(path + " exists already");
        }
        replace(path, bytes);
    }

    /**
     * Writes a file in the place of any that is there, which goes only when the new one is whole. What was left unfinished by who was
     * killed while it wrote the same file goes too.
     *
     * @throws IOException if it cannot be written; the message names it
     */
    public void replace(String path, byte[] bytes) throws IOException {
        Path file = new Path(path);
        FileSystem fileSystem = fileSystem(file);
        String beginning = "." + file.getName() + ".";
        Path unfinished = new Path(file.getParent(), beginning + UUID.randomUUID());
        try {
            fileSystem.mkdirs(file.getParent());
            try (FSDataOutputStream out = fileSystem.create(unfinished, false)) {
                out.write(bytes);
            }
            fileSystem.delete(file, false);
            if (!fileSystem.rename(unfinished, file)) {
                throw new IOException("it could not be put in place");
            }
            for (FileStatus left : fileSystem.listStatus(
                    file.getParent(), other -> other.getName().startsWith(beginning))) {
                deleteQuietly(fileSystem, left.getPath());
            }
        } catch (IOException | FSError e) { // what Hadoop's local file system throws where a disk is full
            deleteQuietly(fileSystem, unfinished);
            // HDFS appends its server's stack trace to the message.
            throw new IOException(
                    "cannot write " + path + ": "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        }
    }

    private static void deleteQuietly(FileSystem fileSystem, Path file) {
        try {
            fileSystem.delete(file, false);
        } catch (IOException e) {
            // The reason why it could not be written is told, and matters more.
        }
    }

    /** Lets a file seem written now; makes an empty one if there is none. */
    public void touch(String path) throws IOException {
        Path file = new Path(path);
        OptionalLong before = modified(path);
        if (before.isPresent()) {
            fileSystem(file).setTimes(file, System.currentTimeMillis(), -1);
        }
        if (modified(path).equals(before)) { // there was none, or the file system, as object stores, sets no times
            fileSystem(file).mkdirs(file.getParent());
            fileSystem(file).create(file, true).close();
        }
    }

    /** When a file was written, milliseconds of the file system's or the writer's clock; empty if there is none. */
    public OptionalLong modified(String path) throws IOException {
        Path file = new Path(path);
        try {
            return OptionalLong.of(fileSystem(file).getFileStatus(file).getModificationTime());
        } catch (FileNotFoundException e) {
            return OptionalLong.empty();
        }
    }

    /** Deletes a file; nothing happens if there is none. */
    public void delete(String path) throws IOException {
        Path file = new Path(path);
        fileSystem(file).delete(file, false);
    }

    /** Names of what is in a folder; none if there is no such folder. */
    public List<String> list(String path) throws IOException {
        Path folder = new Path(path);
        List<String> names = new ArrayList<>();
        if (exists(path)) {
            for (FileStatus status : fileSystem(folder).listStatus(folder)) {
                names.add(status.getPath().getName());
            }
        }
        return names;
    }

    /** Bytes of a file, or of all files in a folder; none if there is neither. */
    public long size(String path) throws IOException {
        return exists(path)
                ? fileSystem(new Path(path)).getContentSummary(new Path(path)).getLength()
                : 0;
    }

    /** Deletes a folder and all in it; nothing happens if there is none. */
    public void deleteFolder(String path) throws IOException {
        Path folder = new Path(path);
        fileSystem(folder).delete(folder, true);
    }

    private static Path broughtAlong(Path path) {
        File here = new File(path.toString());
        boolean isBare = path.getParent() != null && path.getParent().toString().isEmpty();
        return isBare && path.toUri().getScheme() == null && here.isFile() ? new Path(here.toURI()) : path;
    }

    private FileSystem fileSystem(Path path) throws IOException {
        try {
            return path.getFileSystem(configuration);
        } catch (IllegalArgumentException e) { // a host that nobody knows
            throw new IOException(path + ": " + e.getMessage(), e);
        }
    }
}
