package cohort.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cohort.cluster.FailingTasks;
import cohort.cluster.SharedSpark;
import cohort.storage.OwnedException;
import cohort.storage.Ownership;
import cohort.warehouse.Tables;
import cohort.warehouse.Warehouse;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes are killed while a network is trained on a real cluster: executors and drivers at random moments, and a data node
 * of a real HDFS. The model and the rows of all tables must be those of an undisturbed run of submit/local, to the last byte.
 *
 * <p>{@code mvn verify} runs one training with everything in it; {@code mvn verify -Dtests.excluded=none -Dit.test=FaultsIT
 * -Dfaults.runs=20} kills 20 executors and 20 drivers besides, five of them on HDFS.
 */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsIT {
    private static final int RUNS = Integer.getInteger("faults.runs", 1);
    /** Every eighth run is on HDFS. */
    private static final int HDFS_EVERY = 8;

    private static final List<String> SETTINGS = List.of(
            "network.hidden=32",
            "training.steps=800",
            "averaging.local-steps=20",
            "checkpoint.rounds=5",
            "evaluation.trials=500",
            "evaluation.loss-sequences=600");
    private static final Map<String, List<String>> DIFFERS_BY_NATURE = Map.of(
            "runs", List.of("started_at", "seconds", "model", "config"),
            "training_curve", List.of("compute_ms", "overhead_ms"),
            "trial_outcomes", List.of(),
            "condition_accuracy", List.of());

    private final long seed = Long.getLong("faults.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);

    private Path folder;
    private Commands commands;
    private List<ProcessHandle> daemons;
    private MiniDFSCluster hdfs;
    private String undisturbed;
    private int warehouses;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException, InterruptedException {
        folder = temporary;
        commands = new Commands(
                folder, Map.of("COHORT_CLUSTER_DIR", folder.resolve("cluster").toString()));
        undisturbed = newWarehouse(false);
        Commands.Running alone = commands.start("local", train(undisturbed));
        assertThat(commands.run("cluster", "start").exitCode()).isZero();
        String status = commands.run("cluster", "status").out();
        String pids = status.lines()
                .filter(line -> line.startsWith("processes:"))
                .findFirst()
                .orElseThrow();
        daemons = Stream.of(pids.substring("processes:".length()).strip().split(" "))
                .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
                .toList();
        Configuration conf = new Configuration();
        conf.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
        conf.set("dfs.replication", "2");
        hdfs = new MiniDFSCluster.Builder(conf).numDataNodes(2).build();
        assertThat(alone.finish().exitCode()).isZero();
    }

    @AfterAll
    void stop() throws IOException, InterruptedException {
        commands.run("cluster", "stop");
        hdfs.shutdown();
    }

    private String newWarehouse(boolean onHdfs) {
        String name = "/warehouse" + warehouses++;
        return onHdfs ? hdfs.getURI() + name : folder.toUri().getPath() + name;
    }

    private static String[] train(String warehouse, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                Commands.PROJECT.resolve("conf/perceptual-decision.conf").toString()));
        SETTINGS.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        arguments.addAll(List.of("--set", "warehouse=\"" + warehouse + "\""));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    @Test
    void anExecutorTheDriverAndADataNodeAreKilledInOneTraining() throws IOException, InterruptedException {
        String warehouse = newWarehouse(true);
        Commands.Running training = commands.start("standalone", train(warehouse));
        training.waitFor("step ");
        executors().get(random.nextInt(2)).destroyForcibly();
        training.waitFor("step    400"); // there are checkpoints
        sleep(2000);
        training.kill();
        MiniDFSCluster.DataNodeProperties dataNode = hdfs.stopDataNode(random.nextInt(2)); // and a copy of every block
        Commands.Finished finished = commands.run("local", train(warehouse, "--resume")); // and the cluster is gone

        assertThat(finished.exitCode()).as(finished.err()).isZero();
        assertThat(finished.out()).contains("Resuming after round");
        assertSameResult(warehouse, "executor, driver and data node killed");
        assertThat(hdfs.restartDataNode(dataNode)).isTrue();
    }

    /** Where no lock keeps others out, Delta refuses or leaves out what comes second, and it is tried again. */
    @Test
    void onHdfsWhatManyAppendAtOnceIsThereOnce() throws Exception {
        String root = newWarehouse(true);
        List<Row> rows = Stream.of("a", "b", "c")
                .map(id -> RowFactory.create(id, 1L, 1, 100L, 0.5, 1.0, 0.01, 3200L, 12.0, 3.0))
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        List<Future<Void>> appends = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            List<Row> own = rows.subList(0, i + 1);
            Callable<Void> append = () -> {
                Warehouse warehouse = new Warehouse(SharedSpark.session(), root);
                for (Row row : own) {
                    warehouse.append(Tables.TRAINING_CURVE, row.getString(0), List.of(row));
                }
                return null;
            };
            appends.add(threads.submit(append));
        }
        for (Future<Void> append : appends) {
            append.get();
        }
        threads.shutdown();

        assertThat(new Warehouse(SharedSpark.session(), root)
                        .read(Tables.TRAINING_CURVE)
                        .orderBy("run_id")
                        .collectAsList())
                .isEqualTo(rows);
    }

    @Test
    void onHdfsARunHasOneOwner() throws Exception {
        Warehouse warehouse = new Warehouse(SharedSpark.session(), newWarehouse(true));
        try (Ownership owner = warehouse.claim("trained", List.of("a", "b"), waiting -> {})) {
            assertThatThrownBy(() -> warehouse.claimSweep("trained", "s", List.of("b", "c"), waiting -> {}))
                    .isInstanceOf(OwnedException.class)
                    .hasMessageStartingWith("run b is being trained by run a of ");
            owner.fence().check(warehouse.files());
        }
        warehouse.claimSweep("trained", "s", List.of("b", "c"), waiting -> {}).close();
    }

    @Test
    @Tag("long")
    void onHdfsADeletedRunLeavesNoRowInAnyFile() throws IOException {
        Warehouse warehouse = new Warehouse(SharedSpark.session(), newWarehouse(true));
        for (String id : List.of("kept", "gone")) {
            StoredRows.appendRuns(
                    warehouse, Map.of("run_id", id, "name", id, "seed", 1L, "status", "trained", "parameters", 1));
            StoredRows.append(warehouse, "training_curve", Tables.TRAINING_CURVE.schema(), Map.of("run_id", id));
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();

        int exitCode = Cohort.run(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                "delete",
                "gone",
                "--yes",
                "--warehouse",
                warehouse.root());

        assertThat(exitCode).as(err.toString()).isZero();
        for (String table : List.of("runs", "training_curve")) { // whatever file of it one looks into
            assertThat(SharedSpark.session()
                            .read()
                            .parquet(warehouse.table(table))
                            .select("run_id")
                            .as(Encoders.STRING())
                            .collectAsList())
                    .as(table)
                    .containsExactly("kept");
        }
    }

    @Test
    @Tag("long")
    void aFullFileSystemIsSaidSoAndTheRunResumedWhenThereIsRoom() throws IOException, InterruptedException {
        String warehouse = newWarehouse(true);
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(warehouse);
        hdfs.getFileSystem().mkdirs(path);
        // A file being written counts as a block on each of the 3 nodes a client asks for; 64 kB are there to stay.
        long room = 3 * hdfs.getFileSystem().getDefaultBlockSize(path) + (64 << 10);
        hdfs.getFileSystem().setQuota(path, HdfsConstants.QUOTA_DONT_SET, room);
        Commands.Finished full = commands.run("local", train(warehouse));
        hdfs.getFileSystem().setQuota(path, HdfsConstants.QUOTA_DONT_SET, HdfsConstants.QUOTA_RESET);
        Commands.Finished finished = commands.run("local", train(warehouse, "--resume"));

        assertThat(full.exitCode()).as(full.err()).isEqualTo(1);
        assertThat(full.err()).contains("quota", "--resume").doesNotContain("\tat ");
        assertThat(finished.exitCode()).as(finished.err()).isZero();
        assertSameResult(warehouse, "file system full");
    }

    @Test
    @Tag("long")
    void killedExecutorsChangeNothing() throws IOException, InterruptedException {
        for (int run = 0; run < RUNS; run++) {
            String warehouse = newWarehouse(run % HDFS_EVERY == HDFS_EVERY - 1);
            Commands.Running training = commands.start("standalone", train(warehouse));
            training.waitFor("step "); // by now there are executors
            sleep(5000);
            List<ProcessHandle> executors = executors();
            assertThat(executors).as("the training is over already").isNotEmpty();
            executors.get(random.nextInt(executors.size())).destroyForcibly();
            Commands.Finished finished = training.finish();

            assertThat(finished.exitCode()).as(finished.err()).isZero();
            assertSameResult(warehouse, "executor killed, run " + run);
        }
    }

    @Test
    @Tag("long")
    void aKilledDriverIsResumed() throws IOException, InterruptedException {
        for (int run = 0; run < RUNS; run++) {
            boolean onHdfs = run % HDFS_EVERY == 0;
            String warehouse = newWarehouse(onHdfs);
            Commands.Running training = commands.start("standalone", train(warehouse));
            sleep(20_000);
            training.kill();
            Commands.Finished finished = commands.run("standalone", train(warehouse, "--resume"));

            assertThat(finished.exitCode()).as(finished.err()).isZero();
            assertSameResult(warehouse, "driver killed, run " + run);
        }
    }

    @Test
    @Tag("long")
    void failingTasksAndSecondCopiesOfSlowOnesChangeNothing() throws IOException, InterruptedException {
        String warehouse = newWarehouse(false);
        Path events = Files.createDirectory(folder.resolve("events"));
        String classes = Commands.PROJECT.resolve("target/test-classes").toString();
        Map<String, String> spark = Map.of(
                "spark.plugins", FailingTasks.class.getName(),
                "spark.driver.extraClassPath", classes,
                "spark.executor.extraClassPath", classes,
                "spark.task.maxFailures", "20", // 4 in a row are no rarity among so many
                "spark.speculation", "true",
                "spark.speculation.multiplier", "1.1",
                "spark.speculation.quantile", "0.5",
                "spark.eventLog.enabled", "true",
                "spark.eventLog.compress", "false",
                "spark.eventLog.dir", events.toUri().toString());
        List<String> arguments = new ArrayList<>();
        spark.forEach((key, value) -> arguments.addAll(List.of("--conf", key + "=" + value)));
        arguments.addAll(List.of(train(warehouse)));
        Process worker = startWorkerOfAnotherHost();
        Commands.Finished finished;
        try {
            Commands.Running training = commands.start("standalone", arguments.toArray(String[]::new));
            training.waitFor("step ");
            List<ProcessHandle> executors =
                    Stream.concat(executors().stream(), worker.children()).toList();
            for (int i = 0; i < 4; i++) {
                ProcessHandle executor = executors.get(i % executors.size());
                signal(executor, "-STOP");
                Thread.sleep(1500);
                signal(executor, "-CONT");
                Thread.sleep(300);
            }
            finished = training.finish();
        } finally {
            worker.destroy();
        }

        assertThat(finished.exitCode()).as(finished.err()).isZero();
        assertSameResult(warehouse, "failing tasks and speculation");
        List<String> ends = endsOfTasks(events);
        long failed = ends.stream().filter(end -> end.contains("injected")).count();
        long copies = ends.stream()
                .filter(end -> end.contains("\"Speculative\":true"))
                .count();
        assertThat((double) failed / ends.size()).isBetween(0.15, 0.25);
        assertThat(copies).isPositive();
    }

    /** Spark makes no second copy of a task on the host of the first: the cluster needs another address. */
    private Process startWorkerOfAnotherHost() throws IOException, InterruptedException {
        Path cluster = folder.resolve("cluster");
        ProcessBuilder builder = new ProcessBuilder(
                Commands.PROJECT.resolve("submit/spark-class").toString(),
                "org.apache.spark.deploy.worker.Worker",
                "--host",
                "127.0.0.2",
                "--webui-port",
                "0",
                "--cores",
                "1",
                "--memory",
                "1g",
                "--work-dir",
                cluster.resolve("work").toString(),
                Files.readString(cluster.resolve("url")).strip());
        builder.environment().put("_SPARK_AUTH_SECRET", Files.readString(cluster.resolve("secret")));
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.2");
        builder.environment().put("SPARK_DAEMON_JAVA_OPTS", "-Dspark.authenticate=true");
        builder.redirectErrorStream(true)
                .redirectOutput(cluster.resolve("worker-of-another-host.log").toFile());
        Process worker = builder.start();
        while (!commands.run("cluster", "status").out().contains("3 workers alive")) {
            assertThat(worker.isAlive()).isTrue();
        }
        return worker;
    }

    /** What Spark's event log says of every attempt at a task, as JSON. */
    private static List<String> endsOfTasks(Path events) throws IOException {
        List<String> ends = new ArrayList<>();
        try (Stream<Path> files = Files.walk(events)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.readAllLines(file).stream()
                        .filter(line -> line.contains("\"SparkListenerTaskEnd\""))
                        .forEach(ends::add);
            }
        }
        return ends;
    }

    private void sleep(int atMostMillis) throws InterruptedException {
        Thread.sleep(random.nextInt(atMostMillis));
    }

    private static void signal(ProcessHandle process, String signal) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                        .start()
                        .waitFor(10, TimeUnit.SECONDS))
                .isTrue();
    }

    /** Executors are the processes that the workers have started. */
    private List<ProcessHandle> executors() {
        return daemons.stream().flatMap(ProcessHandle::children).toList();
    }

    private void assertSameResult(String warehouse, String what) throws IOException {
        String description = what + ", -Dfaults.seed=" + seed;
        assertThat(model(warehouse)).as(description).isEqualTo(model(undisturbed));
        for (String table : DIFFERS_BY_NATURE.keySet()) {
            assertThat(rows(warehouse, table)).as(description + ", " + table).isEqualTo(rows(undisturbed, table));
        }
    }

    private static byte[] model(String warehouse) throws IOException {
        org.apache.hadoop.fs.Path pattern = new org.apache.hadoop.fs.Path(warehouse, "models/*/model.safetensors");
        FileStatus[] found = pattern.getFileSystem(new Configuration()).globStatus(pattern);
        assertThat(found).hasSize(1);
        try (InputStream in =
                found[0].getPath().getFileSystem(new Configuration()).open(found[0].getPath())) {
            return in.readAllBytes();
        }
    }

    private static List<String> rows(String warehouse, String table) {
        List<String> rows = new ArrayList<>(SharedSpark.session()
                .read()
                .format("delta")
                .load(warehouse + "/" + table)
                .drop(DIFFERS_BY_NATURE.get(table).toArray(String[]::new))
                .toJSON()
                .collectAsList());
        Collections.sort(rows);
        return rows;
    }
}
