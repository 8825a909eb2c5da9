package cohort.task;

import com.fasterxml.jackson.databind.JsonNode;

/** Compares a trial of ours, value by value, with one that a file has. */
public final class SegmentComparison {
    private static final double TOLERANCE = 1e-6;

    private final GoldenComparison comparison;

    public SegmentComparison(GoldenComparison comparison) {
        this.comparison = comparison;
    }

    /** With a trial in segments: inputs, targets and mask hold from a step until the next segment. */
    public void segments(String what, Trial ours, JsonNode golden) {
        JsonNode segments = golden.get("segments");
        int steps = golden.get("steps").intValue();
        comparison.values(what + " steps", ours.steps(), steps, 0);
        for (int s = 0; s < segments.size(); s++) {
            JsonNode segment = segments.get(s);
            int end = s + 1 < segments.size()
                    ? segments.get(s + 1).get("from_step").intValue()
                    : steps;
            comparison.values(
                    what + " channels", ours.channels(), segment.get("input").size(), 0);
            comparison.values(
                    what + " outputs", ours.outputs(), segment.get("target").size(), 0);
            for (int step = segment.get("from_step").intValue(); step < Math.min(end, ours.steps()); step++) {
                String at = what + " step " + step;
                row(at + " input", ours.inputs(), step, ours.channels(), segment.get("input"));
                row(at + " target", ours.targets(), step, ours.outputs(), segment.get("target"));
                for (JsonNode mask : segment.get("mask")) {
                    comparison.values(at + " mask", ours.weights()[step], mask.doubleValue(), TOLERANCE);
                }
            }
        }
    }

    /** With targets of all steps, [step][output] or [step]; each step counts once. */
    public void targets(String what, Trial ours, JsonNode golden) {
        double[][] rows = ExactTrials.rows(golden);
        comparison.values(what + " steps", ours.steps(), rows.length, 0);
        for (int step = 0; step < Math.min(rows.length, ours.steps()); step++) {
            comparison.values(what + " outputs", ours.outputs(), rows[step].length, 0);
            for (int output = 0; output < Math.min(ours.outputs(), rows[step].length); output++) {
                comparison.values(
                        what + " step " + step + " target " + output,
                        ours.targets()[step * ours.outputs() + output],
                        rows[step][output],
                        TOLERANCE);
            }
            comparison.values(what + " step " + step + " mask", ours.weights()[step], 1, 0);
        }
    }

    private void row(String what, float[] ours, int step, int width, JsonNode golden) {
        for (int i = 0; i < Math.min(width, golden.size()); i++) {
            comparison.values(
                    what + " " + i, ours[step * width + i], golden.get(i).doubleValue(), TOLERANCE);
        }
    }
}
