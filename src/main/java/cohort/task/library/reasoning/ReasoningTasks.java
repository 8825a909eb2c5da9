package cohort.task.library.reasoning;

import cohort.config.KindFamily;
import cohort.config.Settings;
import cohort.task.Task;
import cohort.task.parts.Entry;
import cohort.task.parts.Recipe;
import java.util.List;
import java.util.function.Function;

/** Tasks in which what is seen must be combined with a rule, or with weights, that training alone can teach. */
public final class ReasoningTasks implements KindFamily {
    @Override
    public List<Entry> kinds() {
        return List.of(
                entry(
                        HierarchicalReasoning.NAME,
                        "HierarchicalReasoning; Sarafyazd and Jazayeri 2019, https://doi.org/10.1126/science.aav8911",
                        "Was an interval long? A rule says where to go if it was.",
                        HIERARCHICAL,
                        HierarchicalReasoning::of),
                entry(
                        ProbabilisticReasoning.NAME,
                        "ProbabilisticReasoning; Yang and Shadlen 2007, https://doi.org/10.1038/nature05852",
                        "Shapes speak for one of two choices, each with its weight; the right one is drawn with the odds they add up to.",
                        PROBABILISTIC,
                        ProbabilisticReasoning::of));
    }

    private static Entry entry(
            String name, String source, String about, String defaults, Function<Settings, Task> maker) {
        return new Entry(name, "reasoning", "neurogym's " + source, about, defaults, maker);
    }

    private static final String HIERARCHICAL =
            """
            # Of this step all durations below are multiples.
            task.dt = 100
            # repaired: the cue of the rule that holds is shown, and the interval that is shown is judged. original: both cues are shown,
            # and another interval is judged, drawn by itself, so that trials cannot be solved.
            task.form = repaired
            # An interval above this is long, ms.
            task.threshold = 850
            # Fewest and most trials of one rule in a row.
            task.block = [10, 20]
            # Durations of the periods; delay is the interval between the flashes.
            task.timing {
              fixation = { truncated-exponential = { mean = 600, min = 400, max = 800 } }
              rule_target = 1000
              fixation2 = { truncated-exponential = { mean = 600, min = 400, max = 900 } }
              flash1 = 100
              delay = [500, 600, 700, 800, 900, 1000, 1100, 1200]
              flash2 = 100
              decision = 700
            }
            training.period-weights {
              fixation = 1
              rule_target = 1
              fixation2 = 1
              flash1 = 1
              delay = 1
              flash2 = 1
              decision = 10
            }
            """ + Recipe.leaky(64, 32, 3000, 0.003).defaults();

    private static final String PROBABILISTIC =
            """
            # Of this step all durations below are multiples.
            task.dt = 50
            # Weights of the shapes, decimal logarithms of the odds for choice 2.
            task.shape-weights = [-10, -0.9, -0.7, -0.5, -0.3, 0.3, 0.5, 0.7, 0.9, 10]
            # Number of locations, each of which shows a shape.
            task.locations = 4
            # Durations of the periods; stimulus is that of one shape before the next one comes.
            task.timing {
              fixation = 500
              stimulus = 500
              delay = { uniform = [450, 550] }
              decision = 500
            }
            training.period-weights {
              fixation = 1
              stimulus0 = 1
              stimulus1 = 1
              stimulus2 = 1
              stimulus3 = 1
              stimulus4 = 1
              stimulus5 = 1
              stimulus6 = 1
              stimulus7 = 1
              delay = 1
              decision = 1
            }
            """ + Recipe.gru(64, 64, 2000, 0.005).defaults();
}
