package cohort.task.library.degeneracy;

import cohort.config.Settings;
import cohort.task.Answer;
import cohort.task.ChoiceRule;
import cohort.task.Duration;
import cohort.task.Factor;
import cohort.task.Group;
import cohort.task.Outputs;
import cohort.task.Psychometry;
import cohort.task.Response;
import cohort.task.Signature;
import cohort.task.Task;
import cohort.task.Timing;
import cohort.task.Trial;
import cohort.task.parts.Values;
import java.util.List;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Delayed discrimination of two pulses, in the form of Huang et al. (2025, <a href="https://arxiv.org/abs/2410.03972">arXiv</a>): each has
 * an amplitude, and after the second one the output is to be 1 if the first was larger, and -1 if the second was; 0 before. Amplitudes
 * differ, and all pairs are equally likely.
 *
 * @param timing its periods: before, first (a pulse), delay, second (the other one) and decision
 * @param amplitudes which there are, at least two
 */
record PulseDiscrimination(Timing timing, List<Double> amplitudes) implements Task {
    static final String NAME = "delayed-discrimination";

    private static final int FIRST = 1;
    private static final int DELAY = 2;
    private static final int SECOND = 3;
    private static final int DECISION = 4;

    /** Places of what is drawn besides: the two amplitudes. */
    static final int AMPLITUDES = 0;

    PulseDiscrimination {
        timing.requireStep(FIRST, SECOND, DECISION);
        amplitudes = List.copyOf(amplitudes);
        if (amplitudes.size() < 2) {
            throw new IllegalArgumentException("there are fewer than two amplitudes: " + amplitudes);
        }
    }

    static Task of(Settings settings) {
        Timing timing = Timing.of(settings, "before", "first", "delay", "second", "decision");
        List<Double> amplitudes =
                Values.of(settings, "task.amplitudes", "numbers from -1000 to 1000", v -> Math.abs(v) <= 1000);
        if (amplitudes.size() < 2) {
            throw settings.error("task.amplitudes", "must be two or more");
        }
        return settings.within("task.timing", () -> new PulseDiscrimination(timing, amplitudes));
    }

    @Override
    public Signature signature() {
        return new Signature(
                NAME,
                timing.dtMillis(),
                List.of(new Group("pulses", 0, 1)),
                List.of(new Group("sign", 0, 1)),
                timing.periods(),
                List.of(
                        new Factor("difference", "", "by how much one amplitude is larger"),
                        new Factor("delay", "ms", "time between the pulses, where it is one of a list")));
    }

    @Override
    public void plan(UniformRandomProvider random, Trial into) {
        int first = random.nextInt(amplitudes.size());
        int second = random.nextInt(amplitudes.size() - 1);
        second += second >= first ? 1 : 0;
        double difference = amplitudes.get(first) - amplitudes.get(second);
        into.setDrawn(AMPLITUDES, amplitudes.get(first));
        into.setDrawn(AMPLITUDES + 1, amplitudes.get(second));
        into.setAnswer(difference > 0 ? 1 : 2);
        timing.draw(random, into);
        Duration delay = timing.duration(DELAY);
        into.setFactor(0, Math.abs(difference));
        into.setFactor(1, delay.isContinuous() ? Double.NaN : into.steps(DELAY) * timing.dtMillis());
    }

    @Override
    public void show(UniformRandomProvider random, Trial trial) {
        trial.paint(FIRST, 0, trial.drawn(AMPLITUDES));
        trial.paint(SECOND, 0, trial.drawn(AMPLITUDES + 1));
        trial.target(DECISION, 0, trial.answer() == 1 ? 1 : -1);
    }

    @Override
    public Response response(ChoiceRule rule) {
        return new Sign(rule);
    }

    @Override
    public Optional<Psychometry> psychometry() {
        return Optional.of(new Psychometry("difference", "second", 1));
    }

    /** Choice 1 if the output is positive, else choice 2. */
    private record Sign(ChoiceRule rule) implements Response {
        @Override
        public int choices() {
            return 2;
        }

        @Override
        public double chance() {
            return 0.5;
        }

        @Override
        public Answer read(Trial trial, Outputs outputs) {
            int first = rule == ChoiceRule.LAST_STEP ? trial.steps() - 1 : trial.start(DECISION);
            double sum = 0;
            for (int step = first; step < trial.steps(); step++) {
                sum += outputs.at(step, 0);
            }
            int choice = sum > 0 ? 1 : 2;
            return Answer.choice(choice, choice == trial.answer());
        }
    }
}
