package cohort.experiment;

import cohort.cluster.Failures;
import cohort.config.UserError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.DeployMessages;
import org.apache.spark.deploy.master.WorkerInfo;
import org.apache.spark.internal.config.package$;
import org.apache.spark.rpc.RpcAddress;
import org.apache.spark.rpc.RpcEnv;
import scala.Option;
import scala.reflect.ClassTag;

/** The master of a standalone cluster: Spark asks one that does not answer for a minute or more, and then blames itself. */
final class SparkMaster {
    private static final String PATIENCE = "10s";
    private static final Pattern ADDRESS = Pattern.compile("(?:spark://)?(.+):(\\d{1,5})");

    private SparkMaster() {}

    /**
     * Looks whether a master answers, and lets us in, at an address or at one of several: {@code spark://one:7077,two:7077}.
     *
     * @param conf of the application, with its secret if it has one
     * @throws UserError if none does
     */
    static void requireAnswer(SparkConf conf) {
        String master = conf.get("spark.master", "");
        List<String> refusals = new ArrayList<>();
        for (String address : master.startsWith("spark://") ? master.split(",") : new String[0]) {
            Matcher parts = ADDRESS.matcher(address);
            if (!parts.matches()) {
                return; // Spark knows better what is wrong with it
            }
            try {
                WorkerInfo[] workers = greet(new RpcAddress(parts.group(1), Integer.parseInt(parts.group(2))), conf);
                requireRoom(workers, conf);
                return;
            } catch (UserError e) {
                throw e;
            } catch (Exception e) { // Spark's Scala throws whatever it comes across
                refusals.add(Failures.reason(e));
            }
        }
        if (!refusals.isEmpty()) {
            throw new UserError(String.format(
                    Locale.ROOT,
                    "no Spark master answers at %s (%s): is it started, is the address the one that its page shows, and the"
                            + " secret (spark.authenticate.secret) its own?",
                    master,
                    String.join("; ", refusals)));
        }
    }

    /** Where no worker has room for an executor, Spark waits for one without a word. */
    private static void requireRoom(WorkerInfo[] workers, SparkConf conf) {
        long needed = conf.getSizeAsMb("spark.executor.memory", "1g");
        long largest =
                Arrays.stream(workers).mapToLong(WorkerInfo::memory).max().orElse(needed);
        if (largest < needed) {
            throw new UserError(String.format(
                    Locale.ROOT,
                    "an executor wants %d MB (--executor-memory), and no worker of the cluster has more than %d MB",
                    needed,
                    largest));
        }
    }

    private static WorkerInfo[] greet(RpcAddress address, SparkConf conf) {
        SparkConf hasty = conf.clone()
                .set("spark.rpc.askTimeout", PATIENCE)
                .set("spark.rpc.lookupTimeout", PATIENCE)
                .set("spark.rpc.connect.timeout", PATIENCE)
                .set("spark.auth.rpcTimeout", PATIENCE);
        SecurityManager security = new SecurityManager(hasty, Option.empty(), package$.MODULE$.AUTH_SECRET_FILE());
        RpcEnv us = RpcEnv.create("cohort", hasty.get("spark.driver.host", "127.0.0.1"), 0, hasty, security, true);
        try {
            DeployMessages.MasterStateResponse state = us.setupEndpointRef(address, "Master")
                    .askSync(
                            DeployMessages.RequestMasterState$.MODULE$,
                            ClassTag.apply(DeployMessages.MasterStateResponse.class));
            return state.workers();
        } finally {
            us.shutdown();
        }
    }
}
