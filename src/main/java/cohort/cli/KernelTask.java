package cohort.cli;

import cohort.config.UserError;
import cohort.run.RunConfiguration;
import cohort.task.Split;
import cohort.task.Task;
import cohort.task.Trial;
import cohort.task.TrialSource;
import java.util.Arrays;

/** Tasks that choices of can have a psychophysical kernel. */
final class KernelTask {
    /** In none of so many trials there is noise: there is none. */
    private static final int TRIALS = 100;

    private KernelTask() {}

    /**
     * Refuses other tasks.
     *
     * @throws UserError if it has no strength of evidence, or no noise
     */
    static void require(RunConfiguration run) {
        Task task = run.task();
        if (task.psychometry().isEmpty()) {
            throw new UserError("--kernel: task " + task.signature().name()
                    + " has no strength of evidence at which choices can be compared (task.psychometry)");
        }
        TrialSource source = task.trials(run.seed(), Split.TEST);
        Trial shown = new Trial(source.signature());
        Trial silent = new Trial(source.signature());
        silent.silence();
        for (long index = 0; index < Math.min(TRIALS, run.evaluation().trials()); index++) {
            source.read(index, shown);
            source.read(index, silent);
            if (!Arrays.equals(shown.copyInputs(), silent.copyInputs())) {
                return;
            }
        }
        throw new UserError(
                "--kernel: task " + task.signature().name() + " shows no noise (Trial.addNoise), or none as it is set");
    }
}
