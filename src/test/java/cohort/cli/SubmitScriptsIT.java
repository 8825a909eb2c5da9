package cohort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command lines that the scripts for clusters come to, their errors, and the secret of the cluster on loopback. */
@Tag("cluster")
class SubmitScriptsIT {
    private static final String CONF =
            Commands.PROJECT.resolve("conf/perceptual-decision.conf").toString();

    @TempDir
    private Path temporary;

    /** The command line a script would run, with PROJECT for the project's folder. */
    private String dryRun(Map<String, String> environment, String script, String... arguments)
            throws IOException, InterruptedException {
        Commands.Finished finished = new Commands(temporary, environment).run(script, arguments);
        assertThat(finished.exitCode()).as(finished.err()).isZero();
        return unquoted(finished.out().strip().replace(Commands.PROJECT.toString(), "PROJECT"));
    }

    /** Without the shell's quotes: which words need them depends on the project's path. */
    private static String unquoted(String line) {
        return line.replaceAll("['\\\\]", "");
    }

    private String refusal(String script, String... arguments) throws IOException, InterruptedException {
        Map<String, String> noCluster =
                Map.of("COHORT_CLUSTER_DIR", temporary.resolve("none").toString());
        Commands.Finished finished = new Commands(temporary, noCluster).run(script, arguments);
        assertThat(finished.exitCode()).isEqualTo(2);
        assertThat(finished.err().lines()).hasSize(1);
        return finished.err();
    }

    @Test
    void standalone() throws IOException, InterruptedException {
        String common = "PROJECT/submit/spark-class org.apache.spark.deploy.SparkSubmit --master spark://host:7077"
                + " --deploy-mode %s --properties-file PROJECT/conf/spark-defaults.conf --load-spark-defaults"
                + " --conf 'spark.driver.extraJavaOptions='\\''-Dlog4j2.configurationFile=PROJECT/conf/log4j2.properties%s'\\'''"
                + " --executor-memory 4g --class cohort.cli.Cohort PROJECT/target/cohort.jar"
                + " train PROJECT/conf/perceptual-decision.conf --set 'name=a b'";
        assertThat(dryRun(
                        Map.of(),
                        "standalone",
                        "--master",
                        "spark://host:7077",
                        "--executor-memory=4g",
                        "--dry-run",
                        "train",
                        CONF,
                        "--set",
                        "name=a b"))
                .isEqualTo(unquoted(String.format(Locale.ROOT, common, "client", "")));
        assertThat(dryRun(
                        Map.of(),
                        "standalone",
                        "--master",
                        "spark://host:7077",
                        "--deploy-mode",
                        "cluster",
                        "--executor-memory",
                        "4g",
                        "--dry-run",
                        "train",
                        CONF.replace("conf/", "conf/../conf/"),
                        "--set",
                        "name=a b"))
                .isEqualTo(unquoted(String.format(
                        Locale.ROOT,
                        common,
                        "cluster",
                        " -Dcohort.working-folder=\"" + temporary.resolve("a folder") + "\"")));
    }

    @Test
    void yarnAndKubernetes() throws IOException, InterruptedException {
        Map<String, String> spark = Map.of("SPARK_HOME", "/opt/spark");
        String properties = " --properties-file PROJECT/conf/spark-defaults.conf --load-spark-defaults";
        String local =
                " --conf 'spark.driver.extraJavaOptions='\\''-Dlog4j2.configurationFile=PROJECT/conf/log4j2.properties'\\'''";
        String shipped =
                " --conf 'spark.driver.extraJavaOptions='\\''-Dlog4j2.configurationFile=log4j2.properties'\\'''"
                        + " --files PROJECT/conf/perceptual-decision.conf,PROJECT/conf/log4j2.properties";
        String image = " --conf spark.kubernetes.container.image=spark:4.2";
        String end = " --class cohort.cli.Cohort PROJECT/target/cohort.jar train ";

        assertThat(dryRun(spark, "yarn", "--num-executors", "9", "--dry-run", "train", CONF))
                .isEqualTo(unquoted("/opt/spark/bin/spark-submit --master yarn --deploy-mode client" + properties
                        + local + " --num-executors 9" + end + "PROJECT/conf/perceptual-decision.conf"));
        assertThat(dryRun(spark, "yarn", "--deploy-mode", "cluster", "--dry-run", "train", CONF, "--resume"))
                .isEqualTo(unquoted("/opt/spark/bin/spark-submit --master yarn --deploy-mode cluster" + properties
                        + shipped + end + "perceptual-decision.conf --resume"));
        assertThat(dryRun(
                        spark,
                        "kubernetes",
                        "--master",
                        "k8s://https://host:443",
                        "--deploy-mode",
                        "cluster",
                        "--conf",
                        "spark.kubernetes.container.image=spark:4.2",
                        "--dry-run",
                        "train",
                        CONF))
                .isEqualTo(unquoted("/opt/spark/bin/spark-submit --master k8s://https://host:443 --deploy-mode cluster"
                        + properties + shipped + image + end + "perceptual-decision.conf"));
    }

    @Test
    void whatAConfigurationIncludesTravelsToo() throws IOException, InterruptedException {
        Path folder = Files.createDirectories(temporary.resolve("conf, too"));
        Files.writeString(folder.resolve("base.conf"), "network.hidden = 9");
        String model = Files.writeString(folder.resolve("a.safetensors"), "").toString();
        String conf = Files.writeString(folder.resolve("top.conf"), "include \"base\"\nname = top")
                .toString();
        String[] command = {"--deploy-mode", "cluster", "--dry-run", "evaluate", conf, "--model=" + model};

        assertThat(dryRun(Map.of("SPARK_HOME", "/opt/spark"), "yarn", command))
                .contains("/conf%2C%20too/base.conf,", "/conf%2C%20too/top.conf,", "a.safetensors,")
                .endsWith(" evaluate top.conf --model=a.safetensors");
    }

    @Test
    void mistakesAreToldInOneLine() throws IOException, InterruptedException {
        assertThat(refusal("standalone", "train", CONF)).contains("--master spark://", "submit/cluster start");
        assertThat(refusal("standalone", "--master")).contains("--master needs a value");
        assertThat(refusal("yarn", "train", CONF)).contains("SPARK_HOME");
        assertThat(refusal("kubernetes", "train", CONF)).contains("--master k8s://");
        assertThat(refusal("yarn")).contains("what is to be run?");
        assertThat(refusal("cluster", "start", "--workers", "none")).contains("--workers none");
        assertThat(refusal("cluster", "begin")).contains("start", "status", "stop");
    }

    @Test
    void whatIsWrongAroundIsSaidInOneLine() throws IOException, InterruptedException {
        Path bad = Files.createDirectories(temporary.resolve("java/bin"));
        Files.writeString(bad.resolve("java"), "#!/bin/sh\necho '/lib/ld: bad ELF interpreter' >&2\nexit 126\n");
        bad.resolve("java").toFile().setExecutable(true);
        Path old = Files.createDirectories(temporary.resolve("old/bin"));
        Files.copy(bad.resolve("java"), old.resolve("java"));
        old.resolve("java").toFile().setExecutable(true);
        Files.writeString(temporary.resolve("old/release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"11.0.22\"\n");
        Path spark = Files.createDirectories(temporary.resolve("spark/jars"));
        Files.createFile(spark.resolve("spark-core_2.12-3.4.3.jar"));
        Files.createDirectories(temporary.resolve("spark/bin"));
        Files.copy(old.resolve("java"), temporary.resolve("spark/bin/spark-submit"));
        temporary.resolve("spark/bin/spark-submit").toFile().setExecutable(true);
        String gone = temporary.resolve("gone").toString();

        for (String script : List.of("local", "standalone", "yarn", "kubernetes", "cluster", "java")) {
            assertThat(refusalIn(script, Map.of("JAVA_HOME", gone))).contains("no Java in JAVA_HOME=" + gone);
            assertThat(refusalIn(script, Map.of("JAVA_HOME", bad.getParent().toString())))
                    .contains("ELF");
            assertThat(refusalIn(script, Map.of("JAVA_HOME", old.getParent().toString())))
                    .contains("11.0.22", "17");
            assertThat(refusalIn(script, Map.of("SPARK_HOME", gone)))
                    .contains("SPARK_HOME=" + gone + " is not a Spark");
            assertThat(refusalIn(script, Map.of("SPARK_HOME", spark.getParent().toString())))
                    .contains("Spark 3.4.3", "Scala 2.12");
            assertThat(refusalIn(script, Map.of("TMPDIR", gone))).contains(gone, "TMPDIR");
            assertThat(refusalIn(script, Map.of("JAVA_TOOL_OPTIONS", "-Da=b -Djava.io.tmpdir=" + gone)))
                    .contains(gone, "java.io.tmpdir");
            assertThat(refusalIn(script, Map.of("COHORT_LOG", "loud"))).contains("COHORT_LOG=loud");
        }
        for (String cores : List.of("0", "-2", "two", "1.5", "99999999999")) {
            assertThat(refusalIn("local", Map.of("COHORT_CORES", cores))).contains("COHORT_CORES=" + cores);
        }
        for (String memory : List.of("0", "2", "much", "-1g", "64m", "900t", "2 g")) {
            assertThat(refusalIn("local", Map.of("COHORT_DRIVER_MEMORY", memory)))
                    .contains("COHORT_DRIVER_MEMORY=" + memory);
        }
    }

    private String refusalIn(String script, Map<String, String> environment) throws IOException, InterruptedException {
        Path program = temporary.resolve("Program.java");
        Files.writeString(program, "class Program {}");
        String[] arguments = switch (script) {
            case "cluster" -> new String[] {"start"};
            case "java" -> new String[] {program.toString()};
            case "kubernetes" ->
                new String[] {
                    "--master",
                    "k8s://https://127.0.0.1:1",
                    "--conf",
                    "spark.kubernetes.container.image=spark",
                    "doctor"
                };
            case "standalone" -> new String[] {"--master", "spark://127.0.0.1:1", "doctor"};
            default -> new String[] {"doctor"};
        };
        Map<String, String> all = new TreeMap<>(environment);
        boolean needsSpark = script.equals("yarn") || script.equals("kubernetes");
        if (needsSpark && !environment.containsKey("SPARK_HOME")) {
            all.put("SPARK_HOME", spark42().toString());
        }
        Commands.Finished finished = new Commands(temporary, all).run(script, arguments);
        assertThat(finished.exitCode())
                .as(script + environment + finished.err())
                .isEqualTo(2);
        assertThat(finished.err().lines()).as(script + environment).hasSize(1);
        assertThat(finished.err()).startsWith("error: ").hasSizeLessThan(400);
        return finished.err();
    }

    /** Looks like a Spark from outside. */
    private Path spark42() throws IOException {
        Path spark = temporary.resolve("spark42");
        if (!Files.exists(spark)) {
            Files.createDirectories(spark.resolve("jars"));
            Files.createDirectories(spark.resolve("bin"));
            Files.createFile(spark.resolve("jars/spark-core_2.13-4.2.0.jar"));
            Path submit = Files.createFile(spark.resolve("bin/spark-submit"));
            assertThat(submit.toFile().setExecutable(true)).isTrue();
        }
        return spark;
    }

    @Test
    void theSecretOfTheClusterIsInItsFileAlone() throws IOException, InterruptedException {
        Path folder = temporary.resolve("a cluster");
        Commands commands = new Commands(temporary, Map.of("COHORT_CLUSTER_DIR", folder.toString()));
        try {
            assertThat(commands.run("cluster", "start", "--workers", "1").exitCode())
                    .isZero();
            assertThat(commands.run("cluster", "status").out()).contains("1 worker alive");
            assertThat(commands.run("cluster", "start").err()).contains("runs already");

            Path file = folder.resolve("secret");
            String secret = Files.readString(file);
            assertThat(secret).hasSize(64);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(ProcessHandle.allProcesses()
                            .flatMap(process -> process.info().arguments().stream())
                            .flatMap(Arrays::stream))
                    .noneMatch(argument -> argument.contains(secret));
            try (Stream<Path> logs =
                    Files.walk(folder).filter(path -> path.toString().endsWith(".log"))) {
                assertThat(logs.toList())
                        .hasSize(2)
                        .allSatisfy(log -> assertThat(Files.readString(log)).doesNotContain(secret));
            }
        } finally {
            assertThat(commands.run("cluster", "stop").exitCode()).isZero();
        }
        assertThat(commands.run("cluster", "status").exitCode()).isEqualTo(1);
        assertThat(ProcessHandle.allProcesses()
                        .flatMap(process -> process.info().arguments().stream())
                        .flatMap(Arrays::stream))
                .noneMatch(argument -> argument.contains(folder.toString()));
    }
}
