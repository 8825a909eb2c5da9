package cohort.warehouse;

import cohort.evaluation.Accuracy;
import cohort.network.LeakyCell;
import cohort.network.NetworkSpec;
import cohort.network.Parameters;
import cohort.run.RoundReport;
import cohort.run.RunSpec;
import cohort.run.RunStatus;
import cohort.training.TrainingSpec;
import java.sql.Timestamp;
import java.util.Optional;

/**
 * What table runs says of a run.
 *
 * @param run the run
 * @param end how it ended
 * @param startedMillis when it began
 * @param seconds how long it took
 * @param initialDigest digest of the network that it began with, if that is another one's
 * @param changed keys that make the test another one than that of the run that trained the network: "task.sigma = 2"
 * @param versions versions of Cohort, Java and Spark
 */
record RunRow(
        RunSpec run,
        RunRows.End end,
        long startedMillis,
        double seconds,
        Optional<String> initialDigest,
        Optional<String> changed,
        String versions) {
    Timestamp started() {
        return new Timestamp(startedMillis);
    }

    NetworkSpec network() {
        return run.plan().network();
    }

    Optional<String> activation() {
        return network().cell() instanceof LeakyCell leaky
                ? Optional.of(leaky.activation().label())
                : Optional.empty();
    }

    int parameters() {
        return Parameters.size(network());
    }

    /** How it was trained, if it was. */
    Optional<TrainingSpec> training() {
        return end.status() == RunStatus.EVALUATED
                ? Optional.empty()
                : Optional.of(run.plan().training());
    }

    Optional<String> initialModel() {
        return training().map(training -> run.initialModel()).filter(model -> !model.isEmpty());
    }

    long sequences() {
        return end.rounds().stream().mapToLong(RoundReport::sequences).sum();
    }

    /** That of the last round in which any time step counted. */
    Optional<Double> lastLoss() {
        for (int i = end.rounds().size() - 1; i >= 0; i--) {
            double loss = end.rounds().get(i).loss();
            if (!Double.isNaN(loss)) {
                return Optional.of(loss);
            }
        }
        return Optional.empty();
    }

    /** What the test found, if there was anything to be right about. */
    Optional<Accuracy> accuracy() {
        return end.accuracy().filter(accuracy -> accuracy.trials() > 0);
    }
}
