package cohort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same training where a user may be: with another language, encoding, umask or user, from another folder, by another Java. It
 * is stopped after its first checkpoint and goes on, and ends in the bytes and rows of one that nothing disturbed.
 */
@Tag("cluster")
@Tag("long")
class SurroundingsIT {
    /** A place, as words of bash in front of a command; PROJECT is a folder with a built checkout, FOLDER one to work in. */
    record Place(String name, String around, boolean ownCheckout) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Place language(String language, String country) {
        return new Place(
                "language " + language,
                "export JAVA_TOOL_OPTIONS='-Duser.language=" + language + " -Duser.country=" + country + "';",
                false);
    }

    static List<Place> all() {
        List<Place> all = new ArrayList<>(List.of(
                language("en", "US"),
                language("de", "DE"),
                language("tr", "TR"),
                language("fa", "IR"),
                language("ar", "EG"),
                new Place(
                        "language hi",
                        "export JAVA_TOOL_OPTIONS='-Duser.language=hi -Duser.extensions=u-nu-deva';",
                        false),
                new Place("LC_ALL=C", "export LC_ALL=C;", false),
                new Place("LC_ALL=POSIX, Arabic", "export LC_ALL=POSIX _JAVA_OPTIONS=-Duser.language=ar;", false),
                new Place("umask 077", "umask 077;", false),
                new Place("umask 002", "umask 002;", false),
                new Place(
                        "a linked script",
                        "ln -s \"$PROJECT/submit/local\" \"$FOLDER/c\"; LOCAL=\"$FOLDER/c\";",
                        false),
                new Place(
                        "a linked folder",
                        "ln -s \"$PROJECT/submit\" \"$FOLDER/c\"; LOCAL=\"$FOLDER/c/local\";",
                        false),
                new Place(
                        "a linked folder of the same name",
                        "ln -s \"$PROJECT/submit\" \"$FOLDER/submit\"; LOCAL=\"$FOLDER/submit/local\";",
                        false),
                new Place("CDPATH", "export CDPATH=.:..:/tmp:$PROJECT; cd \"$PROJECT\"; LOCAL=submit/local;", false),
                new Place("no HOME", "unset HOME;", false),
                new Place("a HOME that is not there", "export HOME=/gone;", false),
                new Place("TMPDIR", "mkdir \"$FOLDER/t m'p\"; export TMPDIR=\"$FOLDER/t m'p\";", false),
                new Place("a path with much in it", "", true)));
        Path java25 = Path.of("/usr/lib/jvm/temurin-25-jdk-amd64");
        if (Files.isDirectory(java25)) {
            all.add(new Place("Java 25", "export JAVA_HOME=" + java25 + ";", false));
            all.add(new Place("Java 25, LC_ALL=C", "export LC_ALL=C JAVA_HOME=" + java25 + ";", false));
            String once = "[ -e \"$PROJECT/new\" ] || touch \"$PROJECT/new\" \"$PROJECT/pom.xml\";";
            all.add(new Place("Java 25, which builds it", once + "export JAVA_HOME=" + java25 + ";", true));
        }
        if (isRoot()) {
            String nobody = "chown -R 54321 \"$FOLDER\"; AS='setpriv --reuid 54321 --clear-groups';";
            all.add(new Place("a user without a name", nobody, false));
            all.add(new Place(
                    "a checkout that only its owner can write", "chmod -R a+rX,go-w \"$PROJECT\"; " + nobody, true));
        }
        return all;
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    @TempDir
    private static Path shared;

    private static Map<String, String> undisturbed;

    @TempDir
    private Path temporary;

    @BeforeAll
    static void trainUndisturbed() throws IOException, InterruptedException {
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-xr-x"));
        Place here = new Place("here", "", false);
        Path folder = Files.createDirectory(shared.resolve("undisturbed"));
        Run run = start(here, Commands.PROJECT, folder, false);
        assertThat(run.finish()).as(run.said()).isZero();
        undisturbed = results(folder);
    }

    @ParameterizedTest
    @MethodSource("all")
    void aTrainingGoesOn(Place place) throws IOException, InterruptedException {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path folder = Files.createDirectory(temporary.resolve("größe it's"));
        Path project = place.ownCheckout() ? checkout(temporary.resolve("Müller's 100% #1, ok")) : Commands.PROJECT;

        Run first = start(place, project, folder, false);
        first.stopAfterTheFirstCheckpoint();
        Run second = start(place, project, folder, true);

        assertThat(second.finish()).as(second.said()).isZero();
        assertThat(second.said())
                .contains("Resuming after round", "runs, tasks, training_curve")
                .doesNotContain("Exception");
        assertThat(results(folder)).isEqualTo(undisturbed);
        if (place.around().contains("umask 077")) {
            assertThat(permissions(folder)).allMatch(permission -> permission.endsWith("------"));
        }
        if (place.around().contains("umask 002")) {
            assertThat(permissions(folder))
                    .allMatch(permission -> permission.startsWith("rw", 3) && permission.startsWith("r", 6));
        }
    }

    /** A checkout that was built, elsewhere. */
    private static Path checkout(Path to) throws IOException, InterruptedException {
        Files.createDirectories(to.resolve("target"));
        List<String> copy = List.of(
                "bash",
                "-c",
                "cp -a submit conf src pom.xml \"$0\" && cp -al target/spark target/notebooks target/cohort.jar \"$0/target\"",
                to.toString());
        assertThat(new ProcessBuilder(copy).inheritIO().start().waitFor()).isZero();
        return to;
    }

    /** A training in a place. */
    private record Run(Process process, Path folder, Path out) {
        int finish() throws InterruptedException {
            assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
            return process.exitValue();
        }

        String said() throws IOException {
            return Files.readString(out);
        }

        /** Asks it to stop, as who takes the machine away does; it keeps a checkpoint of the round that was running. */
        void stopAfterTheFirstCheckpoint() throws IOException, InterruptedException {
            while (!hasCheckpoint() && process.isAlive()) {
                Thread.sleep(20);
            }
            Stream.concat(Stream.of(process.toHandle()), process.descendants())
                    .filter(child -> child.info().command().orElse("").endsWith("java"))
                    .forEach(ProcessHandle::destroy);
            assertThat(finish()).as(said()).isIn(130, 143);
        }

        private boolean hasCheckpoint() throws IOException {
            try (Stream<Path> files = Files.find(
                    folder,
                    7,
                    (file, attributes) -> file.getFileName().toString().equals("manifest.json"))) {
                return files.findAny().isPresent();
            } catch (UncheckedIOException e) {
                return false; // something was deleted while it was looked at
            }
        }
    }

    private static Run start(Place place, Path project, Path folder, boolean resume) throws IOException {
        Path out = Files.createTempFile(folder.getParent(), "out", ".txt");
        String command = "PROJECT=\"$1\" FOLDER=\"$2\" LOCAL=\"$1/submit/local\" AS=; shift 2;"
                + (resume ? place.around().replaceAll("ln -s [^;]*;|mkdir [^;]*;", "") : place.around())
                + " exec $AS \"$LOCAL\" \"$@\"";
        List<String> words =
                new ArrayList<>(List.of("bash", "-c", command, "bash", project.toString(), folder.toString()));
        words.addAll(List.of(
                "train", project.resolve("conf/perceptual-decision.conf").toString()));
        for (String setting : List.of(
                "network.hidden=20",
                "training.steps=10000",
                "averaging.workers=2",
                "averaging.local-steps=50",
                "checkpoint.rounds=1",
                "evaluation.trials=250",
                "evaluation.loss-sequences=600",
                "warehouse=" + folder.resolve("warehouse"))) {
            words.addAll(List.of("--set", setting));
        }
        if (resume) {
            words.add("--resume");
        }
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
        builder.environment().remove("SPARK_HOME");
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("COHORT_CORES", "2");
        return new Run(
                builder.redirectErrorStream(true).redirectOutput(out.toFile()).start(), folder, out);
    }

    /** What a run leaves: the model's bytes, and which tables there are. */
    private static Map<String, String> results(Path folder) throws IOException {
        Map<String, String> results = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder.resolve("warehouse"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString();
                if (name.endsWith("model.safetensors")) {
                    results.put(name, Integer.toString(Arrays.hashCode(Files.readAllBytes(file))));
                } else if (name.contains("_delta_log") && name.endsWith("0.json")) {
                    results.put(name, "");
                }
            }
        }
        return results;
    }

    private static List<String> permissions(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("warehouse"))) {
            List<String> permissions = new ArrayList<>();
            for (Path file : files.filter(path -> !path.getFileName().toString().equals(".lock"))
                    .toList()) {
                permissions.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            }
            return permissions;
        }
    }
}
