package cohort.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** `warm-up CONF FOLDER`: a small training and its report, so that Java has seen the classes that commands need; see submit/local. */
@Command(name = "warm-up", hidden = true, description = "Trains and reports in a folder, for submit/local.")
final class WarmUpCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "CONF", description = "Configuration to train.")
    private String configuration;

    @Parameters(index = "1", paramLabel = "FOLDER", description = "Folder for what comes of it.")
    private Path folder;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        String warehouse = folder.resolve("warehouse").toString();
        int trained = run(
                "train",
                configuration,
                "--set=name=warm-up",
                "--set=training.steps=200",
                "--set=evaluation.trials=200",
                "--set=warehouse=\"" + warehouse + "\"");
        return trained != 0 ? trained : run("report", "warm-up", "--warehouse", warehouse, "--to", folder.toString());
    }

    private int run(String... arguments) {
        PrintWriter out = command.commandLine().getOut();
        return Cohort.run(out, command.commandLine().getErr(), arguments);
    }
}
