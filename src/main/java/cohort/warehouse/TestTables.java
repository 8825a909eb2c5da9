package cohort.warehouse;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.FloatType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;
import static org.apache.spark.sql.types.DataTypes.createMapType;

import cohort.evaluation.Accuracy;
import cohort.evaluation.ChoiceCount;
import cohort.evaluation.TrialActivity;
import cohort.evaluation.TrialOutcome;
import cohort.task.Condition;
import cohort.task.Split;
import java.util.Arrays;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import scala.collection.mutable.LinkedHashMap;

/** The tables of what tests of networks find. */
public final class TestTables {
    static final DataType NUMBERS = createMapType(StringType, DoubleType, false);

    static final String CONDITION = "factors and their values, direction=45, delay=200: the key for GROUP BY and JOIN";
    static final String CONDITIONS = "the same by name of the factor, units in table tasks";
    static final String ANSWER = "right answer, from 1 on; 0: it is right to give none";
    static final String SPLIT = "split the trial belongs to";
    static final String TRIAL = "index of the trial within its split, from 0";
    private static final String CHOICE = "choice of the network, from 1 on; 0: it gave no answer";
    private static final String CORRECT = "whether the network's answer is right";

    /** One row for each held-out trial. */
    public static final Table<OfRun<TrialOutcome>> TRIAL_OUTCOMES = Tables.<TrialOutcome>ofRun("trial_outcomes")
            .with("step", LongType, Tables.STEP, OfRun::step)
            .with("split", StringType, SPLIT, of -> Split.TEST.label())
            .with("task", StringType, Tables.TASK, of -> of.task().name())
            .with("trial", LongType, TRIAL, of -> of.value().trial())
            .with(
                    "steps",
                    IntegerType,
                    "length of the trial, time steps",
                    of -> of.value().steps())
            .with(
                    "condition",
                    StringType,
                    CONDITION,
                    of -> of.value().condition().label())
            .with("conditions", NUMBERS, CONDITIONS, of -> map(of.value().condition()))
            .with("answer", IntegerType, ANSWER, of -> of.value().answer())
            .with("choice", IntegerType, CHOICE, of -> of.value().choice())
            .with(
                    "value",
                    DoubleType,
                    "what the network reported: an angle in degrees, a time in milliseconds; null where choices are all there is",
                    of -> of.value().given().value())
            .with(
                    "response_ms",
                    DoubleType,
                    "when it answered, milliseconds from the start of the trial; null if that does not matter",
                    of -> of.value().given().responseMillis())
            .with("correct", BooleanType, CORRECT, of -> of.value().correct())
            .with(
                    "no_response",
                    BooleanType,
                    "whether the network gave no answer",
                    of -> of.value().noResponse());

    /** One row for each condition. */
    public static final Table<OfRun<Map.Entry<Condition, Accuracy>>> CONDITION_ACCURACY =
            Tables.<Map.Entry<Condition, Accuracy>>ofRun("condition_accuracy")
                    .with("step", LongType, Tables.STEP, OfRun::step)
                    .with("task", StringType, Tables.TASK, of -> of.task().name())
                    .with(
                            "condition",
                            StringType,
                            CONDITION,
                            of -> of.value().getKey().label())
                    .with(
                            "conditions",
                            NUMBERS,
                            CONDITIONS,
                            of -> map(of.value().getKey()))
                    .with(
                            "trials",
                            LongType,
                            "held-out trials in this condition",
                            of -> of.value().getValue().trials())
                    .with(
                            "correct",
                            LongType,
                            "trials with the right answer",
                            of -> of.value().getValue().correct())
                    .with(
                            "accuracy",
                            DoubleType,
                            "correct / trials",
                            of -> of.value().getValue().accuracy())
                    .with(
                            "wilson_low",
                            DoubleType,
                            "lower end of the accuracy's 95 % Wilson interval",
                            of -> Math.max(0, of.value().getValue().wilson().getLowerBound()))
                    .with(
                            "wilson_high",
                            DoubleType,
                            "upper end of the accuracy's 95 % Wilson interval",
                            of -> of.value().getValue().wilson().getUpperBound())
                    .with(
                            "no_response",
                            LongType,
                            "trials in which the network gave no answer",
                            of -> of.value().getValue().noResponse())
                    .with(
                            "chance",
                            DoubleType,
                            "fraction of right answers of who guesses",
                            of -> of.value().getValue().chance())
                    .with(
                            "ideal",
                            DoubleType,
                            "accuracy that can be expected of the ideal observer in these trials; null if none is known",
                            of -> of.value().getValue().ideal())
                    .with(
                            "efficiency",
                            DoubleType,
                            "accuracy above chance / what is possible above chance: the ideal's, or 1 if none is known; null where nobody can do better than chance",
                            of -> of.value().getValue().efficiency());

    /** One row for each choice in each condition. */
    public static final Table<OfRun<ChoiceCount>> CHOICE_COUNTS = Tables.<ChoiceCount>ofRun("choice_counts")
            .with("step", LongType, Tables.STEP, OfRun::step)
            .with("task", StringType, Tables.TASK, of -> of.task().name())
            .with(
                    "condition",
                    StringType,
                    CONDITION,
                    of -> of.value().condition().label())
            .with("conditions", NUMBERS, CONDITIONS, of -> map(of.value().condition()))
            .with("answer", IntegerType, ANSWER, of -> of.value().answer())
            .with("choice", IntegerType, CHOICE, of -> of.value().choice())
            .with(
                    "trials",
                    LongType,
                    "held-out trials of this condition and answer that ended in this choice",
                    of -> of.value().trials());

    /** One row for each psychometric function fitted, to one network or to all of a sweep's setting. */
    public static final Table<FittedFunction> PSYCHOMETRIC_FITS = Table.<FittedFunction>named("psychometric_fits")
            .with(
                    "run_id",
                    StringType,
                    "run whose choices were fitted; null: those of all seeds of a setting together",
                    of -> of.subject().runId())
            .with(
                    "seed",
                    LongType,
                    "experiment seed of the run; null for several",
                    of -> of.subject().seed())
            .with(
                    "sweep",
                    StringType,
                    "name of the sweep whose seeds were fitted together; null for one run",
                    of -> of.subject().sweep())
            .with(
                    "setting",
                    StringType,
                    "the setting whose seeds were fitted together; null for one run",
                    of -> of.subject().setting())
            .with(
                    "networks",
                    IntegerType,
                    "networks whose trials were fitted together",
                    of -> of.subject().networks())
            .with("task", StringType, Tables.TASK, of -> of.evidence().task())
            .with(
                    "factor",
                    StringType,
                    "factor whose values are the strength of the evidence",
                    of -> of.evidence().factor())
            .with(
                    "kind",
                    StringType,
                    "choice (fraction of the positive choice against signed strength) or accuracy (fraction correct against strength)",
                    of -> of.fit().kind().label())
            .with(
                    "function",
                    StringType,
                    "cumulative-gaussian, logistic or weibull",
                    of -> of.fit().function().label())
            .with(
                    "status",
                    StringType,
                    "fitted, or why there are no numbers",
                    of -> of.fit().status().label())
            .with(
                    "trials",
                    LongType,
                    "trials the function was fitted to",
                    of -> of.fit().trials())
            .with(
                    "bias",
                    DoubleType,
                    "signed strength of equally many choices of both kinds, unit of the factor; null for accuracy",
                    of -> of.fit().bias())
            .with(
                    "bias_low",
                    DoubleType,
                    "lower end of the bias' 95 % bootstrap interval",
                    of -> of.fit().intervals().biasLow())
            .with(
                    "bias_high",
                    DoubleType,
                    "upper end of the bias' 95 % bootstrap interval",
                    of -> of.fit().intervals().biasHigh())
            .with(
                    "threshold",
                    DoubleType,
                    "strength of 75 % correct were there no lapses and no bias (two choices), unit of the factor",
                    of -> of.fit().threshold())
            .with(
                    "threshold_low",
                    DoubleType,
                    "lower end of the threshold's 95 % bootstrap interval",
                    of -> of.fit().intervals().thresholdLow())
            .with(
                    "threshold_high",
                    DoubleType,
                    "upper end of the threshold's 95 % bootstrap interval",
                    of -> of.fit().intervals().thresholdHigh())
            .with(
                    "slope",
                    DoubleType,
                    "slope of the function itself at its middle, per unit of the factor",
                    of -> of.fit().slope())
            .with(
                    "slope_low",
                    DoubleType,
                    "lower end of the slope's 95 % bootstrap interval",
                    of -> of.fit().intervals().slopeLow())
            .with(
                    "slope_high",
                    DoubleType,
                    "upper end of the slope's 95 % bootstrap interval",
                    of -> of.fit().intervals().slopeHigh())
            .with(
                    "guess",
                    DoubleType,
                    "fraction of responses at the lower end; for accuracy it is chance",
                    of -> of.fit().guess())
            .with(
                    "lapse",
                    DoubleType,
                    "fraction missing at the upper end",
                    of -> of.fit().lapse())
            .with(
                    "deviance",
                    DoubleType,
                    "twice the log-likelihood that is lost against a perfect fit",
                    of -> of.fit().deviance())
            .with(
                    "deviance_p",
                    DoubleType,
                    "fraction of bootstrap samples with at least this deviance: small is a bad fit",
                    of -> of.fit().intervals().deviancePValue())
            .with(
                    "ideal_threshold",
                    DoubleType,
                    "threshold of the ideal observer on the same trials, unit of the factor",
                    of -> of.ideal().map(fit -> fit.threshold()))
            .with(
                    "ideal_slope",
                    DoubleType,
                    "slope of the ideal observer on the same trials, per unit of the factor",
                    of -> of.ideal().map(fit -> fit.slope()));

    /**
     * A step of a recorded trial.
     *
     * @param trial what was recorded
     * @param step time step within the trial
     */
    record ActivityStep(TrialActivity trial, int step) {
        float[] rates() {
            int from = step * trial.units();
            return Arrays.copyOfRange(trial.states(), from, from + trial.units());
        }
    }

    /** One row for each time step of each recorded trial. */
    public static final Table<OfRun<ActivityStep>> ACTIVITY = Tables.<ActivityStep>ofRun("activity")
            .with("split", StringType, SPLIT, of -> Split.TEST.label())
            .with("task", StringType, Tables.TASK, of -> of.task().name())
            .with("trial", LongType, TRIAL, of -> of.value().trial().outcome().trial())
            .with(
                    "condition",
                    StringType,
                    CONDITION,
                    of -> of.value().trial().outcome().condition().label())
            .with(
                    "conditions",
                    NUMBERS,
                    CONDITIONS,
                    of -> map(of.value().trial().outcome().condition()))
            .with(
                    "answer",
                    IntegerType,
                    ANSWER,
                    of -> of.value().trial().outcome().answer())
            .with(
                    "choice",
                    IntegerType,
                    CHOICE,
                    of -> of.value().trial().outcome().choice())
            .with(
                    "correct",
                    BooleanType,
                    CORRECT,
                    of -> of.value().trial().outcome().correct())
            .with(
                    "step",
                    IntegerType,
                    "time step within the trial, from 0",
                    of -> of.value().step())
            .with(
                    "time_ms",
                    DoubleType,
                    "end of the time step, milliseconds from the beginning of the trial",
                    of -> (of.value().step() + 1) * of.task().dtMillis())
            .with(
                    "period",
                    StringType,
                    "name of the period that the time step belongs to",
                    of -> of.value().trial().timeline().periodAt(of.value().step()))
            .with(
                    "rates",
                    createArrayType(FloatType, false),
                    "hidden state h of each unit after the step, [unit]; an LSTM's cell state c is not kept",
                    of -> of.value().rates());

    private TestTables() {}

    static LinkedHashMap<String, Double> map(Condition condition) {
        return Tables.map(condition.asMap().entrySet(), Map.Entry::getKey, Map.Entry::getValue);
    }
}
