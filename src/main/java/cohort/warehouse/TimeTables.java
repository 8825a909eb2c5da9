package cohort.warehouse;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import cohort.evaluation.KernelPoint;
import cohort.task.Group;

/** The tables of behaviour in time. */
public final class TimeTables {
    private static final String MILLIS = ", milliseconds from the onset of the period that response times count from";
    private static final String BOUND =
            " who answers when accumulated evidence reaches a bound, which is such that it takes as long as the network on average"
                    + " over all trials; null if there is no such observer";

    /** One row for the right and one for the wrong answers in each condition, where it matters when they are given. */
    public static final Table<OfRun<TimedAnswers>> RESPONSE_TIMES = Tables.<TimedAnswers>ofRun("response_times")
            .with("step", LongType, Tables.STEP, OfRun::step)
            .with("task", StringType, Tables.TASK, of -> of.task().name())
            .with(
                    "condition",
                    StringType,
                    TestTables.CONDITION,
                    of -> of.value().times().condition().label())
            .with(
                    "conditions",
                    TestTables.NUMBERS,
                    TestTables.CONDITIONS,
                    of -> TestTables.map(of.value().times().condition()))
            .with(
                    "correct",
                    BooleanType,
                    "whether the row is of the right answers, or of the wrong ones",
                    of -> of.value().times().correct())
            .with(
                    "trials",
                    LongType,
                    "held-out trials with such an answer; without those that had none after that onset",
                    of -> of.value().times().trials())
            .with(
                    "mean_ms",
                    DoubleType,
                    "mean response time" + MILLIS,
                    of -> of.value().times().mean())
            .with(
                    "sd_ms",
                    DoubleType,
                    "standard deviation of response times, milliseconds; null of one trial",
                    of -> of.value().times().sd())
            .with("q10_ms", DoubleType, quantile("10"), of -> of.value().times().q10())
            .with("q25_ms", DoubleType, quantile("25"), of -> of.value().times().q25())
            .with(
                    "median_ms",
                    DoubleType,
                    quantile("50"),
                    of -> of.value().times().median())
            .with("q75_ms", DoubleType, quantile("75"), of -> of.value().times().q75())
            .with("q90_ms", DoubleType, quantile("90"), of -> of.value().times().q90())
            .with(
                    "bound_ms",
                    DoubleType,
                    "mean response time in milliseconds, of right or of wrong answers in this condition, of" + BOUND,
                    of -> of.value().boundMillis())
            .with(
                    "bound_accuracy",
                    DoubleType,
                    "accuracy in this condition of" + BOUND,
                    of -> of.value().boundAccuracy());

    /** One row for each strength of the evidence, choice, time and channel: the noise that came before the choice. */
    public static final Table<OfRun<KernelPoint>> PSYCHOPHYSICAL_KERNELS = Tables.<KernelPoint>ofRun(
                    "psychophysical_kernels")
            .with("task", StringType, Tables.TASK, of -> of.task().name())
            .with(
                    "factor",
                    StringType,
                    "factor whose values are the strength of the evidence, unit in table tasks",
                    of -> of.psychometry().orElseThrow().factor())
            .with(
                    "strength",
                    DoubleType,
                    "strength of the evidence in these trials, unit of the factor; other factors do not matter",
                    of -> of.value().strength())
            .with(
                    "choice",
                    IntegerType,
                    "choice of the network in these trials, from 1 on; 0: it gave no answer",
                    of -> of.value().choice())
            .with(
                    "time_ms",
                    DoubleType,
                    "beginning of the time step, milliseconds from the onset of the evidence",
                    of -> of.value().step() * of.task().dtMillis())
            .with(
                    "channel",
                    IntegerType,
                    "input channel, from 0",
                    of -> of.value().channel())
            .with(
                    "input",
                    StringType,
                    "name of the group of inputs that the channel belongs to",
                    of -> of.task().inputs().stream()
                            .filter(group -> of.value().channel() < group.end())
                            .findFirst()
                            .map(Group::name))
            .with(
                    "trials",
                    LongType,
                    "held-out trials with this strength and choice that reach the time step before the answer, or the trial's end where it does not matter when it is given",
                    of -> of.value().trials())
            .with(
                    "mean",
                    DoubleType,
                    "mean over these trials of the noise, what is shown less what is shown without noise, unit of the input",
                    of -> of.value().mean())
            .with(
                    "sem",
                    DoubleType,
                    "standard error of the mean, unit of the input; null of one trial",
                    of -> of.value().sem());

    private TimeTables() {}

    private static String quantile(String percent) {
        return "smallest response time that " + percent + " % of the trials do not exceed" + MILLIS;
    }
}
