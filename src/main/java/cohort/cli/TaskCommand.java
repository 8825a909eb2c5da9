package cohort.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** `task`: the tasks there are. */
@Command(
        name = "task",
        description = "Says which tasks there are, and what a trial of each is like.",
        subcommands = {TaskListCommand.class, TaskShowCommand.class})
final class TaskCommand implements Runnable {
    @Spec
    private CommandSpec command;

    @Override
    public void run() {
        throw new ParameterException(command.commandLine(), "task list, or task show NAME");
    }
}
