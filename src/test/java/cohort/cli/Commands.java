package cohort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The scripts of submit/ as a user runs them: in processes of their own, from another folder with a space in its name. */
final class Commands {
    static final Path PROJECT = Path.of("").toAbsolutePath();

    private final Path folder;
    private final Path output;
    private final Map<String, String> environment;
    private int count;

    /** What a process printed, and how it ended. */
    record Finished(int exitCode, String out, String err) {}

    /** A process that runs. */
    record Running(Process process, Path out, Path err) {
        /** Waits until it has printed a text. */
        void waitFor(String text) throws IOException, InterruptedException {
            while (!Files.readString(out).contains(text)) {
                assertThat(process.isAlive()).as(Files.readString(err)).isTrue();
                Thread.sleep(50);
            }
        }

        /** SIGKILL. */
        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        Finished finish() throws IOException, InterruptedException {
            assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
            return new Finished(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        }
    }

    Commands(Path temporary, Map<String, String> environment) throws IOException {
        this.folder = Files.createDirectories(temporary.resolve("a folder"));
        this.output = Files.createDirectories(temporary.resolve("output"));
        this.environment = environment;
    }

    /** Where the processes run. */
    Path folder() {
        return folder;
    }

    Running start(String script, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(PROJECT.resolve("submit").resolve(script).toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().remove("SPARK_HOME");
        builder.environment().putAll(environment);
        Path out = output.resolve(count + ".out");
        Path err = output.resolve(count++ + ".err");
        return new Running(
                builder.redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .redirectInput(ProcessBuilder.Redirect.from(
                                Path.of("/dev/null").toFile()))
                        .start(),
                out,
                err);
    }

    Finished run(String script, String... arguments) throws IOException, InterruptedException {
        return start(script, arguments).finish();
    }
}
