package cohort.cli;

import cohort.config.Kinds;
import cohort.config.Settings;
import cohort.config.UserError;
import cohort.evaluation.TaskFacts;
import cohort.run.RunConfiguration;
import cohort.task.Split;
import cohort.task.Task;
import cohort.task.TaskFactory;
import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** `task list`: all tasks of the library and of jars, at their defaults. */
@Command(name = "list", description = "Lists the tasks that task.kind can name, as they are by default.")
final class TaskListCommand implements Callable<Integer> {
    /** Enough to know the mean of an ideal observer's accuracy to a percent. */
    private static final int TRIALS = 300;

    private static final int WIDEST_SOURCE = 44;
    /** Where a paper is to be found, which `task show` says. */
    private static final Pattern ADDRESS = Pattern.compile(",?\\s*(https?://|doi[:\\s]\\s*)[^;\\s]+");

    private static final String[] HEADERS = {"task.kind", "family", "inputs", "outputs", "chance", "ceiling", "source"};

    @Option(names = "--family", paramLabel = "NAME", description = "Only the tasks of this family.")
    private String family;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        List<String[]> lines = new ArrayList<>();
        for (String name : Kinds.names("task")) {
            TaskFactory factory = (TaskFactory) Kinds.named("task", name).orElseThrow();
            if (family == null || factory.family().equals(family)) {
                lines.add(line(factory));
            }
        }
        if (lines.isEmpty()) {
            throw new UserError("there is no family " + family + "; task list shows the families there are");
        }
        Column[] columns = new Column[HEADERS.length];
        for (int c = 0; c < columns.length; c++) {
            boolean isNumber = c >= 2 && c <= 5;
            columns[c] = new Column()
                    .header(HEADERS[c])
                    .headerAlign(HorizontalAlign.LEFT)
                    .dataAlign(isNumber ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT)
                    .maxWidth(WIDEST_SOURCE, OverflowBehaviour.ELLIPSIS_RIGHT);
        }
        command.commandLine()
                .getOut()
                .println(AsciiTable.getTable(
                        AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS, columns, lines.toArray(String[][]::new)));
        return 0;
    }

    private static String[] line(TaskFactory factory) {
        if (!factory.isComplete()) {
            return new String[] {factory.name(), factory.family(), "", "", "", "", source(factory)};
        }
        RunConfiguration run = RunConfiguration.of(Settings.defaults(List.of("task.kind=" + factory.name())));
        Task task = run.task();
        TaskFacts facts = TaskFacts.of(task, run.spec().response(), task.trials(run.seed(), Split.TEST), TRIALS);
        return new String[] {
            factory.name(),
            factory.family(),
            Integer.toString(task.signature().channels()),
            Integer.toString(task.signature().outputCount()),
            String.format(Locale.ROOT, "%.3f", facts.chance()),
            String.format(Locale.ROOT, "%.3f", facts.ceiling()),
            source(factory)
        };
    }

    private static String source(TaskFactory factory) {
        return ADDRESS.matcher(factory.source()).replaceAll("");
    }
}
