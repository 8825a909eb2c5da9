package cohort.task.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cohort.config.Settings;
import cohort.config.UserError;
import cohort.run.RunConfiguration;
import cohort.sweep.SweepConfiguration;
import cohort.task.Duration;
import cohort.task.Signature;
import cohort.training.Loss;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A declared task's keys are keys like all others: with defaults, in ids of runs, by --set and in sweeps. */
class DeclaredSettingsTest {
    private static RunConfiguration run(String... overrides) {
        return RunConfiguration.of(DeclaredTasks.settings(DeclaredTasks.GO_NOGO, overrides));
    }

    @Test
    void periodsCountOnceWithoutBeingWritten() {
        assertThat(run().plan().batching().periodWeights()).containsExactly(1.0, 1.0, 1.0, 1.0);
        assertThat(run("training.period-weights.delay=0").plan().batching().periodWeights())
                .containsExactly(1.0, 1.0, 0.0, 1.0);
        assertThat(run("training.period-weights.delay=1").runId()).isEqualTo(run().runId());
        assertThat(run("task.periods=[fixation, stimulus, delay, gap, decision]", "task.timing.gap=100")
                        .task()
                        .signature()
                        .periodNames())
                .containsExactly("fixation", "stimulus", "delay", "gap", "decision");
    }

    @Test
    void theRunIdCountsWhatIsDeclared() {
        String id = run().runId();
        for (String other : List.of(
                "task.draw.go={ one-of = [0, 1], shares = [1, 3] }",
                "task.timing.delay=600",
                "task.name=other",
                "task.response.in=delay",
                "task.show=[{ flag = fixation }, { one-hot = symbol, at = go, in = stimulus }]",
                "task.ask=[{ class = answer, in = [delay, decision] }]",
                "task.inputs=[fixation, { symbol = 3 }]")) {
            assertThat(run(other).runId()).as(other).isNotEqualTo(id);
        }
        assertThat(run("task.draw.go=[0, \"1\"]", "task.timing.delay=5e2", "task.block-size=1")
                        .runId())
                .isEqualTo(id);
    }

    @Test
    void setChangesWhatItNames() {
        Signature signature = run("task.timing.delay=[100, 200]", "task.draw.colour=[1, 2]", "task.response.chance=0.6")
                .task()
                .signature();
        assertThat(signature.periods().get(2).duration()).isEqualTo(new Duration.Choice(List.of(100.0, 200.0)));
        assertThat(signature.factors()).hasSize(2);
        assertThatThrownBy(() -> run("task.timing.dely=3"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("--set task.timing.dely=3")
                .hasMessageContaining("there is no period dely; did you mean delay?");
    }

    @Test
    void theLossFitsWhatIsAskedFor() {
        assertThat(run().plan().training().loss()).isEqualTo(Loss.CROSS_ENTROPY);
        assertThat(run("task.ask=[{ value = go, in = decision, of = choice }]")
                        .plan()
                        .training()
                        .loss())
                .isEqualTo(Loss.MEAN_SQUARED_ERROR);
        assertThatThrownBy(() -> run("task.ask=[{ value = go, of = choice }]", "training.loss=cross-entropy"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("asks for one output of each group");
    }

    @Test
    void whatIsStoredIsTheSameRun() {
        RunConfiguration run = run("task.timing.delay={ uniform = [0, 300] }", "task.draw.colour={ uniform = [0, 1] }");
        RunConfiguration stored = RunConfiguration.of(Settings.stored(run.spec().config(), "stored", List.of()));
        assertThat(stored.spec()).isEqualTo(run.spec());
        assertThat(stored.differencesFrom(run.spec().config())).isEmpty();
        assertThat(run().differencesFrom(run.spec().config()))
                .anyMatch(line -> line.startsWith("task.timing.delay was {\"uniform\":[0,300]}, is now 500"));
    }

    private static List<String> settings(String space) {
        return SweepConfiguration.of(DeclaredTasks.settings(DeclaredTasks.GO_NOGO + "\nsweep.space { " + space + " }"))
                .members()
                .stream()
                .map(member -> member.setting() + " "
                        + member.run().plan().task().signature().maxSteps())
                .toList();
    }

    @Test
    void sweepsGoOverItsKeys() {
        assertThat(settings("task.timing.delay = [100, [200, 400]]"))
                .containsExactly("delay=100 55", "delay=[200,400] 70");
        assertThat(settings("task.draw.go = [[0, 1], { one-of = [0, 1], shares = [1, 2] }]"))
                .hasSize(2);
        assertThat(settings("task.response.in = [delay, decision]")).containsExactly("in=delay 75", "in=decision 75");
        assertThat(settings("training.period-weights.delay = [0, 1]")).hasSize(2);
        assertThat(
                        settings(
                                "task.periods = [[fixation, stimulus, delay, decision], [stimulus, fixation, delay, decision]]"))
                .hasSize(2);
        assertThatThrownBy(() -> settings("task.draw.goo = [[0, 1]]"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("there is no key task.draw.goo; did you mean task.draw.go?");
    }

    @Test
    void aMemberOfASweepIsTheRunItIsAlone() {
        SweepConfiguration sweep = SweepConfiguration.of(DeclaredTasks.settings(
                DeclaredTasks.GO_NOGO + "\nsweep { space.task.timing.delay = [100, 200], seeds = [7] }"));
        assertThat(sweep.members().get(1).run().runId())
                .isEqualTo(run("task.timing.delay=200", "seed=7").runId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"go-nogo", "delayed-match"})
    void recipesAreShort(String name) throws IOException {
        File file = new File("conf/own/" + name + ".conf");
        RunConfiguration run = RunConfiguration.of(Settings.load(file, List.of()));
        assertThat(run.name()).isEqualTo("own-" + name);
        assertThat(run.notes()).isEmpty();
        List<String> lines = Files.readAllLines(file.toPath());
        assertThat(lines.indexOf("}") - lines.indexOf("task {")).isLessThan(25);
    }
}
