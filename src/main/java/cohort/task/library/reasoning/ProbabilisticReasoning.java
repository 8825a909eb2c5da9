package cohort.task.library.reasoning;

import cohort.config.Settings;
import cohort.task.ChoiceRule;
import cohort.task.Factor;
import cohort.task.Group;
import cohort.task.IdealObserver;
import cohort.task.LargestOutput;
import cohort.task.PeriodSpec;
import cohort.task.Response;
import cohort.task.Signature;
import cohort.task.Task;
import cohort.task.Timing;
import cohort.task.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Probabilistic reasoning: shapes appear one after the other, each of which speaks for one of two choices by a weight, and the right one is
 * drawn with the odds that they add up to. The task of Yang and Shadlen (2007, <a href="https://doi.org/10.1038/nature05852">doi</a>) in
 * the form of neurogym's {@code ProbabilisticReasoning}.
 *
 * <p>With L locations and S shapes, inputs are fixation, 1 until the decision, and S channels for each location, of which the one of its
 * shape is 1 from the shape's period to the end of the last one; without noise. Locations are filled in any order, each once, by shapes
 * that can come again. Outputs are fixate and the choices 1 and 2; with s the sum of the weights
 *
 * <pre>P(2 is right) = 1 / (1 + 10^-s)</pre>
 *
 * <p>The right answer itself is drawn, so that nobody is always right: see {@link ShapeObserver}.
 *
 * @param timing durations of fixation, of a shape, of delay and decision
 * @param weights of the shapes, decimal logarithms of odds
 * @param locations number of locations, and of shapes in a trial, from 1 to {@value #MOST_LOCATIONS}
 */
public record ProbabilisticReasoning(Timing timing, List<Double> weights, int locations) implements Task {
    /** The name in configurations and tables. */
    public static final String NAME = "probabilistic-reasoning";

    /** Most locations, so that there are names for the weights of all periods. */
    static final int MOST_LOCATIONS = 8;

    /** Most shapes: the sums of their weights are counted. */
    private static final int MOST_SHAPES = 20;

    /** Places in the timing. */
    private static final int FIXATION = 0;

    private static final int SHAPE = 1;
    private static final int DELAY = 2;
    private static final int DECISION = 3;

    private static final int EVIDENCE = 0;

    /** Evidence above this, in logarithms of odds, is of one class. */
    private static final double MOST_EVIDENCE = 3;

    public ProbabilisticReasoning {
        weights = List.copyOf(weights);
        timing.requireStep(SHAPE, DECISION);
        if (weights.isEmpty()
                || weights.size() > MOST_SHAPES
                || weights.stream().anyMatch(weight -> !Double.isFinite(weight))) {
            throw new IllegalArgumentException(
                    "weights of the shapes are not 1 to " + MOST_SHAPES + " numbers: " + weights);
        }
        if (locations < 1 || locations > MOST_LOCATIONS) {
            throw new IllegalArgumentException(
                    "number of locations is not from 1 to " + MOST_LOCATIONS + ": " + locations);
        }
    }

    @Override
    public Signature signature() {
        List<Group> inputs = new ArrayList<>(List.of(new Group("fixation", 0, 1)));
        List<PeriodSpec> periods = new ArrayList<>(List.of(timing.periods().get(FIXATION)));
        for (int place = 0; place < locations; place++) {
            inputs.add(new Group("loc" + place, channel(place, 0), weights.size()));
            periods.add(new PeriodSpec("stimulus" + place, timing.duration(SHAPE)));
        }
        periods.add(timing.periods().get(DELAY));
        periods.add(timing.periods().get(DECISION));
        return new Signature(
                NAME,
                timing.dtMillis(),
                inputs,
                List.of(new Group("choice", 0, 3)),
                periods,
                List.of(new Factor(
                        "evidence",
                        "log10 odds",
                        "for one of the choices, to the nearest half; " + (int) MOST_EVIDENCE + " is that or more")));
    }

    private int channel(int location, int shape) {
        return 1 + location * weights.size() + shape;
    }

    /** Place of the decision among the periods of a trial. */
    int decision() {
        return locations + 2;
    }

    /** Where a trial has the location of its i-th shape. */
    int locationAt(int i) {
        return i;
    }

    /** Where a trial has its i-th shape. */
    int shapeAt(int i) {
        return locations + i;
    }

    @Override
    public void plan(UniformRandomProvider random, Trial into) {
        for (int i = 0;
                i < locations;
                i++) { // a random order: each is put before or in the place of one of those before it
            int j = random.nextInt(i + 1);
            into.setDrawn(locationAt(i), j == i ? i : into.drawn(locationAt(j)));
            into.setDrawn(locationAt(j), i);
        }
        for (int i = 0; i < locations; i++) {
            into.setDrawn(shapeAt(i), random.nextInt(weights.size()));
        }
        double sum = sum(into);
        into.setFactor(EVIDENCE, Math.min(MOST_EVIDENCE, Math.round(2 * Math.abs(sum)) / 2.0));
        into.setAnswer(random.nextDouble() < ShapeObserver.probability(sum) ? 2 : 1);
        into.setSteps(0, timing.drawSteps(random, FIXATION));
        for (int i = 0; i < locations; i++) {
            into.setSteps(1 + i, timing.drawSteps(random, SHAPE));
        }
        into.setSteps(locations + 1, timing.drawSteps(random, DELAY));
        into.setSteps(decision(), timing.drawSteps(random, DECISION));
    }

    /** Sum of the weights of a trial's shapes. */
    double sum(Trial trial) {
        double sum = 0;
        for (int i = 0; i < locations; i++) {
            sum += weights.get((int) trial.drawn(shapeAt(i)));
        }
        return sum;
    }

    @Override
    public void show(UniformRandomProvider random, Trial trial) {
        int decision = decision();
        trial.paintSteps(0, trial.start(decision), 0, 1);
        for (int i = 0; i < locations; i++) {
            int channel = channel((int) trial.drawn(locationAt(i)), (int) trial.drawn(shapeAt(i)));
            trial.paintSteps(trial.start(1 + i), trial.end(locations), channel, 1);
        }
        trial.targetSteps(0, trial.start(decision), 0, 1);
        trial.target(decision, trial.answer());
    }

    @Override
    public Response response(ChoiceRule rule) {
        return new LargestOutput(2, new ShapeObserver(this).chance(), rule, decision());
    }

    @Override
    public Optional<IdealObserver> ideal() {
        return Optional.of(new ShapeObserver(this));
    }

    /** The task of a configuration that has its keys. */
    static ProbabilisticReasoning of(Settings settings) {
        Timing timing = Timing.of(settings, "fixation", "stimulus", "delay", "decision");
        int locations = (int) settings.integer("task.locations", 1, MOST_LOCATIONS);
        List<Double> weights = settings.numbers("task.shape-weights");
        return settings.within("task.shape-weights", () -> new ProbabilisticReasoning(timing, weights, locations));
    }
}
