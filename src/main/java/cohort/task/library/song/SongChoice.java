package cohort.task.library.song;

import cohort.task.Batching;
import cohort.task.ChoiceRule;
import cohort.task.Duration;
import cohort.task.Factor;
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
import cohort.task.parts.SignalDistance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * The choice tasks of Song, Yang and Wang (2016, <a href="https://doi.org/10.1371/journal.pcbi.1004792">doi</a>): evidence for one of two
 * choices is shown after fixation, and the choice asked for in the decision. Each has two outputs, which are to be {@value
 * SongKind#LOW} in fixation; in the decision the one that is right is to be high. What lies between counts for nothing.
 *
 * <p>In a catch trial nothing is shown, and both outputs are to stay low throughout: it is all fixation. There is nothing to be right
 * about in it, so that it counts neither in the accuracy nor in the efficiency.
 *
 * @param kind which of the tasks
 * @param timing its periods, each but the fixation of at least one step
 * @param catchDuration duration of a catch trial, at least one step
 * @param catchFraction fraction of catch trials
 * @param grid how durations become steps
 * @param inputs what is added to all inputs
 * @param values what is drawn with equal probability: coherences in percent, events per second, or the faster of two vibrations in Hz
 * @param difference of the two vibrations in Hz
 */
record SongChoice(
        SongKind kind,
        Timing timing,
        Duration catchDuration,
        double catchFraction,
        SongGrid grid,
        SongInputs inputs,
        List<Double> values,
        double difference)
        implements Task {
    private static final int FIXATION = 0;

    /** Of the reaction time: an output above this has decided. */
    private static final double CROSSING = 1;

    SongChoice {
        for (int period = FIXATION; period <= kind.decision(); period++) {
            if (!timing.periods().get(period).name().equals("delay")) {
                timing.requireStep(period);
            }
        }
        catchDuration.requireStep("catch", timing.dtMillis());
        values = List.copyOf(values);
        if (values.isEmpty() || values.stream().distinct().count() != values.size()) {
            throw new IllegalArgumentException("values are none, or one is there twice: " + values);
        }
    }

    @Override
    public Signature signature() {
        List<Group> channels = new ArrayList<>(kind.evidence().inputs());
        if (!kind.cued().isEmpty()) {
            channels.add(new Group("start", cue(), 1));
        }
        List<Factor> factors = new ArrayList<>(kind.evidence().factors());
        factors.add(new Factor("catch", "", "1: nothing is shown and nothing asked for; 0: a trial like others"));
        return new Signature(
                kind.taskName(), timing.dtMillis(), channels, List.of(new Group("choice", 0, 2)), periods(), factors);
    }

    /** Channel of the cue: the one after those of the evidence. */
    private int cue() {
        List<Group> evidence = kind.evidence().inputs();
        return evidence.get(evidence.size() - 1).end();
    }

    /** Place of the factor that says whether it is a catch trial: the last one. */
    private int catchFactor() {
        return kind.evidence().factors().size();
    }

    /** Periods between whose bounds all trials are: a catch trial is all fixation. */
    private List<PeriodSpec> periods() {
        List<PeriodSpec> periods = new ArrayList<>(grid.periods(timing));
        if (catchFraction > 0) {
            Duration fixation = periods.get(FIXATION).duration();
            periods.replaceAll(period -> new PeriodSpec(
                    period.name(), new Duration.Uniform(0, period.duration().maxMillis())));
            periods.set(
                    FIXATION,
                    new PeriodSpec(
                            "fixation",
                            new Duration.Uniform(
                                    Math.max(
                                            timing.dtMillis(),
                                            Math.min(fixation.minMillis(), catchDuration.minMillis())),
                                    Math.max(fixation.maxMillis(), catchDuration.maxMillis()))));
        }
        return periods;
    }

    @Override
    public void plan(UniformRandomProvider random, Trial into) {
        boolean isCatch = random.nextDouble() < catchFraction;
        into.setFactor(catchFactor(), isCatch ? 1 : 0);
        if (!isCatch) {
            kind.evidence().plan(random, this, into);
            grid.draw(random, timing, into);
            return;
        }
        into.setAnswer(0);
        for (int factor = 0; factor < catchFactor(); factor++) {
            into.setFactor(factor, Double.NaN);
        }
        into.setSteps(FIXATION, timing.steps(catchDuration.sampleMillis(random)));
        for (int period = FIXATION + 1; period <= kind.decision(); period++) {
            into.setSteps(period, 0);
        }
    }

    @Override
    public void show(UniformRandomProvider random, Trial trial) {
        int decision = kind.decision();
        if (trial.answer() > 0) {
            kind.shown().forEach(period -> kind.evidence().show(this, trial, period));
            kind.cued().forEach(period -> trial.paint(period, cue(), 1));
            for (int period = FIXATION + 1; period < decision; period++) {
                trial.weight(period, 0);
            }
            trial.target(decision, trial.answer() - 1, kind.high());
            trial.target(decision, 2 - trial.answer(), SongKind.LOW);
        }
        trial.target(FIXATION, 0, SongKind.LOW);
        trial.target(FIXATION, 1, SongKind.LOW);
        inputs.addTo(random, trial);
    }

    @Override
    public Response response(ChoiceRule rule) {
        double raised = (kind.high() + SongKind.LOW) / 2;
        boolean isTimed = kind == SongKind.RDM_RT;
        return new LargestChoice(
                2,
                rule,
                kind.decision(),
                raised,
                isTimed ? SongKind.FIRST_SHOWN : kind.decision(),
                isTimed ? CROSSING : Double.NaN);
    }

    @Override
    public Optional<IdealObserver> ideal() {
        return Optional.of(new Observer(this));
    }

    @Override
    public Optional<Psychometry> psychometry() {
        String strength = kind.evidence().factors().get(0).name();
        return kind.hasStrength() ? Optional.of(new Psychometry(strength, "stimulus", 1)) : Optional.empty();
    }

    /**
     * Who adds up all that is shown. In a catch trial nobody does better than chance, which is what keeps such trials out of the accuracy
     * over all conditions. Where inputs below 0 are cut off they say a little less than this observer sees, if the noise is so strong.
     */
    private record Observer(SongChoice task) implements IdealObserver {
        @Override
        public double accuracy(Trial trial) {
            if (trial.answer() == 0) {
                return 0.5;
            }
            int shown = task.kind.shown().stream().mapToInt(trial::steps).sum();
            double distance = task.kind.evidence().distancePerStep(task, trial) * Math.sqrt(shown);
            return SignalDistance.accuracy(distance, task.inputs.sd(task.timing.dtMillis()));
        }

        /** Nobody knows: the tasks ask for values. */
        @Override
        public double lowestCrossEntropy(Batching batching, long seed) {
            return Double.NaN;
        }
    }
}
