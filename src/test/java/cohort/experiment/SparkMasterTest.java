package cohort.experiment;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class SparkMasterTest {
    @Test
    void aMasterThatIsNotThereIsNamed() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        String master = "spark://127.0.0.1:" + free;

        assertThatThrownBy(() -> SparkMaster.requireAnswer(master))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(master)
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> SparkMaster.requireAnswer("spark://127.0.0.1:70000"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("70000");
    }

    @Test
    void oneOfSeveralIsEnough() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String masters = "spark://127.0.0.1:1,127.0.0.1:" + socket.getLocalPort();

            assertThatCode(() -> SparkMaster.requireAnswer(masters)).doesNotThrowAnyException();
        }
    }

    @Test
    void otherMastersAreSparksBusiness() {
        for (String master : new String[] {"", "local[2]", "yarn", "k8s://https://127.0.0.1:1", "spark://no-port"}) {
            assertThatCode(() -> SparkMaster.requireAnswer(master)).doesNotThrowAnyException();
        }
    }
}
