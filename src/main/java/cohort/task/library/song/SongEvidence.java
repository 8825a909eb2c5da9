package cohort.task.library.song;

import cohort.task.Factor;
import cohort.task.Group;
import cohort.task.Trial;
import cohort.task.parts.Vibration;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * What the choice tasks of Song et al. show, and which choice follows from it. Places of factors are those of {@link #factors}; a
 * trial's periods are those of its {@link SongKind}.
 */
@SuppressWarnings("ImmutableEnumChecker") // its lists are those of List.of
enum SongEvidence {
    /** Motion of a coherence c in percent: (1 + 0.032 c) / 2 for the answer, (1 - 0.032 c) / 2 for the other choice. */
    MOTION(List.of(new Group("motion", 0, 2)), List.of(new Factor("coherence", "%", "strength of the evidence"))) {
        @Override
        void plan(UniformRandomProvider random, SongChoice task, Trial into) {
            into.setAnswer(1 + random.nextInt(2));
            into.setFactor(0, one(random, task.values()));
        }

        @Override
        void show(SongChoice task, Trial trial, int period) {
            opponents(trial, period, 0, trial.answer() == 1, difference(trial));
        }

        @Override
        double distancePerStep(SongChoice task, Trial trial) {
            return Math.sqrt(2) * difference(trial);
        }

        private static double difference(Trial trial) {
            return 0.032 * trial.factor(0);
        }
    },

    /** Motion and colour, each for a side of its own, and the context that says which of them counts. Factor 5 instead of 3.2. */
    CONTEXT(
            List.of(new Group("context", 0, 2), new Group("motion", 2, 2), new Group("colour", 4, 2)),
            List.of(
                    new Factor("coherence", "%", "strength of the evidence that counts"),
                    new Factor("context", "", "what counts, 1: motion, 2: colour"),
                    new Factor("motion", "%", "strength of motion, positive for choice 1"),
                    new Factor("colour", "%", "strength of colour, positive for choice 1"))) {
        @Override
        void plan(UniformRandomProvider random, SongChoice task, Trial into) {
            int context = 1 + random.nextInt(2);
            double[] strengths = {signed(random, task), signed(random, task)};
            into.setAnswer(strengths[context - 1] > 0 ? 1 : 2);
            into.setFactor(0, Math.abs(strengths[context - 1]));
            into.setFactor(1, context);
            into.setFactor(2, strengths[0]);
            into.setFactor(3, strengths[1]);
        }

        private static double signed(UniformRandomProvider random, SongChoice task) {
            double strength = one(random, task.values());
            return random.nextBoolean() ? strength : -strength;
        }

        @Override
        void show(SongChoice task, Trial trial, int period) {
            trial.paint(period, (int) trial.factor(1) - 1, 1);
            for (int modality = 0; modality < 2; modality++) {
                double strength = trial.factor(2 + modality);
                opponents(trial, period, 2 + 2 * modality, strength > 0, 0.05 * Math.abs(strength));
            }
        }

        @Override
        double distancePerStep(SongChoice task, Trial trial) {
            return Math.sqrt(2) * 0.05 * trial.factor(0);
        }
    },

    /**
     * Events seen, heard or both: visual and auditory channels that rise with their frequency, 0.4 + 0.8 (f - 9) / 7, then two that fall
     * with it, 0.4 + 0.8 (16 - f) / 7. Choice 1 is right above 12.5 events per second.
     */
    EVENTS(
            List.of(
                    new Group("visual", 0, 1),
                    new Group("auditory", 1, 1),
                    new Group("visual-falling", 2, 1),
                    new Group("auditory-falling", 3, 1)),
            List.of(
                    new Factor("distance", "1/s", "how far the frequency is from the boundary"),
                    new Factor("modality", "", "how events are shown, 1: seen, 2: heard, 3: both"),
                    new Factor("frequency", "1/s", "events per second"))) {
        private static final double SLOPE = 0.8 / 7;

        @Override
        void plan(UniformRandomProvider random, SongChoice task, Trial into) {
            double frequency = one(random, task.values());
            into.setAnswer(frequency > BOUNDARY ? 1 : 2);
            into.setFactor(0, Math.abs(frequency - BOUNDARY));
            into.setFactor(1, 1 + random.nextInt(3));
            into.setFactor(2, frequency);
        }

        @Override
        void show(SongChoice task, Trial trial, int period) {
            for (int modality = 0; modality < 2; modality++) {
                if (((int) trial.factor(1) & 1 << modality) != 0) {
                    trial.paint(period, modality, 0.4 + SLOPE * (trial.factor(2) - 9));
                    trial.paint(period, modality + 2, 0.4 + SLOPE * (16 - trial.factor(2)));
                }
            }
        }

        /** Twice the distance from the boundary; exact where frequencies lie as far above it as below it. */
        @Override
        double distancePerStep(SongChoice task, Trial trial) {
            int channels = trial.factor(1) == 3 ? 4 : 2;
            return 2 * SLOPE * trial.factor(0) * Math.sqrt(channels);
        }
    },

    /** Two vibrations, one after the other. */
    VIBRATIONS(List.of(new Group("rising", 0, 1), new Group("falling", 1, 1)), Vibration.FACTORS) {
        @Override
        void plan(UniformRandomProvider random, SongChoice task, Trial into) {
            Vibration.plan(random, task.values(), task.difference(), into);
        }

        @Override
        void show(SongChoice task, Trial trial, int period) {
            Vibration.show(trial, period, trial.factor(period == SongKind.FIRST_SHOWN ? 0 : 1));
        }

        /** That of a pair from the same in the other order; exact where both are shown for equally long. */
        @Override
        double distancePerStep(SongChoice task, Trial trial) {
            return Vibration.distance(task.difference());
        }
    };

    /** Events per second above which choice 1 is right. */
    static final double BOUNDARY = 12.5;

    private final List<Group> inputs;
    private final List<Factor> factors;

    SongEvidence(List<Group> inputs, List<Factor> factors) {
        this.inputs = inputs;
        this.factors = factors;
    }

    List<Group> inputs() {
        return inputs;
    }

    List<Factor> factors() {
        return factors;
    }

    /** Draws the factors and the answer. */
    abstract void plan(UniformRandomProvider random, SongChoice task, Trial into);

    /** Shows it in a period. */
    abstract void show(SongChoice task, Trial trial, int period);

    /** How far what one step shows is from what it shows where the other choice is right. */
    abstract double distancePerStep(SongChoice task, Trial trial);

    /** Evidence on two channels, around 1/2: the first of them has more, or the second. */
    private static void opponents(Trial trial, int period, int channel, boolean first, double difference) {
        trial.paint(period, channel, (first ? 1 + difference : 1 - difference) / 2);
        trial.paint(period, channel + 1, (first ? 1 - difference : 1 + difference) / 2);
    }

    private static double one(UniformRandomProvider random, List<Double> values) {
        return values.get(random.nextInt(values.size()));
    }
}
