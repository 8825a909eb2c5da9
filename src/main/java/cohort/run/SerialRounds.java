package cohort.run;

import cohort.task.BatchSource;
import cohort.task.Split;
import cohort.task.TrialSource;
import cohort.training.Averaging;
import cohort.training.LearnerState;
import cohort.training.LocalResult;
import cohort.training.LocalTrainer;
import java.util.ArrayList;
import java.util.List;

/** Averaging rounds on one thread: the logical workers take turns, to the bits of workers on as many machines. */
public final class SerialRounds implements AveragingRounds.Work {
    private final List<BatchSource> workers = new ArrayList<>();
    private final LocalTrainer trainer;

    /** Rounds of a plan, in a workspace of the calling thread. */
    public SerialRounds(TrainingPlan plan, Workspaces workspaces) {
        TrialSource trials = plan.task().trials(plan.seed(), Split.TRAIN);
        for (int worker = 0; worker < plan.workers(); worker++) {
            workers.add(plan.batching().open(trials, worker, plan.workers()));
        }
        this.trainer = workspaces.trainer(plan, workers.get(0));
    }

    @Override
    public AveragedRound round(LearnerState from, int steps) {
        List<LocalResult> results = new ArrayList<>();
        for (int worker = 0; worker < workers.size(); worker++) {
            results.add(trainer.run(from, steps, workers.get(worker), worker));
        }
        return new AveragedRound(results, Averaging.average(results));
    }
}
