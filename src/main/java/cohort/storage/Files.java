package cohort.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Whole files on any Hadoop file system: local, HDFS or an object store. */
public final class Files {
    private final Configuration configuration;

    /** Uses the file systems that a Hadoop configuration names. */
    public Files(Configuration configuration) {
        this.configuration = configuration;
    }

    public boolean exists(String path) throws IOException {
        Path file = new Path(path);
        return fileSystem(file).exists(file);
    }

    /**
     * Reads a whole file.
     *
     * @throws IOException if there is none, or it cannot be read; the message names it
     */
    public byte[] read(String path) throws IOException {
        Path file = new Path(path);
        try {
            FileStatus status = fileSystem(file).getFileStatus(file);
            if (status.isDirectory()) {
                throw new IOException(path + " is a folder, not a file");
            }
            byte[] bytes = new byte[Math.toIntExact(status.getLen())];
            try (FSDataInputStream in = fileSystem(file).open(file)) {
                in.readFully(0, bytes);
            }
            return bytes;
        } catch (FileNotFoundException e) {
            throw new IOException("there is no file " + path, e);
        }
    }

    /**
     * Writes a new file: under another name first, so that nobody ever sees half of it.
     *
     * @throws IOException if the file exists already, which is then left as it is
     */
    public void write(String path, byte[] bytes) throws IOException {
        Path file = new Path(path);
        FileSystem fileSystem = fileSystem(file);
        if (fileSystem.exists(file)) {
            throw new IOException(path + " exists already");
        }
        fileSystem.mkdirs(file.getParent());
        Path unfinished = new Path(file.getParent(), "." + file.getName() + "." + UUID.randomUUID());
        try {
            try (FSDataOutputStream out = fileSystem.create(unfinished, false)) {
                out.write(bytes);
            }
            if (!fileSystem.rename(unfinished, file)) {
                throw new IOException(path + " could not be put in place");
            }
        } finally {
            fileSystem.delete(unfinished, false);
        }
    }

    /**
     * Makes a folder, and those above it.
     *
     * @throws IOException if that is not possible; the message names it
     */
    public void createFolder(String path) throws IOException {
        Path folder = new Path(path);
        boolean made;
        try {
            made = fileSystem(folder).mkdirs(folder);
        } catch (IOException e) {
            throw new IOException("cannot make folder " + path + ": " + e.getMessage(), e);
        }
        if (!made) {
            throw new IOException("cannot make folder " + path);
        }
    }

    /** Deletes a folder and all in it; nothing happens if there is none. */
    public void deleteFolder(String path) throws IOException {
        Path folder = new Path(path);
        fileSystem(folder).delete(folder, true);
    }

    private FileSystem fileSystem(Path path) throws IOException {
        return path.getFileSystem(configuration);
    }
}
