package cohort.cli;

import java.io.Console;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Whether someone is watching, and what they watch. */
final class Terminal {
    private Terminal() {}

    /** Whether both input and output are a terminal: from Java 22 on a console exists without one, and says so. */
    @SuppressWarnings("SystemConsoleNull") // null still means "no terminal" on Java 17 to 21
    static boolean isInteractive() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true; // Java 17 to 21: a console is a terminal
        }
    }

    /** The progress bar of all commands, which is yet to be built. */
    static ProgressBarBuilder bar(long max) {
        return new ProgressBarBuilder()
                .setTaskName("")
                .setInitialMax(max)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200);
    }
}
