package cohort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.config.Settings;
import cohort.config.UserError;
import cohort.run.RunConfiguration;
import cohort.sweep.SweepConfiguration;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Odd configurations, made by rule: any key with any odd value, in a file, in an include or by --set, and files that are none. Each is a
 * run, or a mistake that is named in a line.
 */
class OddConfigurationsTest {
    private static final List<String> KEYS = keys();

    /** Values as they stand in HOCON; no key of ours takes all of them. */
    private static final List<String> VALUES = List.of(
            "null",
            "\"\"",
            "[]",
            "{}",
            "true",
            "\"true\"",
            "0",
            "-0.0",
            "-1",
            "1",
            "1.5",
            "1e1",
            "1e-46",
            "1e-40",
            "1e39",
            "1e308",
            "1e400",
            "-1e400",
            "NaN",
            "Infinity",
            "\"-Infinity\"",
            "0x10",
            "7d",
            "1_000",
            "9223372036854775807",
            "9223372036854775808",
            "18446744073709551616",
            "0.99999999999",
            "1e999999999",
            "1e-999999999",
            "\" 24 \"",
            "\"24\"",
            "[null]",
            "[[1]]",
            "[1, two]",
            "[1, 1.0]",
            "[0, -0.0]",
            "{ a = null }",
            "{ uniform = [1] }",
            "{ uniform = [9, 1] }",
            "{ uniform = [null, 3] }",
            "{ uniform = [100, 1e400] }",
            "{ truncated-exponential = { mean = 0, min = 1, max = 2 } }",
            "{ linear = [-1e300, 1e300], points = 3 }",
            "{ log = [1e-320, 1], points = 500 }",
            "{ integer = [0, 9007199254740993], points = 2 }",
            "{ integer = [1, 3], points = 3 }",
            "{ log = [1, 1.0000000000000002], points = 9 }",
            "[8, \"8\", 8.0, 0.8e1]",
            "[[0, 5], [0, 6]]",
            "-9223372036854775808..9223372036854775807",
            "5..999999999",
            "{ linear = [1, 2], points = 1e9 }",
            "{ \"0\" = 1, \"1\" = 2 }",
            "a b",
            "a//b",
            "a#b",
            "file:///a",
            "~/x",
            "~x/y",
            "\"$HOME\"",
            "\"${HOME}/x\"",
            "..",
            "\"a\\u0000b\"",
            "\"a\\u001b[31mb\"",
            "\"\\n\"",
            "\"\u202e\"",
            "ä",
            "\"" + "x".repeat(5000) + "\"",
            "1".repeat(3000),
            "[" + "1,".repeat(2000) + "1]",
            "${seed}",
            "${?NO_SUCH_VARIABLE}",
            "${NO_SUCH_VARIABLE}",
            "${task}",
            "\"\"\"a\nb\"\"\"",
            "1..3",
            "3..1",
            "[",
            "}",
            "\"",
            "+= 3",
            "include \"x\"",
            "`",
            "*");

    private static final List<byte[]> FILES = List.of(
            bytes("[".repeat(20_000)),
            bytes("seed = " + "[".repeat(3_000) + "]".repeat(3_000)),
            bytes("{".repeat(20_000)),
            bytes("seed" + ".seed".repeat(20_000) + " = 1"),
            bytes("sweep.space" + ".a".repeat(9_000) + " = [1]"),
            bytes("seed = ${seed}"),
            bytes("seed = ${name}\nname = ${seed}"),
            bytes("task.coherences = ${task.coherences}${task.coherences}\n".repeat(60)),
            bytes("sweep.seeds += 1\n".repeat(20_000)),
            bytes("a".repeat(2_000_000)),
            bytes("include \"x.conf\""),
            bytes("include required(\"nothing\")"),
            bytes("include url(\"http://127.0.0.1:1/x.conf\")"),
            bytes("include classpath(\"cohort/reference.conf\")"),
            bytes("include required(classpath(\"cohort/reference.conf\"))"),
            bytes("include \"http://127.0.0.1:1/x\""),
            bytes("include file(\"/dev/null\")"),
            bytes("include \"\""),
            bytes("include \"\\u0000\""),
            bytes("\ufeffseed = 3"),
            bytes("seed = 3\r\nnetwork.hidden = 8\r\n"),
            bytes(""),
            bytes("# only a comment"),
            bytes("[1, 2]"),
            bytes("seed"),
            bytes("= 3"),
            bytes("\"\" = 3"),
            bytes("a..b = 3"),
            bytes("\"network.hidden\" = 3"),
            bytes("\u0007\u001b]0;x\u0007 = {"),
            "seed = 3".getBytes(StandardCharsets.UTF_16),
            "seed = 3".getBytes(StandardCharsets.UTF_16LE),
            "name = ä".getBytes(StandardCharsets.ISO_8859_1),
            new byte[] {0, 1, 2, 3},
            new byte[] {(byte) 0xff},
            new byte[500_000]);

    @TempDir
    private Path folder;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> keys() {
        Config defaults = ConfigFactory.parseResources("cohort/reference.conf");
        TreeSet<String> keys = new TreeSet<>(List.of(
                "network",
                "sweep.space",
                "network.dale",
                "sweep.space.network.hidden",
                "sweep.space.training.optimizer.learning-rate",
                "sweep.space.task.coherences",
                "sweep.space.task.timing.delay"));
        defaults.entrySet().forEach(entry -> keys.add(entry.getKey()));
        return List.copyOf(keys);
    }

    @Test
    void sixtyOddConfigurationsAreRunsOrMistakes() throws IOException {
        assertRunsOrMistakes(60 - FILES.size(), 1);
    }

    @Test
    @Tag("long")
    void thousandsOfOddConfigurationsAreRunsOrMistakes() throws IOException {
        assertRunsOrMistakes(5000, 2);
    }

    private void assertRunsOrMistakes(int generated, long seed) throws IOException {
        SoftAssertions all = new SoftAssertions();
        List<String> runs = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(seed);
        for (byte[] file : FILES) {
            check(all, runs, UserError.quoted(new String(file, StandardCharsets.UTF_8)), file, List.of());
        }
        for (int i = 0; i < generated; i++) {
            String key = KEYS.get(random.nextInt(KEYS.size()));
            String value = VALUES.get(random.nextInt(VALUES.size()));
            boolean bySet = random.nextBoolean();
            String text = key + (bySet ? "=" : " = ") + value;
            byte[] file = bytes(bySet ? "" : random.nextBoolean() ? text : "include \"y\"");
            List<String> overrides = bySet ? List.of(text) : List.of();
            Files.writeString(folder.resolve("y.conf"), text);
            check(all, runs, text, file, overrides);
        }
        all.assertAll();
        assertThat(runs).as("some are allowed").hasSizeGreaterThan(3);
    }

    private void check(SoftAssertions all, List<String> runs, String what, byte[] file, List<String> overrides) {
        Path path = folder.resolve("x.conf");
        all.assertThatCode(() -> {
                    Files.write(path, file);
                    Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
                        try {
                            Settings settings = Settings.load(path.toFile(), overrides);
                            runs.add(RunConfiguration.of(settings).runId());
                            SweepConfiguration.of(settings);
                        } catch (UserError e) {
                            assertThat(e.getMessage().lines().toList()).hasSizeBetween(1, 2);
                            assertThat(e.getMessage().lines()).allMatch(line -> line.length() < 300);
                            assertThat(e.getMessage()).matches("(?s)[\\P{C}\\n]+");
                        }
                    });
                })
                .as(what)
                .doesNotThrowAnyException();
    }
}
