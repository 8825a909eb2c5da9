package cohort.task.declared;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.config.Settings;
import cohort.task.Split;
import cohort.task.Task;
import cohort.task.TaskFactory;
import cohort.task.Trial;
import cohort.task.TrialSource;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a task costs that is written in a configuration, beside the same in Java: at most half as much again. */
@Tag("long") // a figure on a quiet machine, of code that is compiled well
class DeclaredSpeedTest {
    private static final int ROUNDS = 40;
    private static final int TRIALS = 20_000;
    private static final double MOST = 1.5;

    @ParameterizedTest
    @ValueSource(strings = {"go-nogo", "perceptual-decision-making"})
    void aDeclaredTaskIsGeneratedNearlyAsFast(String kind) {
        boolean isGoNogo = kind.equals("go-nogo");
        Task declared = DeclaredTasks.task(isGoNogo ? DeclaredTasks.GO_NOGO : DeclaredTasks.PERCEPTUAL_DECISION);
        Task library = TaskFactory.chosen(Settings.defaults(List.of("task.kind=" + kind)));
        double ours = Double.POSITIVE_INFINITY;
        double theirs = Double.POSITIVE_INFINITY;
        for (int round = 0; round < ROUNDS; round++) {
            theirs = Math.min(theirs, nanosPerTrial(library));
            ours = Math.min(ours, nanosPerTrial(declared));
        }
        System.out.printf(
                Locale.ROOT, "%s: %.0f ns a trial declared, %.0f in Java, %.2f%n", kind, ours, theirs, ours / theirs);
        assertThat(ours / theirs).isLessThan(MOST);
    }

    private static double nanosPerTrial(Task task) {
        TrialSource trials = task.trials(1, Split.TRAIN);
        Trial trial = new Trial(trials.signature());
        long start = System.nanoTime();
        float sum = 0;
        for (int index = 0; index < TRIALS; index++) {
            trials.read(index, trial);
            sum += trial.inputs()[0] + trial.targets()[1];
        }
        assertThat(sum).isNotNaN();
        return (System.nanoTime() - start) / (double) TRIALS;
    }
}
