package cohort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistakes that are found before a Spark session is opened; SubmitLocalIT has those that are found later. */
class CohortTest {
    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Cohort.run(new PrintWriter(new StringWriter()), new PrintWriter(err, true), arguments);
    }

    private void assertOneClearMessage(String... words) {
        assertThat(err.toString()).contains(words).doesNotContain("\tat ").doesNotContain("Exception");
    }

    @Test
    void whatMayHaveBeenMeantIsSaid() {
        assertThat(meant("trian", "conf/perceptual-decision.conf")).contains("did you mean train");
        assertThat(meant("train", "conf/perceptual-decision.conf", "--seed", "2"))
                .contains("--set seed=...");
        assertThat(meant("sweep", "conf/perceptual-decision.conf", "--warehouse=w"))
                .contains("--set warehouse=...");
        assertThat(meant("train", "conf/perceptual-decision.conf", "--resme")).contains("did you mean --resume");
    }

    private static String meant(String... arguments) {
        StringWriter err = new StringWriter();
        assertThat(Cohort.run(new PrintWriter(new StringWriter()), new PrintWriter(err, true), arguments))
                .isEqualTo(2);
        return err.toString();
    }

    @Test
    void noCommandShowsTheUsage() {
        assertThat(run()).isEqualTo(2);
        assertOneClearMessage("Usage: submit/local", "train", "evaluate", "generate", "sql", "doctor");
    }

    @Test
    void anUnknownCommandIsRefused() {
        assertThat(run("trian", "x.conf")).isEqualTo(2);
        assertOneClearMessage("trian");
    }

    @Test
    void aMissingConfigurationIsNamed() {
        assertThat(run("train", folder.resolve("none.conf").toString())).isEqualTo(2);
        assertOneClearMessage("none.conf", "conf/");
    }

    @Test
    void badOptionsOfGenerateAreNamed() {
        assertThat(run("generate", "conf/notebook-adam.conf", "--trials", "0")).isEqualTo(2);
        assertOneClearMessage("--trials 0");
        assertThat(run("generate", "conf/notebook-adam.conf", "--trials", "3", "--split", "tset"))
                .isEqualTo(2);
        assertOneClearMessage("--split tset", "train, validation, test");
        assertThat(run("generate", "conf/notebook-adam.conf", "--trials", "3", "--table", "../x"))
                .isEqualTo(2);
        assertOneClearMessage("--table ../x");
        assertThat(run("generate", "conf/notebook-adam.conf", "--trials", "many"))
                .isEqualTo(2);
        assertOneClearMessage("many");
    }

    @Test
    void tablesOfOurOwnAreNotGenerated() {
        for (String table : new String[] {"runs", "Models", "setting_accuracy", "scaling", "_x"}) {
            assertThat(run("generate", "conf/notebook-adam.conf", "--trials", "3", "--table", table))
                    .as(table)
                    .isEqualTo(2);
            assertOneClearMessage("--table " + table);
        }
        assertThat(run("generate", "conf/notebook-adam.conf", "--trials", "9000000000000000000"))
                .isEqualTo(2);
        assertOneClearMessage("--trials 9000000000000000000: must be from 1 to");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name=a,seed=2",
                "warehouse=~ada",
                "task.timing.delay=null",
                "training.optimizer.epsilon=1e-60",
                "seed=1e19",
                "network.hidden=[[[",
                "network.dale=true",
                "training.loss=\u001b[31m",
                "data.table=activity"
            })
    void badConfigurationsAreALineBeforeSparkStarts(String override) {
        for (String command : new String[] {"train", "sweep", "evaluate", "scaling"}) {
            err.getBuffer().setLength(0);
            assertThat(run(command, "conf/sweep-seeds.conf", "--set", override)).isEqualTo(2);
            assertOneClearMessage("error: ");
            assertThat(err.toString()).hasLineCount(1).hasSizeLessThan(310).matches("[\\P{C}\\n]+");
        }
    }

    @Test
    void badOptionsOfExportAreNamed() {
        assertThat(run("export", "a-run")).isEqualTo(2);
        assertOneClearMessage("--to");
        assertThat(run("export", "a-run", "--to", "x", "--trials", "0")).isEqualTo(2);
        assertOneClearMessage("--trials 0");
        assertThat(run("export", "a-run", "--to", "hdfs://host/x")).isEqualTo(2);
        assertOneClearMessage("hdfs://host/x", "folder of this machine");
        assertThat(run("export", "a-run", "--to", "src/main")).isEqualTo(2);
        assertOneClearMessage("src/main is not empty", "java");
    }

    @Test
    void nothingIsDeletedWithoutAYes() {
        assertThat(run("delete", "a-run")).isEqualTo(2);
        assertOneClearMessage("--yes");
        assertThat(run("delete", "--yes")).isEqualTo(2);
        assertOneClearMessage("RUN|SWEEP");
    }

    @Test
    void idsAndPathsOfOptionsAreCheckedBeforeSparkStarts() {
        for (String id : new String[] {"", "..", "y\" OR true", "a/b", "%", "a\nb", "é"}) {
            assertThat(run("evaluate", "conf/notebook-adam.conf", "--store", id))
                    .as(id)
                    .isEqualTo(2);
            assertOneClearMessage("--store", "letters, digits");
        }
        String[][] refused = {
            {"--model", "", "--model"},
            {"--warehouse", " ", "--warehouse"},
            {"--record", "-1", "--record -1"},
            {"--record", "0", "--record 0"}
        };
        for (String[] option : refused) {
            assertThat(run("evaluate", "conf/notebook-adam.conf", option[0], option[1]))
                    .as(option[0])
                    .isEqualTo(2);
            assertOneClearMessage(option[2]);
        }
        for (String command : new String[] {"list", "report", "export", "status"}) {
            String[] arguments = command.equals("export")
                    ? new String[] {command, "x", "--to", folder + "/new", "--warehouse", ""}
                    : command.equals("report")
                            ? new String[] {command, "x", "--warehouse", ""}
                            : new String[] {command, "--warehouse", ""};
            assertThat(run(arguments)).as(command).isEqualTo(2);
            assertOneClearMessage("--warehouse");
        }
    }

    @Test
    void aWrongOptionIsNamedWithoutThePagesOfTheUsage() {
        assertThat(run("train", "x.conf", "--sett", "a=b")).isEqualTo(2);
        assertOneClearMessage("error: ", "--sett", "submit/local train --help");
        assertThat(err.toString().lines().count()).isLessThan(5);
    }
}
