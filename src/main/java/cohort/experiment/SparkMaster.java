package cohort.experiment;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The master of a standalone cluster: Spark asks one that is not there for a minute and a half, and then blames itself. */
final class SparkMaster {
    private static final int PATIENCE_MILLIS = 5000;
    private static final Pattern ADDRESS = Pattern.compile("(?:spark://)?(.+):(\\d{1,5})");

    private SparkMaster() {}

    /**
     * Looks whether something listens at a master's address, or at one of several: {@code spark://one:7077,two:7077}.
     *
     * @throws UserError if there is nothing
     */
    static void requireAnswer(String master) {
        List<String> silent = new ArrayList<>();
        for (String address : master.startsWith("spark://") ? master.split(",") : new String[0]) {
            Matcher parts = ADDRESS.matcher(address);
            if (!parts.matches()) {
                return; // Spark knows better what is wrong with it
            }
            try (Socket socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(parts.group(1), Integer.parseInt(parts.group(2))), PATIENCE_MILLIS);
                return;
            } catch (IOException | IllegalArgumentException e) { // a port beyond 65535
                silent.add(e.getMessage());
            }
        }
        if (!silent.isEmpty()) {
            throw new UserError("no Spark master answers at " + master + " (" + String.join("; ", silent)
                    + "): is it started, and is the address the one that its page shows?");
        }
    }
}
