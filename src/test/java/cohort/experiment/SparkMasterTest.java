package cohort.experiment;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cohort.config.UserError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.master.Master;
import org.apache.spark.rpc.RpcEnv;
import org.junit.jupiter.api.Test;

class SparkMasterTest {
    private static SparkConf at(String master) {
        return new SparkConf(false).set("spark.master", master);
    }

    private static SparkConf with(String secret, SparkConf conf) {
        return conf.set("spark.authenticate", "true").set("spark.authenticate.secret", secret);
    }

    private static void assertIsRefused(SparkConf conf) {
        assertThatThrownBy(() -> SparkMaster.requireAnswer(conf))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(conf.get("spark.master"))
                .hasMessageNotContaining("\n");
    }

    @Test
    void whatIsNoMasterIsNamed() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        assertIsRefused(at("spark://127.0.0.1:" + free));
        assertIsRefused(at("spark://127.0.0.1:70000"));
        try (ServerSocket another = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread hangsUp = new Thread(() -> {
                try {
                    while (true) {
                        another.accept().close();
                    }
                } catch (IOException e) {
                    // the end of the test
                }
            });
            hangsUp.start();
            assertIsRefused(at("spark://127.0.0.1:" + another.getLocalPort()));
        }
    }

    @Test
    void aMasterLetsInWhoKnowsItsSecretAndOneOfSeveralIsEnough() {
        SparkConf own = with("right", new SparkConf(false));
        RpcEnv master = Master.startRpcEnvAndEndpoint("127.0.0.1", 0, 0, own)._1();
        try {
            String masters = "spark://127.0.0.1:1,127.0.0.1:" + master.address().port();

            assertThatCode(() -> SparkMaster.requireAnswer(with("right", at(masters))))
                    .doesNotThrowAnyException();
            assertIsRefused(with("wrong", at(masters)));
            assertIsRefused(at(masters));
        } finally {
            master.shutdown();
        }
    }

    @Test
    void otherMastersAreSparksBusiness() {
        for (String master : new String[] {"", "local[2]", "yarn", "k8s://https://127.0.0.1:1", "spark://no-port"}) {
            assertThatCode(() -> SparkMaster.requireAnswer(at(master))).doesNotThrowAnyException();
        }
    }
}
