package cohort.cluster;

import cohort.task.Signature;
import cohort.task.Split;
import cohort.task.Trial;
import cohort.task.TrialSource;
import java.io.Serializable;

/** A trial as a row of a trial table. A Java bean, since Spark's bean encoder moves whole float arrays without boxing. */
public final class TrialRow implements Serializable {
    private static final long serialVersionUID = 1;

    private long seed;
    private String split;
    private long trial;
    private int groundTruth;
    private double coherence;
    private int fixationEnd;
    private int stimulusEnd;
    private int delayEnd;
    private int decisionEnd;
    private float[] observations;
    private int[] targets;

    /** Reads a trial, with its observations and targets or without. */
    static TrialRow of(TrialSource source, long seed, Split split, long index, Trial scratch, boolean observations) {
        source.read(index, scratch);
        TrialRow row = new TrialRow();
        row.seed = seed;
        row.split = split.label();
        row.trial = index;
        row.groundTruth = scratch.answer();
        row.coherence = scratch.factor("coherence");
        Signature signature = scratch.signature();
        row.fixationEnd = scratch.end(signature.period("fixation"));
        row.stimulusEnd = scratch.end(signature.period("stimulus"));
        row.delayEnd = scratch.end(signature.period("delay"));
        row.decisionEnd = scratch.end(signature.period("decision"));
        if (observations) {
            row.observations = scratch.copyObservations();
            row.targets = new int[scratch.steps()];
            for (int step = 0; step < row.targets.length; step++) {
                row.targets[step] = scratch.target(step);
            }
        }
        return row;
    }

    /** Writes the trial back into a holder. */
    void copyInto(Trial into) {
        Signature signature = into.signature();
        into.begin(trial);
        into.setAnswer(groundTruth);
        into.setFactor(signature.factor("coherence"), coherence);
        into.setSteps(signature.period("fixation"), fixationEnd);
        into.setSteps(signature.period("stimulus"), stimulusEnd - fixationEnd);
        into.setSteps(signature.period("delay"), delayEnd - stimulusEnd);
        into.setSteps(signature.period("decision"), decisionEnd - delayEnd);
        into.clear();
        into.target(signature.period("decision"), groundTruth);
        System.arraycopy(observations, 0, into.observations(), 0, decisionEnd * into.channels());
    }

    public long getSeed() {
        return seed;
    }

    public void setSeed(long seed) {
        this.seed = seed;
    }

    public String getSplit() {
        return split;
    }

    public void setSplit(String split) {
        this.split = split;
    }

    public long getTrial() {
        return trial;
    }

    public void setTrial(long trial) {
        this.trial = trial;
    }

    public int getGroundTruth() {
        return groundTruth;
    }

    public void setGroundTruth(int groundTruth) {
        this.groundTruth = groundTruth;
    }

    public double getCoherence() {
        return coherence;
    }

    public void setCoherence(double coherence) {
        this.coherence = coherence;
    }

    public int getFixationEnd() {
        return fixationEnd;
    }

    public void setFixationEnd(int fixationEnd) {
        this.fixationEnd = fixationEnd;
    }

    public int getStimulusEnd() {
        return stimulusEnd;
    }

    public void setStimulusEnd(int stimulusEnd) {
        this.stimulusEnd = stimulusEnd;
    }

    public int getDelayEnd() {
        return delayEnd;
    }

    public void setDelayEnd(int delayEnd) {
        this.delayEnd = delayEnd;
    }

    public int getDecisionEnd() {
        return decisionEnd;
    }

    public void setDecisionEnd(int decisionEnd) {
        this.decisionEnd = decisionEnd;
    }

    public float[] getObservations() {
        return observations;
    }

    public void setObservations(float[] observations) {
        this.observations = observations;
    }

    public int[] getTargets() {
        return targets;
    }

    public void setTargets(int[] targets) {
        this.targets = targets;
    }
}
