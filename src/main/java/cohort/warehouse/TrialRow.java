package cohort.warehouse;

import static org.apache.spark.sql.types.DataTypes.FloatType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import cohort.task.Condition;
import cohort.task.Factor;
import cohort.task.Split;
import cohort.task.Trial;
import cohort.task.TrialSource;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A trial as a row of a trial table. A Java bean, since Spark's bean encoder moves whole float arrays without boxing. */
public final class TrialRow implements Serializable {
    private static final long serialVersionUID = 1;

    /** The columns: each is the property of its name, in which underscores are capital letters. */
    static final Table<TrialRow> TABLE = Table.<TrialRow>named("")
            .with("seed", LongType, "experiment seed the trial was generated from", TrialRow::getSeed)
            .with("split", StringType, TestTables.SPLIT, TrialRow::getSplit)
            .with("trial", LongType, TestTables.TRIAL, TrialRow::getTrial)
            .with("task", StringType, "name of the task", TrialRow::getTask)
            .with("condition", StringType, TestTables.CONDITION, TrialRow::getCondition)
            .with("conditions", TestTables.NUMBERS, "the same by name of the factor", TrialRow::getConditions)
            .with("answer", IntegerType, TestTables.ANSWER, TrialRow::getAnswer)
            .with(
                    "period_ends",
                    createArrayType(IntegerType, false),
                    "time step after the last one of each period, in their order",
                    TrialRow::getPeriodEnds)
            .with(
                    "inputs",
                    createArrayType(FloatType, false),
                    "what the network sees, [time step, channel] flattened; null: regenerate it from seed, split and trial",
                    TrialRow::getInputs)
            .with(
                    "targets",
                    createArrayType(FloatType, false),
                    "what its outputs should be, [time step, output] flattened; null with the inputs",
                    TrialRow::getTargets)
            .with(
                    "weights",
                    createArrayType(FloatType, false),
                    "how much each time step counts in the loss, besides the weight of its period; null with the inputs",
                    TrialRow::getWeights);

    private long seed;
    private String split;
    private long trial;
    private String task;
    private String condition;
    private Map<String, Double> conditions;
    private int answer;
    private int[] periodEnds;
    private float[] inputs;
    private float[] targets;
    private float[] weights;

    /** Reads a trial, with what it shows and asks for or without. */
    static TrialRow of(TrialSource source, long seed, Split split, long index, Trial scratch, boolean isWhole) {
        source.read(index, scratch);
        Condition ofTrial = scratch.condition();
        TrialRow row = new TrialRow();
        row.seed = seed;
        row.split = split.label();
        row.trial = index;
        row.task = scratch.signature().name();
        row.condition = ofTrial.label();
        row.conditions = ofTrial.asMap();
        row.answer = scratch.answer();
        row.periodEnds = new int[scratch.signature().periods().size()];
        Arrays.setAll(row.periodEnds, scratch::end);
        if (isWhole) {
            int steps = scratch.steps();
            row.inputs = scratch.copyInputs();
            row.targets = Arrays.copyOf(scratch.targets(), steps * scratch.outputs());
            row.weights = Arrays.copyOf(scratch.weights(), steps);
        }
        return row;
    }

    /** Writes the trial back into a holder. */
    void copyInto(Trial into) {
        into.begin(trial);
        into.setAnswer(answer);
        List<Factor> factors = into.signature().factors();
        for (int f = 0; f < factors.size(); f++) {
            into.setFactor(f, conditions.getOrDefault(factors.get(f).name(), Double.NaN));
        }
        for (int period = 0; period < periodEnds.length; period++) {
            into.setSteps(period, periodEnds[period] - into.start(period));
        }
        into.clear();
        System.arraycopy(inputs, 0, into.inputs(), 0, inputs.length);
        System.arraycopy(targets, 0, into.targets(), 0, targets.length);
        System.arraycopy(weights, 0, into.weights(), 0, weights.length);
    }

    /** Length of the trial in steps. */
    int steps() {
        return periodEnds[periodEnds.length - 1];
    }

    /** Whether both hold the same trial. */
    boolean isSame(TrialRow other) {
        return task.equals(other.task)
                && Objects.equals(conditions, other.conditions)
                && answer == other.answer
                && Arrays.equals(periodEnds, other.periodEnds)
                && Arrays.equals(inputs, other.inputs)
                && Arrays.equals(targets, other.targets)
                && Arrays.equals(weights, other.weights);
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

    public String getTask() {
        return task;
    }

    public void setTask(String task) {
        this.task = task;
    }

    public String getCondition() {
        return condition;
    }

    public void setCondition(String condition) {
        this.condition = condition;
    }

    public Map<String, Double> getConditions() {
        return conditions;
    }

    public void setConditions(Map<String, Double> conditions) {
        this.conditions = conditions;
    }

    public int getAnswer() {
        return answer;
    }

    public void setAnswer(int answer) {
        this.answer = answer;
    }

    public int[] getPeriodEnds() {
        return periodEnds;
    }

    public void setPeriodEnds(int[] periodEnds) {
        this.periodEnds = periodEnds;
    }

    public float[] getInputs() {
        return inputs;
    }

    public void setInputs(float[] inputs) {
        this.inputs = inputs;
    }

    public float[] getTargets() {
        return targets;
    }

    public void setTargets(float[] targets) {
        this.targets = targets;
    }

    public float[] getWeights() {
        return weights;
    }

    public void setWeights(float[] weights) {
        this.weights = weights;
    }
}
