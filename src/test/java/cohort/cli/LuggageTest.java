package cohort.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cohort.config.Settings;
import cohort.config.UserError;
import cohort.config.UserPath;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What travels with a command, and that the configuration says the same where all of it lies in one folder. */
class LuggageTest {
    @TempDir
    private Path here;

    @TempDir
    private Path there;

    private final List<Luggage> sent = new ArrayList<>();
    private String outer;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(here.resolve("parts/deep"));
        outer = write("outer.conf", "include \"inner\"\nname = outer");
        write("inner.conf", "include required(\"innermost.conf\")\nnetwork.hidden = 24");
        write("innermost.conf", "seed = 12");
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(here.resolve(name), text).toString();
    }

    /** Lays the files out as they are at their destination. */
    private Luggage send(String... words) throws IOException {
        Luggage luggage = Luggage.of(true, List.of(words));
        sent.add(luggage);
        for (var file : luggage.files().entrySet()) {
            Files.copy(file.getValue(), there.resolve(file.getKey()));
        }
        return luggage;
    }

    @AfterEach
    void leave() throws IOException {
        for (Luggage luggage : sent) {
            luggage.leave();
        }
    }

    private String said(Path configuration) {
        return Settings.load(configuration.toFile(), List.of()).render();
    }

    @Test
    void includedConfigurationsTravel() throws IOException {
        Luggage luggage = send("train", outer, "--resume");

        assertThat(luggage.words()).containsExactly("train", "outer.conf", "--resume");
        assertThat(luggage.files()).containsOnlyKeys("outer.conf", "inner.conf", "innermost.conf");
        assertThat(said(there.resolve("outer.conf"))).isEqualTo(said(Path.of(outer)));
    }

    @Test
    void foldersAndEqualNamesAreNoProblem() throws IOException {
        write("parts/outer.conf", "include \"deep/part\"\ntraining.steps = 77");
        write("parts/deep/part.conf", "include \"../../inner.conf\"\nnetwork.cell = gru");
        String whole = write("outer.conf", "include \"parts/outer.conf\"\nname = whole");

        Luggage luggage = send("train", whole);

        assertThat(luggage.words()).containsExactly("train", "outer.conf");
        assertThat(said(there.resolve("outer.conf")))
                .isEqualTo(said(Path.of(whole)))
                .contains("77", "gru", "24", "12");
    }

    @Test
    void variablesOfThisMachineAreReplaced() throws IOException {
        String own = write("own.conf", "name = own\nwarehouse = ${PATH}");

        send("sweep", own, "--dry-run");

        assertThat(there.resolve("own.conf")).content().contains(System.getenv("PATH"));
    }

    @Test
    void modelsTravelWhereverTheyAreNamed() throws IOException {
        String first = write("parts/first.safetensors", "first");
        String second = write("parts/deep/first.safetensors", "second");
        String third = write("third.safetensors", "third");
        String started = write(
                "started.conf",
                "network.initial-model = \"" + first + "\"\nsweep.space.network.initial-model = [\"" + first + "\", \""
                        + second + "\"]");

        Luggage luggage = send(
                "sweep", started, "--set=network.initial-model=" + third, "--set", "network.initial-model=" + third);

        assertThat(luggage.words()).endsWith("network.initial-model=" + third);
        assertThat(said(there.resolve("started.conf"))).isEqualTo(said(Path.of(started)));
        assertThat(there.resolve(UserPath.nameThere(first))).hasContent("first");
        assertThat(there.resolve(UserPath.nameThere(second))).hasContent("second");
        assertThat(there.resolve(UserPath.nameThere(third))).hasContent("third");
        assertThat(Luggage.of(true, List.of("evaluate", outer, "--model=" + first))
                        .words())
                .endsWith("--model=first.safetensors");
    }

    @Test
    void aModelThatCameAlongIsReadWhereItIs() throws IOException {
        String text = "gone/../model.safetensors";
        Path here = Files.writeString(Path.of(UserPath.nameThere(text)), "model");
        try {
            Settings settings = Settings.defaults(List.of("network.initial-model=" + text));

            assertThat(Path.of(URI.create(settings.file("network.initial-model"))))
                    .hasContent("model");
            assertThat(settings.render()).contains(text); // the run's id is the same there
        } finally {
            Files.delete(here);
        }
    }

    @Test
    void whatStaysGetsAnAbsoluteName() throws IOException {
        String model = write("first.safetensors", "first");
        String started = write("started.conf", "network.initial-model = \"" + model + "\"");
        String crooked = here.resolve("parts/../started.conf").toString();

        Luggage luggage = Luggage.of(false, List.of("train", crooked, "--set", "name=a b"));

        assertThat(luggage.words()).containsExactly("train", started, "--set", "name=a b");
        assertThat(luggage.files()).isEmpty();
    }

    @Test
    void otherWordsStayAsTheyAre() throws IOException {
        write("q", "not meant");

        assertThat(Luggage.of(true, List.of("sql", "--warehouse", "hdfs://host/w", "SELECT 1"))
                        .words())
                .containsExactly("sql", "--warehouse", "hdfs://host/w", "SELECT 1");
        assertThat(Luggage.of(true, List.of("evaluate", outer, "--model", "hdfs://host/m.safetensors"))
                        .words())
                .endsWith("--model", "hdfs://host/m.safetensors");
        assertThatThrownBy(() -> Luggage.of(
                        true, List.of("train", here.resolve("none.conf").toString())))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("none.conf");
    }
}
