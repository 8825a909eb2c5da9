package cohort.storage;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

class NameNodeTest {
    private final Configuration configuration = new Configuration(false);

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void aPathOfTheDefaultFileSystemNamesWhoseSettingItIs() throws IOException {
        String server = "127.0.0.1:" + freePort();
        configuration.set("fs.defaultFS", "hdfs://" + server);

        assertThatThrownBy(() -> NameNode.requireAnswer(new Path("results"), configuration))
                .isInstanceOf(NameNode.SilentException.class)
                .hasMessageContaining(server)
                .hasMessageContaining("results")
                .hasMessageContaining("file:/");
        assertThatThrownBy(() -> NameNode.requireAnswer(new Path("hdfs://" + server + "/w"), configuration))
                .isInstanceOf(NameNode.SilentException.class)
                .hasMessageNotContaining("file:/");
    }

    @Test
    void foldersOfThisMachineNeedNoServer() throws IOException {
        configuration.set("fs.defaultFS", "hdfs://127.0.0.1:" + freePort());

        assertThatCode(() -> NameNode.requireAnswer(new Path("file:/tmp/w"), configuration))
                .doesNotThrowAnyException();
    }

    @Test
    void aServerThatListensAndServersWithOneNameAreLeftToHadoop() throws IOException {
        configuration.set("dfs.nameservices", "other, both");
        assertThatCode(() -> NameNode.requireAnswer(new Path("hdfs://both/w"), configuration))
                .doesNotThrowAnyException();
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path path = new Path("hdfs://127.0.0.1:" + socket.getLocalPort() + "/w");

            assertThatCode(() -> NameNode.requireAnswer(path, configuration)).doesNotThrowAnyException();
        }
    }
}
