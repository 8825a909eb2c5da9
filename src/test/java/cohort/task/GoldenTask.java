package cohort.task;

import cohort.config.Settings;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** How a task of ours reads the files of statistics that neurogym's form of it has. Found by {@link java.util.ServiceLoader}. */
public interface GoldenTask {
    /** What the files' field "task" says. */
    List<String> names();

    /** The task that a file is about, from its field "config". */
    Task task(JsonNode golden);

    /** What a trial has of a condition, by the name and in the spelling of the file. */
    String value(Trial trial, String condition);

    /** What a trial has of a continuous quantity. */
    default double number(Trial trial, String quantity) {
        throw new IllegalArgumentException("quantity " + quantity);
    }

    /** First step of a period of the file, and the one after its last; null if the trial has no such period. */
    default int[] steps(Trial trial, String period) {
        int place = trial.signature().period(period);
        return new int[] {trial.start(place), trial.end(place)};
    }

    /** Unit of a ring at which what the ring is rolled to lies: "mod1 at theta1". */
    default int location(Trial trial, String ring) {
        throw new IllegalArgumentException("ring " + ring);
    }

    /** First channel of a ring for which the file names none, since it differs from trial to trial. */
    default int firstChannel(Trial trial, String ring) {
        throw new IllegalArgumentException("first channel of " + ring);
    }

    /** How the file's periods are called here, in order. */
    default List<String> periods(Signature signature) {
        return signature.periodNames();
    }

    /** Whether a ring is one of outputs, not of inputs. */
    default boolean isTarget(String ring) {
        return ring.startsWith("target");
    }

    /** What a step asks for, as the file numbers it. */
    default int asked(Trial trial, int step) {
        return Examples.target(trial, step);
    }

    /** Compares what the file has besides. */
    default void compareExtra(JsonNode extra, List<Trial> trials, GoldenComparison comparison) {
        throw new IllegalArgumentException("extra " + extra);
    }

    /**
     * The task that a configuration with a file's dt and timing chooses.
     *
     * @param timing the file's periods that are periods here, under the same name
     * @param settings what else differs from the defaults, "task.sigma=1"
     */
    static Task chosen(JsonNode golden, String kind, List<String> timing, String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "task.kind=" + kind, "task.dt=" + golden.at("/config/dt").asText()));
        for (String period : timing) {
            all.add("task.timing." + period + "="
                    + duration(golden.at("/config/timing/" + period).textValue()));
        }
        all.addAll(List.of(settings));
        return TaskFactory.chosen(Settings.defaults(all));
    }

    /** The unit of a ring nearest to an angle in radians, in the files' own arithmetic. */
    static int unit(double angle, int size) {
        return (int) Math.floor(angle % (2 * Math.PI) / (2 * Math.PI / size) + 0.5) % size;
    }

    /** A duration as a file writes it, in HOCON. */
    static String duration(String timing) {
        String numbers = timing.replaceAll("[^0-9.]+", " ").trim();
        String list = numbers.replace(" ", ", ");
        return switch (timing.split(" ")[0]) {
            case "constant" -> numbers;
            case "choice" -> "[" + list + "]";
            case "uniform" -> "{ uniform = [" + list + "] }";
            case "exponential" -> {
                String[] all = numbers.split(" ");
                yield "{ truncated-exponential = { mean = " + all[0] + ", min = " + all[1] + ", max = " + all[2]
                        + " } }";
            }
            default -> throw new IllegalArgumentException("timing " + timing);
        };
    }

    /** A number as the files write it: 6.4, 25. */
    static String text(double number) {
        return number == Math.rint(number) ? "" + (long) number : "" + number;
    }
}
