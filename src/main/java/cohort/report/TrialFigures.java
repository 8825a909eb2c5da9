package cohort.report;

import cohort.task.Group;
import cohort.task.Outputs;
import cohort.task.Signature;
import cohort.task.Timeline;
import cohort.task.Trial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A trial of any task: what it shows, what it asks for, how much that counts, and what a network's outputs are. */
public final class TrialFigures {
    /** More channels than this are drawn as a map. */
    private static final int MOST_CURVES = 6;

    private static final int PLOT_HEIGHT = 170;
    private static final int CHART_HEIGHT = 250;

    private TrialFigures() {}

    /**
     * One figure with a panel each for the inputs, the targets, the loss weights of outputs at steps, if they are not all alike, and the outputs.
     *
     * @param name file name without ending
     * @param labels of the conditions beside each other
     * @param periodWeights loss weight of each period, in their order
     * @param outputs of a network in this trial, if there is one
     */
    public static Figure of(
            String name, Trial trial, ConditionLabels labels, List<Double> periodWeights, Optional<Outputs> outputs) {
        Signature task = trial.signature();
        float[] inputs = trial.copyInputs(); // figures are painted later, when the trial may be another one
        float[] targets = Arrays.copyOf(trial.targets(), trial.steps() * trial.outputs());
        int channels = trial.channels();
        int width = trial.outputs();
        List<Figure> panels = new ArrayList<>();
        panels.add(panel("input", channels(task.inputs()), (step, c) -> inputs[step * channels + c], trial));
        panels.add(panel("target", channels(task.outputs()), (step, o) -> targets[step * width + o], trial));
        float[][] weights = weights(trial, periodWeights);
        if (differ(weights)) {
            List<String> groups = task.outputs().stream().map(Group::name).toList();
            panels.add(panel("loss weight", groups, (step, g) -> weights[step][g], trial));
        }
        outputs.ifPresent(all -> panels.add(panel("output", channels(task.outputs()), all::at, trial)));
        String caption = "Trial " + trial.index() + ", " + labels.of(trial.condition()) + ": what it shows and asks for"
                + (outputs.isPresent() ? ", and the network's outputs." : ".");
        return Figure.stacked(name, caption, panels);
    }

    /** How much an error counts, [step][group of outputs]. */
    private static float[][] weights(Trial trial, List<Double> periodWeights) {
        List<Group> groups = trial.signature().outputs();
        float[][] weights = new float[trial.steps()][groups.size()];
        int period = 0;
        for (int step = 0; step < weights.length; step++) {
            while (step >= trial.end(period)) {
                period++;
            }
            for (int g = 0; g < weights[step].length; g++) {
                weights[step][g] = trial.weights()[step]
                        * periodWeights.get(period).floatValue()
                        * groups.get(g).lossWeight();
            }
        }
        return weights;
    }

    private static boolean differ(float[][] weights) {
        for (float[] step : weights) {
            for (float weight : step) {
                if (weight != weights[0][0]) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<String> channels(List<Group> groups) {
        List<String> channels = new ArrayList<>();
        for (Group group : groups) {
            for (int i = 0; i < group.size(); i++) {
                channels.add(group.size() == 1 ? group.name() : group.name() + " " + i);
            }
        }
        return channels;
    }

    private static Figure panel(String label, List<String> channels, Cells values, Trial trial) {
        double dt = trial.signature().dtMillis();
        Timeline timeline = trial.timeline();
        List<PeriodSpan> periods = timeline.periods().stream()
                .map(period -> new PeriodSpan(period, timeline.start(period), timeline.end(period)))
                .toList();
        if (channels.size() <= MOST_CURVES) {
            return TrialFigure.of("", "", label, channels, values, dt, periods, CHART_HEIGHT);
        }
        Cells rows = (channel, step) -> values.at(step, channel);
        ColorScale scale = UnitActivityFigure.scale(ColorScale.values(channels.size(), trial.steps(), rows));
        HeatMap map = new HeatMap(
                new HeatMap.Values(channels.size(), trial.steps(), rows, scale, label, ""),
                HeatMap.Axis.ofTime(trial.steps(), dt),
                new HeatMap.Axis(label + " channel", HeatMap.ranks(channels.size(), 6)),
                PLOT_HEIGHT,
                periods,
                false);
        return map.figure("", "");
    }
}
