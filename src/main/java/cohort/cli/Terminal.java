package cohort.cli;

import java.io.Console;

/** Whether someone is watching. */
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
}
