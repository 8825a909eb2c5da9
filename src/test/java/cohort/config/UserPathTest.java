package cohort.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserPathTest {
    @ParameterizedTest
    @CsvSource({"~,''", "~/,/", "~/runs/a b,/runs/a b", "$HOME/x,/x", "${HOME},''", "${HOME}/a~b,/a~b"})
    void theHomeIsWhatAShellMakesOfIt(String text, String below) {
        assertThat(UserPath.of("warehouse", text)).isEqualTo(System.getProperty("user.home") + below);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "w",
                "/a//b",
                "./x#2",
                "exp,1=2",
                "hdfs://host:9000/w",
                "file:///tmp/w",
                "s3a://b/w",
                "a~",
                "it's",
                "100$"
            })
    void otherPathsStayAsTheyAre(String text) {
        assertThat(UserPath.of("warehouse", text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                " w",
                "w ",
                "a\nb",
                "\u001b[31m",
                "~root/w",
                "~x",
                "$TMP/w",
                "a/${USER}/b",
                "a/$HOME",
                "a:b",
                "::"
            })
    void whatOnlyAShellUnderstandsIsRefused(String text) {
        assertThatThrownBy(() -> UserPath.of("--warehouse", text))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("--warehouse")
                .hasMessageMatching("[\\P{Cntrl}]*");
    }
}
