package cohort.run;

import cohort.evaluation.Accuracy;
import cohort.evaluation.AccuracyTally;
import cohort.network.Parameters;
import cohort.task.Split;
import cohort.training.Divergence;
import java.io.IOException;
import java.util.Optional;

/**
 * Carries a run from a state on: averaging rounds, tests at stages of learning, the bound that may end it early, and the test of what was
 * trained. Where the work is done is the engine's business, and whoever watches may break it off after any round; both change no bit.
 *
 * @param <T> what a test leads to
 */
public final class RunMachine<T extends RunTest> {
    private final RunSpec run;
    private final RunEngine<T> engine;
    private final Watcher watcher;
    private boolean isReached;

    /** Who watches a run. */
    public interface Watcher {
        /** Receives the state after a round, to keep it or to tell of it; returns whether to go on. */
        boolean afterRound(TrainingState state) throws IOException;

        /** Receives what a test at a stage of learning has found. */
        void stage(Stage stage) throws IOException;
    }

    /**
     * Where a run has come to.
     *
     * @param status trained, diverged, or paused if its watcher has broken it off
     * @param state after the last whole round
     * @param divergence why it diverged, if it did
     */
    public record Carried(RunStatus status, TrainingState state, Optional<Divergence> divergence) {}

    public RunMachine(RunSpec run, RunEngine<T> engine, Watcher watcher) {
        this.run = run;
        this.engine = engine;
        this.watcher = watcher;
    }

    /**
     * Trains from a state on, until the last step, the bound, or the watcher's word.
     *
     * @param from the first state, or a later one of the same run
     */
    public Carried train(TrainingState from) throws IOException {
        return train(from, run.plan().training().steps());
    }

    /**
     * Trains from a state on, at most to the first round that ends at a step or after it.
     *
     * @param from the first state, or a later one of the same run
     */
    public Carried train(TrainingState from, long until) throws IOException {
        isReached = isReached(from); // also where somebody was killed between the look and the end
        TrainingOutcome outcome = isReached || from.learner().step() >= until
                ? TrainingOutcome.of(from)
                : engine.train(
                        run.plan(),
                        from,
                        state -> goesOn(state) && state.learner().step() < until);
        TrainingState state = outcome.state();
        if (outcome.divergence().isPresent()) {
            return new Carried(RunStatus.DIVERGED, state, outcome.divergence());
        }
        boolean isTrained = isReached || isAtLastStep(state);
        return new Carried(isTrained ? RunStatus.TRAINED : RunStatus.PAUSED, state, Optional.empty());
    }

    /** Tests the network of a state. */
    public T test(TrainingState state) {
        return engine.test(run, network(state));
    }

    /** The held-out loss of the network of a state. */
    public double loss(TrainingState state) {
        return engine.loss(run, network(state));
    }

    /** The network of a state. */
    public Parameters network(TrainingState state) {
        return new Parameters(run.plan().network(), state.learner().parameters());
    }

    private boolean goesOn(TrainingState state) throws IOException {
        isReached = isReached(state);
        boolean isLast = isReached || isAtLastStep(state);
        if (!isLast
                && run.evaluation().every() > 0
                && state.round() % run.evaluation().every() == 0) {
            AccuracyTally tally = engine.accuracy(run, network(state), Split.TEST);
            watcher.stage(Stage.of(state.learner().step(), tally));
        }
        return watcher.afterRound(state) && !isLast;
    }

    private boolean isAtLastStep(TrainingState state) {
        return state.learner().step() >= run.plan().training().steps();
    }

    private boolean isReached(TrainingState state) {
        Until until = run.until();
        if (!until.looksAfter(state.round())) {
            return false;
        }
        return switch (until.figure()) {
            case NONE -> false;
            case LOSS -> loss(state) <= until.bound();
            case EFFICIENCY -> validated(state).overall().efficiency() >= until.bound();
            case ACCURACY -> validated(state).overall().accuracy() >= until.bound();
            case WORST_CONDITION ->
                validated(state).perCondition().values().stream()
                                .filter(accuracy -> accuracy.possible() > accuracy.chance())
                                .mapToDouble(Accuracy::accuracy)
                                .min()
                                .orElse(0)
                        >= until.bound();
        };
    }

    private AccuracyTally validated(TrainingState state) {
        return engine.accuracy(run, network(state), Split.VALIDATION);
    }
}
