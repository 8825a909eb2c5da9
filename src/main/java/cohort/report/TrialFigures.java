package cohort.report;

import cohort.task.Group;
import cohort.task.Signature;
import cohort.task.Timeline;
import cohort.task.Trial;
import java.util.ArrayList;
import java.util.List;

/** A trial of any task: what it shows, and what it asks for. */
public final class TrialFigures {
    /** More channels than this are drawn as a map. */
    private static final int MOST_CURVES = 6;

    private static final int PLOT_HEIGHT = 250;

    private TrialFigures() {}

    /** Two figures, of the inputs and of the targets. */
    public static List<Figure> of(Trial trial) {
        Signature task = trial.signature();
        String whose = "trial " + trial.index() + ", "
                + ConditionLabels.of(task.factors(), List.of(trial.condition())).of(trial.condition());
        float[] inputs = trial.inputs();
        float[] targets = trial.targets();
        int channels = trial.channels();
        int outputs = trial.outputs();
        return List.of(
                figure(
                        "trial-inputs",
                        "What the network sees in " + whose + ".",
                        "input",
                        task.inputs(),
                        (step, channel) -> inputs[step * channels + channel],
                        trial),
                figure(
                        "trial-targets",
                        "What its outputs should be in " + whose + ".",
                        "target",
                        task.outputs(),
                        (step, output) -> targets[step * outputs + output],
                        trial));
    }

    private static Figure figure(
            String name, String caption, String label, List<Group> groups, Cells values, Trial trial) {
        double dt = trial.signature().dtMillis();
        List<String> channels = new ArrayList<>();
        for (Group group : groups) {
            for (int i = 0; i < group.size(); i++) {
                channels.add(group.size() == 1 ? group.name() : group.name() + " " + i);
            }
        }
        Timeline timeline = trial.timeline();
        List<PeriodSpan> periods = timeline.periods().stream()
                .map(period -> new PeriodSpan(period, timeline.start(period), timeline.end(period)))
                .toList();
        if (channels.size() <= MOST_CURVES) {
            return TrialFigure.of(name, caption, label, channels, values, dt, periods);
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
        return map.figure(name, caption);
    }
}
