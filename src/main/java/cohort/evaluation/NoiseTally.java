package cohort.evaluation;

import cohort.task.Psychometry;
import cohort.task.Signature;
import cohort.task.Trial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Adds up the noise that trials had before each choice, from the onset of the evidence to the answer, or to the end where it does not matter
 * when it was given. Sums are of doubles: the same bits come of tallies of the same parts, merged in the same order.
 */
public final class NoiseTally implements Serializable {
    private static final long serialVersionUID = 1;

    /** Trials that are compared with the strength of their evidence, and end in the same choice. */
    private record Group(double strength, int choice) implements Comparable<Group>, Serializable {
        @Override
        public int compareTo(Group other) {
            int byStrength = Double.compare(strength, other.strength);
            return byStrength != 0 ? byStrength : Integer.compare(choice, other.choice);
        }
    }

    /** Sums by step from the onset, and channel. */
    private static final class Sums implements Serializable {
        private static final long serialVersionUID = 1;

        long[] trials = {}; // [step]
        double[] noise = {}; // [step, channel]
        double[] squares = {}; // [step, channel]

        void grow(int steps, int channels) {
            if (steps > trials.length) {
                trials = Arrays.copyOf(trials, steps);
                noise = Arrays.copyOf(noise, steps * channels);
                squares = Arrays.copyOf(squares, steps * channels);
            }
        }
    }

    private final String factor;
    private final int period;
    private final int channels;
    private final double dtMillis;
    private final TreeMap<Group, Sums> groups = new TreeMap<>();

    /** Adds up nothing yet, of a task with evidence. */
    public NoiseTally(Signature task, Psychometry psychometry) {
        this.factor = psychometry.factor();
        this.period = task.period(psychometry.period());
        this.channels = task.channels();
        this.dtMillis = task.dtMillis();
    }

    /**
     * Adds the noise of a trial; none of one whose evidence has no strength, a catch trial.
     *
     * @param shown what the network saw
     * @param silent the same trial without its noise
     */
    public void add(TrialOutcome outcome, Trial shown, Trial silent) {
        double strength = outcome.condition().value(factor);
        if (Double.isNaN(strength)) {
            return;
        }
        int onset = shown.start(period);
        double answered = outcome.given().responseMillis();
        int end = Double.isNaN(answered)
                ? shown.steps()
                : Math.max(onset, Math.min(shown.steps(), 1 + (int) Math.round(answered / dtMillis)));
        Sums sums = groups.computeIfAbsent(new Group(strength, outcome.choice()), group -> new Sums());
        sums.grow(end - onset, channels);
        for (int step = onset; step < end; step++) {
            sums.trials[step - onset]++;
        }
        for (int at = 0; at < (end - onset) * channels; at++) {
            double noise = (double) shown.inputs()[onset * channels + at] - silent.inputs()[onset * channels + at];
            sums.noise[at] += noise;
            sums.squares[at] += noise * noise;
        }
    }

    /** Adds another tally's sums to this one. */
    public void merge(NoiseTally other) {
        other.groups.forEach((group, theirs) -> {
            Sums ours = groups.computeIfAbsent(group, g -> new Sums());
            ours.grow(theirs.trials.length, channels);
            for (int step = 0; step < theirs.trials.length; step++) {
                ours.trials[step] += theirs.trials[step];
            }
            for (int at = 0; at < theirs.noise.length; at++) {
                ours.noise[at] += theirs.noise[at];
                ours.squares[at] += theirs.squares[at];
            }
        });
    }

    /** The kernels by strength, choice, step and channel; without channels and steps that no trial has noise at. */
    public List<KernelPoint> kernels() {
        boolean[] isNoisy = new boolean
                [groups.values().stream()
                        .mapToInt(sums -> sums.noise.length)
                        .max()
                        .orElse(0)];
        for (Sums sums : groups.values()) {
            for (int at = 0; at < sums.squares.length; at++) {
                isNoisy[at] |= sums.squares[at] > 0;
            }
        }
        List<KernelPoint> points = new ArrayList<>();
        for (Map.Entry<Group, Sums> entry : groups.entrySet()) {
            Sums sums = entry.getValue();
            for (int at = 0; at < sums.noise.length; at++) {
                if (isNoisy[at]) {
                    points.add(point(entry.getKey(), sums, at));
                }
            }
        }
        return points;
    }

    private KernelPoint point(Group group, Sums sums, int at) {
        long trials = sums.trials[at / channels];
        double mean = sums.noise[at] / trials;
        double variance = trials == 1 ? Double.NaN : (sums.squares[at] - trials * mean * mean) / (trials - 1);
        return new KernelPoint(
                group.strength,
                group.choice,
                at / channels,
                at % channels,
                trials,
                mean,
                Math.sqrt(Math.max(0, variance) / trials));
    }
}
