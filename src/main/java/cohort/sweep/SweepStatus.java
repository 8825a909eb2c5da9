package cohort.sweep;

import cohort.storage.Files;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;

/**
 * Where a sweep stands, as its driver writes it down for others to read.
 *
 * @param sweep name of the sweep
 * @param state running, finished, stopped or failed
 * @param runs number of runs
 * @param earlier runs that were in the tables before
 * @param trained runs trained to their end
 * @param failed runs that diverged, failed or took too long
 * @param stopped runs given up for others that did better
 * @param sequencesPerSecond trials or windows trained on
 * @param secondsLeft about; NaN as long as nothing is known
 * @param best highest efficiency, NaN if there is none
 * @param bestRun the run that has it
 * @param updatedMillis when this was written
 */
public record SweepStatus(
        String sweep,
        String state,
        int runs,
        int earlier,
        int trained,
        int failed,
        int stopped,
        double sequencesPerSecond,
        double secondsLeft,
        double best,
        String bestRun,
        long updatedMillis) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILE = "/status.json";

    /** A running sweep writes every two seconds, and between two writes of tables it may be late. */
    public static final long SILENT_MILLIS = 60_000;

    public void write(Files files, String folder) throws IOException {
        files.replace(folder + FILE, JSON.writeValueAsBytes(this));
    }

    /** Reads the status in a sweep's folder; empty if there is none yet, or it is just being replaced. */
    public static Optional<SweepStatus> read(Files files, String folder) throws IOException {
        try {
            return Optional.of(JSON.readValue(files.read(folder + FILE), SweepStatus.class));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            if (files.exists(folder + FILE)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** Whether somebody is at the sweep of a folder, as far as its status tells; false if there is none. */
    public static boolean isRunning(Files files, String folder) throws IOException {
        return read(files, folder).filter(SweepStatus::isRunning).isPresent();
    }

    private boolean isRunning() {
        return state.equals("running") && System.currentTimeMillis() - updatedMillis <= SILENT_MILLIS;
    }

    /** Runs that need no more work. */
    public int ended() {
        return earlier + trained + failed + stopped;
    }
}
