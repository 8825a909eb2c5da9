package cohort.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The machine's Python. A test that needs it is left out where it is missing. */
public final class Python {
    /** What a process printed, errors included, and how it ended. */
    public record Finished(int exitCode, String printed) {}

    private Python() {}

    /** Ends the test, which then counts as left out, where Python or a module is missing. */
    public static void assume(String... modules) throws IOException, InterruptedException {
        String imports = Stream.of(modules).map(name -> "import " + name + "\n").collect(Collectors.joining());
        boolean isThere;
        try {
            isThere = run(Path.of("."), "-c", imports).exitCode() == 0;
        } catch (IOException e) {
            isThere = false;
        }
        Assumptions.assumeTrue(isThere, "needs python3 with " + String.join(", ", modules));
    }

    public static Finished run(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("python3"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Finished(process.waitFor(), printed);
    }
}
