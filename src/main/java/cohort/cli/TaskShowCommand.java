package cohort.cli;

import cohort.config.Kinds;
import cohort.config.Settings;
import cohort.config.UserError;
import cohort.evaluation.TaskFacts;
import cohort.report.page.TaskReport;
import cohort.run.RunConfiguration;
import cohort.task.Group;
import cohort.task.PeriodSpec;
import cohort.task.Signature;
import cohort.task.Split;
import cohort.task.Task;
import cohort.task.TaskFactory;
import cohort.task.TrialSource;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** `task show`: what a task is, in words and in pictures of its trials. */
@Command(
        name = "show",
        description =
                "Says what a task is, and draws a trial of each condition: what it shows and asks for, and how much that counts.")
final class TaskShowCommand implements Callable<Integer> {
    private static final int TRIALS = 2_000;

    @Parameters(
            index = "0",
            paramLabel = "NAME|CONF",
            description = "A name that task list shows, or a configuration file, for its task.")
    private String subject;

    @Option(
            names = "--set",
            paramLabel = "key=value",
            description = "Changes a key of the configuration; may be given several times.")
    private List<String> overrides = new ArrayList<>();

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "Folder to write to. Default: reports/task- and the name.")
    private Path to;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws IOException {
        Settings settings = settings();
        RunConfiguration run = RunConfiguration.of(settings);
        Task task = run.task();
        TrialSource trials = task.trials(run.seed(), Split.TEST);
        TaskFacts facts = TaskFacts.of(task, run.spec().response(), trials, TRIALS);
        String name = task.signature().name();
        String about = Kinds.named("task", settings.text("task.kind"))
                .map(TaskFactory.class::cast)
                .map(factory -> factory.about() + (factory.source().isEmpty() ? "" : " (" + factory.source() + ")"))
                .orElse("");
        PrintWriter out = command.commandLine().getOut();
        print(out, task.signature(), facts, about);
        new ReportFolder(to != null ? to : Path.of("reports", "task-" + name))
                .write(new TaskReport(about, facts, trials, run.plan().batching()).page(), out);
        return 0;
    }

    private Settings settings() {
        if (Kinds.named("task", subject).isPresent()) {
            List<String> all = new ArrayList<>(List.of("task.kind=" + subject));
            all.addAll(overrides);
            return Settings.defaults(all);
        }
        File file = new File(subject);
        if (!file.exists()) {
            throw new UserError(subject + " is no task and no configuration file; task list shows the tasks there are");
        }
        return Settings.load(file, overrides);
    }

    private static void print(PrintWriter out, Signature task, TaskFacts facts, String about) {
        out.println(task.name() + (about.isEmpty() ? "" : ": " + about));
        line(out, "Inputs", groups(task.inputs()));
        line(out, "Outputs", groups(task.outputs()));
        for (PeriodSpec period : task.periods()) {
            line(out, "Period", period.name() + ", " + period.duration().label());
        }
        task.factors()
                .forEach(factor -> line(
                        out,
                        "Factor",
                        factor.name() + (factor.unit().isEmpty() ? "" : " (" + factor.unit() + ")") + ": "
                                + factor.meaning()));
        line(
                out,
                "Trials",
                String.format(
                        Locale.ROOT,
                        "%d to %d steps of %s ms, %d conditions",
                        facts.shortest(),
                        facts.longest(),
                        task.dtMillis(),
                        facts.examples().size()));
        line(out, "Accuracy", String.format(Locale.ROOT, "chance %.4f, ceiling %.4f", facts.chance(), facts.ceiling()));
    }

    private static String groups(List<Group> groups) {
        return String.join(
                ", ",
                groups.stream()
                        .map(group -> group.size() == 1 ? group.name() : group.name() + " (" + group.size() + ")")
                        .toList());
    }

    private static void line(PrintWriter out, String what, String text) {
        out.printf(Locale.ROOT, "  %-9s %s%n", what, text);
    }
}
