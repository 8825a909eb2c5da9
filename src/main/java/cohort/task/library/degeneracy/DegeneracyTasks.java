package cohort.task.library.degeneracy;

import cohort.config.KindFamily;
import cohort.config.Settings;
import cohort.task.Task;
import cohort.task.parts.Entry;
import cohort.task.parts.SineWave;
import java.util.List;
import java.util.function.Function;

/**
 * The four tasks of a study of how alike the solutions of trained networks are (Huang, Singh, Martinelli and Rajan 2025, <a
 * href="https://arxiv.org/abs/2410.03972">arXiv</a>), each as its first source has it. Networks are vanilla ones there, of 128 tanh units:
 * alpha is 1.
 */
public final class DegeneracyTasks implements KindFamily {
    private static final String FAMILY = "degeneracy";
    private static final String STUDY = "Huang et al. 2025";

    private static final String COMMON = """
            # A lane of a batch is one whole trial.
            data.form = trials
            training.loss = mean-squared-error
            # As long as a step: units do not leak.
            network { hidden = 128, tau = 20, activation = tanh, initialisation = orthogonal }
            """;

    @Override
    public List<Entry> kinds() {
        return List.of(
                entry(
                        FlipFlop.NAME,
                        "; Golub and Sussillo 2018 (FixedPointFinder)",
                        "Each of several bits keeps the sign of its last pulse.",
                        """
                        # Number of bits.
                        task.bits = 3
                        # Of each bit at each step.
                        task.pulse-probability = 0.5
                        # What the first step shows: pulse (of every bit) or silent (as other steps; a bit is 0 until its first pulse).
                        task.start = silent
                        # A trial with a smaller root mean squared error is right.
                        task.tolerance = 0.1
                        # Duration of a trial: 64 steps.
                        task.timing.run = 1280
                        training.period-weights { run = 1 }
                        training { steps = 1500, optimizer.learning-rate = 0.002 }
                        """,
                        FlipFlop::of),
                entry(
                        PulseDiscrimination.NAME,
                        "",
                        "Two pulses are shown, with a delay between them, and then it is said which was larger.",
                        """
                        # Amplitudes of pulses; the two of a trial differ.
                        task.amplitudes = [2, 3, 4, 5, 6, 7, 8, 9, 10]
                        # Durations of the periods: a pulse is one step, the delay 5 to 20.
                        task.timing {
                          before = 100
                          first = 20
                          delay = { uniform = [100, 400] }
                          second = 20
                          decision = 100
                        }
                        training.period-weights { before = 1, first = 1, delay = 1, second = 1, decision = 5 }
                        training { steps = 2000, optimizer.learning-rate = 0.002 }
                        """,
                        PulseDiscrimination::of),
                entry(
                        SineWave.GENERATION,
                        "; Sussillo and Barak 2013",
                        "A sine wave is made of the frequency that a constant input names.",
                        """
                        # Number of frequencies; number j of J is shown as j / J + 0.25.
                        task.frequencies = 51
                        # The first and the last of them, radians per unit of time; the others are evenly spaced between.
                        task.slowest = 0.14
                        task.fastest = 2.14
                        # The unit of time, ms.
                        task.time-unit = 100
                        # Of the wave.
                        task.amplitude = 1
                        # A trial with a smaller root mean squared error is right.
                        task.tolerance = 0.2
                        # Duration of a trial.
                        task.timing.wave = 1000
                        training.period-weights { wave = 1 }
                        training { steps = 2000, optimizer.learning-rate = 0.002 }
                        """,
                        SineWave::generation),
                entry(
                        PathIntegration.NAME,
                        "",
                        "A walk is shown by its velocity, and where it has led is said at each step.",
                        """
                        # What is shown and asked for: angle, plane-speed-and-heading, plane-velocity, space-velocity or
                        # angle-on-a-ring-of-outputs; see docs/tasks/degeneracy.md.
                        task.convention = plane-speed-and-heading
                        # The largest way of a step, radians or the unit of the plane; on the ring that of an input of 1.
                        task.speed = 0.1
                        # Steps for which a velocity stays the same.
                        task.hold-steps = 5
                        # Of a heading that is shown: standard deviation of what it changes by when the velocity does, radians.
                        task.turn = 0.5
                        # Of the angle on a ring: number of outputs.
                        task.ring-size = 8
                        # A trial with a smaller root mean squared error is right.
                        task.tolerance = 0.1
                        # Duration of a trial: 50 steps.
                        task.timing.walk = 1000
                        training.period-weights { walk = 1 }
                        # Gated units: leaky ones do not learn to sum up velocities so exactly within some minutes.
                        network.cell = gru
                        training { steps = 2000, optimizer.learning-rate = 0.005 }
                        """,
                        PathIntegration::of));
    }

    private static Entry entry(String name, String source, String about, String keys, Function<Settings, Task> maker) {
        return new Entry(name, FAMILY, STUDY + source, about, COMMON + keys, maker);
    }
}
