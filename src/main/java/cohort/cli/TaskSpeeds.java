package cohort.cli;

import cohort.config.Counted;
import cohort.config.Kinds;
import cohort.config.Settings;
import cohort.task.GenerationCost;
import cohort.task.TaskFactory;
import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;

/** `doctor --tasks`: how fast trials of every task are generated, beside what their random numbers and arrays alone take. */
final class TaskSpeeds {
    private static final double SECONDS = 0.4;

    /** A trial should take no longer than this many times what its random numbers and arrays take. */
    private static final double EXPECTED_RATIO = 2;

    private static final String[] HEADERS = {
        "task.kind", "steps", "inputs", "normal", "uniform", "bytes", "trial us", "numbers us", "arrays us", "ratio"
    };

    private TaskSpeeds() {}

    private record Line(String task, int inputs, GenerationCost cost) {}

    /** Measures all tasks that need no file, one after the other, and prints them, the slowest for its numbers first. */
    static void print(PrintWriter out) {
        List<TaskFactory> factories = new ArrayList<>();
        for (String name : Kinds.names("task")) {
            TaskFactory factory = (TaskFactory) Kinds.named("task", name).orElseThrow();
            if (factory.isComplete()) {
                factories.add(factory);
            }
        }
        List<Line> lines = new ArrayList<>(measure(factories));
        lines.sort(
                Comparator.comparingDouble((Line line) -> line.cost().ratio()).reversed());
        Column[] columns = new Column[HEADERS.length];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = new Column()
                    .header(HEADERS[c])
                    .headerAlign(HorizontalAlign.LEFT)
                    .dataAlign(c == 0 ? HorizontalAlign.LEFT : HorizontalAlign.RIGHT);
        }
        String[][] cells = lines.stream().map(TaskSpeeds::cells).toArray(String[][]::new);
        out.println(AsciiTable.getTable(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS, columns, cells));
        long slow = lines.stream()
                .filter(line -> line.cost().ratio() > EXPECTED_RATIO)
                .count();
        out.printf(
                Locale.ROOT,
                "Mean trials on one core; ratio: time / (time of its random numbers + of writing its arrays once)."
                        + " %s, %d above %.0f times.%n",
                Counted.of(lines.size(), "task"),
                slow,
                EXPECTED_RATIO);
    }

    private static List<Line> measure(List<TaskFactory> factories) {
        if (!Terminal.isInteractive()) {
            return factories.stream().map(TaskSpeeds::line).toList();
        }
        try (ProgressBar bar = Terminal.bar(factories.size()).build()) {
            return factories.stream()
                    .peek(factory -> bar.setExtraMessage(factory.name()))
                    .map(TaskSpeeds::line)
                    .peek(line -> bar.step())
                    .toList();
        }
    }

    private static Line line(TaskFactory factory) {
        var task = TaskFactory.chosen(Settings.defaults(List.of("task.kind=" + factory.name())));
        return new Line(factory.name(), task.signature().channels(), GenerationCost.of(task, SECONDS));
    }

    private static String[] cells(Line line) {
        GenerationCost cost = line.cost();
        return new String[] {
            line.task(),
            text("%.0f", cost.steps()),
            Integer.toString(line.inputs()),
            text("%.0f", cost.gaussians()),
            text("%.1f", cost.uniforms()),
            text("%.0f", cost.bytes()),
            text("%.2f", cost.trialNanos() / 1e3),
            text("%.2f", cost.numberNanos() / 1e3),
            text("%.2f", cost.arrayNanos() / 1e3),
            text("%.2f", cost.ratio())
        };
    }

    private static String text(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
