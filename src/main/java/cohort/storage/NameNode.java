package cohort.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The server of an HDFS: where it is down, Hadoop asks it for a quarter of an hour before it says so. */
public final class NameNode {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int DEFAULT_PORT = 8020;

    private NameNode() {}

    /** An HDFS that does not answer. */
    public static final class SilentException extends UncheckedIOException {
        private static final long serialVersionUID = 1;

        SilentException(String message, IOException cause) {
            super(message, cause);
        }
    }

    /**
     * Looks whether a server listens, if a path is on HDFS. One with several servers has a name of its own and is left to Hadoop.
     *
     * @throws SilentException if none does
     */
    public static void requireAnswer(Path path, Configuration configuration) {
        boolean isDefault = path.toUri().getScheme() == null;
        URI server = isDefault ? FileSystem.getDefaultUri(configuration) : path.toUri();
        if (!"hdfs".equals(server.getScheme())
                || server.getHost() == null
                || Arrays.asList(configuration.getTrimmedStrings("dfs.nameservices"))
                        .contains(server.getHost())) {
            return;
        }
        InetSocketAddress address =
                new InetSocketAddress(server.getHost(), server.getPort() < 0 ? DEFAULT_PORT : server.getPort());
        try (Socket socket = new Socket()) {
            socket.connect(address, PATIENCE_MILLIS);
        } catch (IOException e) {
            throw new SilentException(
                    "no HDFS answers at " + server.getHost() + ":" + address.getPort() + " (" + e.getMessage() + ")"
                            + (isDefault
                                    ? ", where Hadoop's configuration puts the path " + path
                                            + ": write file:/... for a folder of this machine"
                                    : ""),
                    e);
        }
    }
}
