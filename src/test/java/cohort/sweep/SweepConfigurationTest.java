package cohort.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cohort.config.Settings;
import cohort.config.UserError;
import cohort.run.RunConfiguration;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepConfigurationTest {
    @TempDir
    private Path folder;

    private SweepConfiguration parse(String text) throws IOException {
        File file = Files.writeString(folder.resolve("x.conf"), text).toFile();
        return SweepConfiguration.of(Settings.load(file, List.of()));
    }

    @Test
    void everySettingIsTrainedWithEverySeed() throws IOException {
        SweepConfiguration sweep = parse("sweep { space.network { hidden = [8, 16], tau = [100] }, seeds = 3..5 }");

        assertThat(sweep.members())
                .extracting(Sweep.Member::setting)
                .containsOnly("hidden=8, tau=100", "hidden=16, tau=100");
        assertThat(sweep.members()).extracting(member -> member.run().seed()).containsExactly(3L, 4L, 5L, 3L, 4L, 5L);
        assertThat(sweep.members().get(3).run().plan().network().hidden()).isEqualTo(16);
        assertThat(sweep.members().get(3).settings()).isEqualTo(Map.of("network.hidden", "16", "network.tau", "100"));
    }

    @Test
    void aRunHasTheIdItHasAlone() throws IOException {
        SweepConfiguration sweep = parse("name = x, sweep { space.network.hidden = [8, 16], seeds = [7] }");
        File alone = Files.writeString(folder.resolve("y.conf"), "name = x, seed = 7, network.hidden = 16")
                .toFile();

        assertThat(sweep.members().get(1).run())
                .isEqualTo(RunConfiguration.of(Settings.load(alone, List.of())).spec());
    }

    @Test
    void seedsAreExact() throws IOException {
        assertThat(parse("sweep.seeds = [9007199254740993, -5, 2e3]").members())
                .extracting(member -> member.run().seed())
                .containsExactly(9007199254740993L, -5L, 2000L);
    }

    @Test
    void whatIsSaidOfMembersIsSaidOfTheSweep() throws IOException {
        SweepConfiguration sweep = parse("sweep.space { task.dt = [20, 30], network.hidden = [4, \"4\", 4.0] }");

        assertThat(sweep.members()).hasSize(2);
        assertThat(sweep.notes())
                .hasSize(2)
                .anyMatch(note -> note.contains("task.dt = 30"))
                .contains("6 settings are 2 different ones: those that are the same are trained once");
    }

    @Test
    void settingsThatAreTheSameAreTrainedOnce() throws IOException {
        SweepConfiguration sweep =
                parse("sweep { search = random, samples = 50, space.network.hidden { integer = [8, 10] } }");

        assertThat(sweep.members()).hasSize(3);
    }

    @Test
    void valuesMayBeTextsListsAndDurations() throws IOException {
        SweepConfiguration sweep = parse("sweep.space { network.activation = [relu, tanh],"
                + " task.coherences = [[0, 10], [0, 20]], task.timing.stimulus = [500, { uniform = [200, 800] }] }");

        assertThat(sweep.members()).hasSize(8);
        assertThat(sweep.members().get(7).setting())
                .isEqualTo("activation=tanh, coherences=[0,20]," + " stimulus={\"uniform\":[200,800]}");
    }

    @ParameterizedTest
    @CsvSource({"sweep-example, 96", "sweep-seeds, 32", "sweep-halving, 64"})
    void whatIsInConfIsASweep(String name, int runs) {
        SweepConfiguration sweep = SweepConfiguration.of(Settings.load(new File("conf/" + name + ".conf"), List.of()));

        assertThat(sweep.base().name()).isEqualTo(name);
        assertThat(sweep.members()).hasSize(runs);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sweep.space.network.hiden = [1]                        | there is no key network.hiden; did you mean network.hidden?",
                "sweep.space.network = [1]                              | network is a section, not a key",
                "sweep.space.network.hidden = [8, -1]                   | network.hidden = -1: must be a whole number",
                "sweep.space.seed = [1, 2]                              | seeds belong into sweep.seeds",
                "sweep.space.cluster.averaging = [driver, slices]       | this key changes no result",
                "sweep.seeds = [1, 2, 1]                                | seed 1 is there twice",
                "sweep.seeds = 5..1                                     | must be first..last",
                "sweep.seeds = [1.5]                                    | must be whole numbers",
                "sweep.seeds = [1e19]                                   | must be whole numbers",
                "sweep.space.training.optimizer.learning-rate = [0.1, 1e-48] | as good as 0",
                "sweep.space.network.hidden = [16, 15000]               | does not fit an array",
                "sweep.space = null                                     | sweep.space is a section",
                "sweep.seeds = null                                     | a value is missing",
                "sweep.seeds = many                                     | must be whole numbers",
                "sweep { seeds = [1, 2], halving.keep = 1 }             | above 0 and below 1",
                "sweep.seed = [1, 2]                                    | there is no key sweep.seed; did you mean seed?",
                "data.table = trials, sweep.seeds = 1..2                | a sweep generates its trials",
            })
    void mistakesAreNamedWithTheirPlace(String text, String message) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("x.conf: 1")
                .hasMessageContaining(message);
    }

    @Test
    void aSingleRunIsNoSweep() {
        assertThatThrownBy(() -> parse("name = x"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("there is nothing to sweep");
    }

    @Test
    void keysWithTheSameLastPartAreToldApart() throws IOException {
        SweepConfiguration sweep = parse(
                "sweep.space { training.optimizer.learning-rate = [0.1], averaging.outer.learning-rate = [1, 0.5] }");

        assertThat(sweep.members().get(1).setting())
                .isEqualTo("averaging.outer.learning-rate=0.5, training.optimizer.learning-rate=0.1");
    }

    @Test
    void aBillionRunsAreRefusedWithTheirNumber() {
        assertThatThrownBy(() -> parse("sweep.space { network.hidden { integer = [1, 1000], points = 1000 },"
                        + " network.tau { linear = [50, 100], points = 1000 },"
                        + " task.sigma { linear = [1, 2], points = 1000 } }"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("that is 1,000,000,000 runs");
    }
}
