package cohort.task.library.yang19;

import cohort.config.Settings;
import cohort.task.Task;
import cohort.task.parts.Entry;
import cohort.task.parts.PeriodDefaults;
import cohort.task.parts.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A task of neurogym's collection yang19, of which entries are made: as it is, or with the movements of Mod-Cog.
 *
 * @param name as the collection has it
 * @param about what it is, in a sentence
 * @param keys its keys in section task with their defaults, each with a comment
 * @param timing its periods in their order, each with its duration: "delay = 500"
 * @param recipe what it is learned with
 * @param maker makes it from its settings
 */
record Yang19Base(String name, String about, List<String> keys, List<String> timing, Recipe recipe, Maker maker) {
    /** Makes a task. */
    interface Maker {
        Task make(String kind, Settings settings, Yang19Movement movement);
    }

    static final String RING_SIZE = """
            # Number of units of a ring, and of locations.
            ring-size = 16
            """;

    static final String MODALITY = """
            # Which ring shows the stimuli: alternating (modality 1 in every other trial, as in neurogym) or random.
            modality = alternating
            """;

    static final String SIGMA = """
            # Noise of the stimuli; its standard deviation at one step is sigma / sqrt(dt).
            sigma = 1.0
            """;

    static final String FIXATION = """
            # When the fixation input is on: until-decision (its end is the go cue) or fixation-only (neurogym from 2.1 on).
            fixation = until-decision
            """;

    private static final String SPEED = """
            # How fast the answer moves, units of the ring per ms.
            speed = 0.01
            """;

    private static final String COLLECTION =
            "neurogym's collection yang19, after Yang et al. 2019, https://doi.org/10.1038/s41593-018-0310-2";

    private static final String MOD_COG = "Mod-Cog: Khona, Chandra et al. 2022, https://arxiv.org/abs/2207.03523";

    /** Durations of a delay over which an answer moves. */
    private static final String MOVING_DELAY = "delay = [0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000, 1100]";

    /** A decision long enough to see the answer move. */
    private static final String MOVING_DECISION = "decision = 1000";

    /** The task as it is. */
    Entry entry() {
        String kind = "yang19-" + name;
        return new Entry(
                kind,
                "yang19",
                COLLECTION,
                about,
                defaults(keys, timing, recipe),
                settings -> settings.within("task.timing", () -> maker.make(kind, settings, Yang19Movement.NONE)));
    }

    /** Whether there is a delay over which its answer can move. */
    boolean hasDelay() {
        return timing.stream()
                .anyMatch(period -> PeriodDefaults.name(period).equals("delay") && !period.equals("delay = 0"));
    }

    /**
     * The task with an answer that moves.
     *
     * @param integration 1 or -1: by the way of the delay, to the right or left; 0: not
     * @param sequence 1 or -1: during the decision, to the right or left; 0: not
     */
    Entry moving(int integration, int sequence) {
        String kind = "modcog-" + name + suffix("int", integration) + suffix("seq", sequence);
        List<String> movingTiming = new ArrayList<>();
        for (String period : timing) {
            if (integration != 0 && PeriodDefaults.name(period).equals("delay")) {
                movingTiming.add(MOVING_DELAY);
            } else if (sequence != 0 && PeriodDefaults.name(period).equals("decision")) {
                movingTiming.add(MOVING_DECISION);
            } else {
                movingTiming.add(period);
            }
        }
        List<String> movingKeys = new ArrayList<>(keys);
        movingKeys.add(SPEED);
        return new Entry(
                kind,
                "modcog",
                MOD_COG,
                about
                        + (integration == 0
                                ? ""
                                : " The answer lies to the " + side(integration)
                                        + ", the further the longer the delay.")
                        + (sequence == 0 ? "" : " In the decision it moves to the " + side(sequence) + "."),
                defaults(movingKeys, movingTiming, integration == 0 ? recipe : recipe.twiceAsLong()),
                settings -> settings.within(
                        "task.timing",
                        () -> maker.make(
                                kind,
                                settings,
                                new Yang19Movement(
                                        integration,
                                        sequence,
                                        settings.number(
                                                "task.speed", "from 0 to 1", speed -> speed >= 0 && speed <= 1)))));
    }

    private static String suffix(String modifier, int direction) {
        return direction == 0 ? "" : modifier + side(direction).charAt(0);
    }

    private static String side(int direction) {
        return direction > 0 ? "right" : "left";
    }

    private static String defaults(List<String> keys, List<String> timing, Recipe recipe) {
        String weights = PeriodDefaults.weights(timing, name -> name.equals("decision") ? 5 : 1);
        return String.format(
                        Locale.ROOT,
                        """
                task {
                  # Length of a time step, ms.
                  dt = 100
                  %s
                  # Durations of the periods.
                  timing {
                    %s
                  }
                }
                training.period-weights {
                  %s
                }
                """,
                        String.join("", keys).strip().replace("\n", "\n  "),
                        String.join("\n    ", timing),
                        weights.strip().replace("\n", "\n  "))
                + recipe.defaults();
    }

    static int ringSize(Settings settings) {
        return (int) settings.integer("task.ring-size", 2, 1024);
    }
}
