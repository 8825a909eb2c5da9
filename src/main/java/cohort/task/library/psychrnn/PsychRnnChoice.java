package cohort.task.library.psychrnn;

import cohort.task.Batching;
import cohort.task.ChoiceRule;
import cohort.task.Duration;
import cohort.task.Group;
import cohort.task.IdealObserver;
import cohort.task.PeriodSpec;
import cohort.task.Psychometry;
import cohort.task.Response;
import cohort.task.Signature;
import cohort.task.Task;
import cohort.task.Timing;
import cohort.task.Trial;
import cohort.task.parts.LargestChoice;
import cohort.task.parts.Ring;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Choice tasks of PsychRNN (Ehrlich et al. 2021, <a href="https://doi.org/10.1523/ENEURO.0427-20.2020">doi</a>): noisy inputs, then one of
 * several outputs is to be 1 and the others low. All trials are equally long; only the steps that ask for the choice count.
 *
 * @param kind which of the tasks
 * @param timing its periods but the last one, which is what is left of the trial
 * @param durationMillis of a trial
 * @param form repaired, or the original's
 * @param sigma noise of all inputs at all steps; its standard deviation at one step is sigma / sqrt(dt)
 * @param values what is drawn with equal probability: coherences, or the faster of two vibrations in Hz
 * @param difference of the two vibrations in Hz
 * @param units inputs
 * @param categories outputs
 */
record PsychRnnChoice(
        PsychRnnKind kind,
        Timing timing,
        double durationMillis,
        Form form,
        double sigma,
        List<Double> values,
        double difference,
        int units,
        int categories)
        implements Task {
    /** What is made of the original. */
    enum Form {
        /** Noise falls with dt, no step that counts asks for nothing, and each unit of a ring has a direction of its own. */
        REPAIRED,
        /**
         * Noise is sigma sqrt(sqrt(10 dt) / 100), at 10 ms that of the repaired form, and of a ring sigma / (2 sqrt(2) dt); the gap counts,
         * too; the last unit of a ring has the direction of the first; a step is at its number times dt, so that borders between periods
         * are rounded up, and any period can vanish.
         */
        ORIGINAL
    }

    /** Place of the direction among what is drawn besides; durations of the periods, ms, come first. */
    static final int ANGLE = 5;

    PsychRnnChoice {
        values = List.copyOf(values);
        Duration.requireDt(timing.dtMillis());
        if (durationMillis < timing.dtMillis()) {
            throw new IllegalArgumentException("task.duration is shorter than one step: " + durationMillis + " ms");
        }
        boolean asksAtTheEnd = kind.asked() == kind.periods().size();
        if (form == Form.REPAIRED) {
            for (int period : kind.shown()) {
                timing.requireStep(period);
            }
            double longest = asksAtTheEnd ? timing.dtMillis() : 0;
            for (PeriodSpec period : timing.periods()) {
                longest += period.duration().maxMillis();
            }
            if (longest > durationMillis) {
                throw new IllegalArgumentException("periods can take " + longest + " ms"
                        + (asksAtTheEnd ? " with one step for the response" : "") + ", and task.duration is "
                        + durationMillis);
            }
            if (!asksAtTheEnd) {
                timing.requireStep(kind.asked());
            }
        }
    }

    @Override
    public Signature signature() {
        return new Signature(
                kind.taskName(),
                timing.dtMillis(),
                List.of(new Group(kind == PsychRnnKind.CATEGORY ? "ring" : "stimulus", 0, units)),
                List.of(new Group("choice", 0, categories)),
                periods(),
                kind.factors());
    }

    /** Periods between whose bounds those of all trials are. */
    private List<PeriodSpec> periods() {
        List<PeriodSpec> periods = new ArrayList<>();
        double shortest = 0;
        double longest = 0;
        for (PeriodSpec period : timing.periods()) {
            shortest += period.duration().minMillis();
            longest += period.duration().maxMillis();
            periods.add(form == Form.REPAIRED ? period : period.loosened(timing.dtMillis()));
        }
        // What each of the others is floored by is left for the last one.
        double slack = periods.size() * timing.dtMillis();
        double least = form == Form.REPAIRED ? 0 : timing.dtMillis(); // no trial is without steps
        periods.add(new PeriodSpec(
                kind.rest(),
                new Duration.Uniform(
                        Math.max(least, durationMillis - longest), Math.max(0, durationMillis - shortest) + slack)));
        return periods;
    }

    @Override
    public void plan(UniformRandomProvider random, Trial into) {
        kind.plan(random, this, into);
        double dt = timing.dtMillis();
        int steps = form == Form.REPAIRED ? timing.steps(durationMillis) : steps(durationMillis / dt);
        double border = 0;
        int first = 0;
        for (int period = 0; period < timing.periods().size(); period++) {
            double millis = timing.duration(period).sampleMillis(random);
            into.setDrawn(period, millis);
            border += millis;
            int end = form == Form.REPAIRED
                    ? first + timing.steps(millis)
                    : Math.min(steps, kind.firstStepAfter(period, border / dt));
            into.setSteps(period, end - first);
            first = end;
        }
        into.setSteps(timing.periods().size(), steps - first);
    }

    private static int steps(double steps) {
        return (int) Math.ceil(steps - PsychRnnKind.ROUNDING);
    }

    @Override
    public void show(UniformRandomProvider random, Trial trial) {
        for (int period = 0; period <= timing.periods().size(); period++) {
            trial.weight(period, period == kind.asked() ? 1 : 0);
        }
        if (kind == PsychRnnKind.PERCEPTUAL && form == Form.ORIGINAL) {
            trial.weight(kind.asked() - 1, 1); // asks for 0 of both outputs
        }
        kind.shown().forEach(period -> kind.show(this, trial, period));
        for (int output = 0; output < categories; output++) {
            trial.target(kind.asked(), output, output == trial.answer() - 1 ? 1 : kind.low());
        }
        trial.addNoise(random, noise());
    }

    /** Standard deviation of the noise of one channel at one step. */
    double noise() {
        double dt = timing.dtMillis();
        if (form == Form.REPAIRED) {
            return sigma / Math.sqrt(dt);
        }
        return kind == PsychRnnKind.CATEGORY
                ? sigma / (2 * Math.sqrt(2) * dt)
                : sigma * Math.sqrt(Math.sqrt(10 * dt) / 100);
    }

    /** What the ring shows of a direction in radians. */
    float[] ring(double angle) {
        float[] pattern = new float[units];
        for (int unit = 0; unit < units; unit++) {
            pattern[unit] = (float) tuning(unit, angle);
        }
        return pattern;
    }

    /** Number of the category, from 1 on, of a direction in radians, from 0 to 2 pi. */
    int category(double angle) {
        return Math.min(categories, 1 + (int) (angle / (2 * Math.PI / categories)));
    }

    /** The normal density, of standard deviation 1 rad, of the way from a unit's direction to one in radians. */
    double tuning(int unit, double angle) {
        int directions = form == Form.REPAIRED ? units : units - 1;
        double distance = Ring.distance(Ring.angle(unit, directions), angle);
        return Math.exp(-distance * distance / 2) / Math.sqrt(2 * Math.PI);
    }

    @Override
    public Response response(ChoiceRule rule) {
        return new LargestChoice(categories, rule, kind.asked(), 0, kind.asked(), Double.NaN);
    }

    @Override
    public Optional<IdealObserver> ideal() {
        return Optional.of(new Observer(this));
    }

    @Override
    public Optional<Psychometry> psychometry() {
        return kind == PsychRnnKind.PERCEPTUAL
                ? Optional.of(new Psychometry("coherence", "stimulus", 1))
                : Optional.empty();
    }

    /** Who adds up all that is shown. */
    private record Observer(PsychRnnChoice task) implements IdealObserver {
        @Override
        public double accuracy(Trial trial) {
            return task.kind.accuracy(task, trial);
        }

        /** Nobody knows: the tasks ask for values. */
        @Override
        public double lowestCrossEntropy(Batching batching, long seed) {
            return Double.NaN;
        }
    }
}
