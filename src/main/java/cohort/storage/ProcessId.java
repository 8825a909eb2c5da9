package cohort.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A process, so that others can tell whether it has ended, though its number may have gone to another one since.
 *
 * @param user who started it
 * @param host name of its machine, for people
 * @param machine tells machines apart, each anew when it boots, and containers, which count processes for themselves
 * @param number what the machine calls it
 * @param started clock ticks from boot to its start; empty where the machine does not tell
 */
public record ProcessId(String user, String host, String machine, long number, String started) {
    private static final Path PROC = Path.of("/proc");
    /** Fields of /proc/N/stat behind the process' name, which may contain anything. */
    private static final int STATE = 0;

    private static final int START = 19;

    /** This process. */
    public static ProcessId own() {
        long number = ProcessHandle.current().pid();
        String started = stat(number).map(fields -> fields[START]).orElse("");
        return new ProcessId(System.getProperty("user.name"), hostName(), thisMachine(), number, started);
    }

    /** Whether it has surely ended; false where that cannot be known from here. */
    boolean hasEnded() {
        // Another user's process may be hidden, which looks as if it had ended.
        if (!machine.equals(thisMachine()) || !user.equals(System.getProperty("user.name"))) {
            return false;
        }
        if (started.isEmpty()) {
            return ProcessHandle.of(number).filter(ProcessHandle::isAlive).isEmpty();
        }
        Optional<String[]> fields = stat(number);
        return fields.isEmpty()
                || !fields.get()[START].equals(started)
                || fields.get()[STATE].matches("[ZXx]"); // killed, and nobody has asked how it ended
    }

    private static Optional<String[]> stat(long number) {
        try {
            String line = Files.readString(PROC.resolve(number + "/stat"));
            return Optional.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String thisMachine() {
        try {
            return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip() + " "
                    + Files.readSymbolicLink(PROC.resolve("self/ns/pid"));
        } catch (IOException | UnsupportedOperationException e) {
            return hostName();
        }
    }

    /** Without asking the network, which may take its time. */
    private static String hostName() {
        try {
            return Files.readString(PROC.resolve("sys/kernel/hostname")).strip();
        } catch (IOException e) {
            Map<String, String> environment = System.getenv();
            return environment.getOrDefault("HOSTNAME", environment.getOrDefault("COMPUTERNAME", "this machine"));
        }
    }
}
