package cohort.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ShellTest {
    private static final String[] ODD = {
        "--warehouse",
        "/a b/it's",
        "$HOME",
        "`date`",
        "\\n",
        "a\"b",
        "~",
        "*",
        "",
        "#1",
        "a;b",
        "größe",
        "x=1,y",
        "!!",
        "'",
        "-n"
    };

    @Test
    void theShellReadsTheSameWords() throws IOException, InterruptedException {
        Process bash = new ProcessBuilder("bash", "-c", "printf '%s\\n' " + Shell.line(ODD))
                .redirectErrorStream(true)
                .start();
        String words = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(bash.waitFor()).isZero();
        assertThat(words).isEqualTo(String.join("\n", ODD) + "\n");
    }

    @Test
    void plainWordsStayAsTheyAre() {
        assertThat(Shell.line("sql", "--warehouse", "hdfs://host:8020/größe", "--set=x=1.5e-3"))
                .isEqualTo("sql --warehouse hdfs://host:8020/größe --set=x=1.5e-3");
    }

    @Test
    void oneIsSingular() {
        assertThat(Counted.of(1, "logical worker")).isEqualTo("1 logical worker");
        assertThat(Counted.of(0, "run")).isEqualTo("0 runs");
        assertThat(Counted.of(12_000, "trial")).isEqualTo("12,000 trials");
    }
}
