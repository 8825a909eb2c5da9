package cohort.warehouse;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Lets one process at a time write to a warehouse on a local file system. Delta relies on a file system that refuses to rename
 * a file over another; HDFS does, Hadoop's local one may lose the commit of one of two processes that write at once.
 */
final class WriteLock {
    private static final ReentrantLock THREADS = new ReentrantLock();

    private final FileChannel channel;

    private WriteLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Waits for its turn; does nothing where the file system needs no lock. */
    static WriteLock of(Path warehouse, Configuration configuration) throws IOException {
        FileSystem fileSystem = warehouse.getFileSystem(configuration);
        if (!(fileSystem instanceof LocalFileSystem local)) {
            return new WriteLock(null);
        }
        File folder = local.pathToFile(warehouse);
        THREADS.lock(); // the lock on the file holds between processes only
        try {
            Files.createDirectories(folder.toPath());
            FileChannel channel = FileChannel.open(
                    folder.toPath().resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock held = channel.lock();
            assert held.isValid();
            return new WriteLock(channel);
        } catch (IOException e) {
            THREADS.unlock();
            throw new IOException(
                    "cannot write to " + folder + " (" + e.getClass().getSimpleName() + "); choose another warehouse",
                    e);
        }
    }

    /** Whether nobody else can write meanwhile. */
    boolean isHeld() {
        return channel != null;
    }

    /** Lets the next one write. */
    void close() throws IOException {
        if (channel != null) {
            try {
                channel.close(); // which gives up the lock
            } finally {
                THREADS.unlock();
            }
        }
    }
}
