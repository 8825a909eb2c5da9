package cohort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows, as a reader does it. */
@Tag("cluster")
class ReadmeIT {
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path temporary;

    @Test
    void itsProgramRunsAsItStandsThereAndSaysNothingElse() throws IOException, InterruptedException {
        Matcher program = JAVA.matcher(Files.readString(Commands.PROJECT.resolve("README.md")));
        assertThat(program.find()).isTrue();
        Commands commands = new Commands(temporary, Map.of());
        Files.writeString(commands.folder().resolve("Example.java"), program.group(1));
        // It names its configuration as a reader does who stands in the project's folder.
        Files.createSymbolicLink(commands.folder().resolve("conf"), Commands.PROJECT.resolve("conf"));

        Commands.Finished finished = commands.run("java", "Example.java");

        assertThat(finished.exitCode()).as(finished.err()).isZero();
        assertThat(finished.err()).isEmpty();
        assertThat(finished.out()).contains("Step 2000, loss 0.02").containsPattern("51\\.2\\| +(1\\.0|0\\.99)");
    }

    @Test
    void aProgramThatIsNotThereIsAMistakeInOneLine() throws IOException, InterruptedException {
        Commands.Finished finished = new Commands(temporary, Map.of()).run("java", "Missing.java");

        assertThat(finished.exitCode()).isEqualTo(2);
        assertThat(finished.err()).isEqualTo("error: Missing.java: there is no such source file of Java\n");
    }
}
