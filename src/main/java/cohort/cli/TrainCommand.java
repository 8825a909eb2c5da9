package cohort.cli;

import cohort.run.RunConfiguration;
import cohort.storage.Ownership;
import cohort.warehouse.Warehouse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** `train CONF`: from trials to a trained network and its accuracy per condition. */
@Command(name = "train", description = "Trains one network, evaluates it on held-out trials and stores both.")
final class TrainCommand implements Callable<Integer> {
    @Mixin
    private ConfigurationOptions options;

    @ArgGroup
    private Attempt attempt = new Attempt();

    /** What to do about an earlier attempt that did not come to its end; by default it is not touched. */
    private static final class Attempt {
        @Option(
                names = "--resume",
                description =
                        "Goes on from the newest checkpoint, if there is one, to the result of an undisturbed run.")
        private boolean resume;

        @Option(names = "--restart", description = "Begins anew: deletes what is there of the run, finished or not.")
        private boolean restart;

        RunPreparation.Earlier earlier() {
            return resume
                    ? RunPreparation.Earlier.RESUME
                    : restart ? RunPreparation.Earlier.DISCARD : RunPreparation.Earlier.REFUSE;
        }
    }

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws IOException {
        RunConfiguration run = options.load();
        ConfigurationOptions.print(run.notes(), command.commandLine());
        if (!options.settings().keysIn("sweep.space").isEmpty()) {
            ConfigurationOptions.print(
                    List.of("one network is trained, of the values outside of section sweep; `sweep` trains all"),
                    command.commandLine());
        }
        return SparkSessions.with("train " + run.name(), false, spark -> {
            Warehouse warehouse = new Warehouse(spark, run.warehouse());
            PrintWriter err = command.commandLine().getErr();
            try (Ownership ownership = Owners.ofRuns(warehouse, "trained", List.of(run.runId()), err)) {
                Warehouse held = warehouse.heldBy(ownership);
                return new TrainingRun(run, spark, held, command.commandLine()).train(attempt.earlier());
            }
        });
    }
}
