package cohort.cluster;

import cohort.training.Loss;
import java.util.Arrays;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns of every table, with what they mean and their units. */
public final class Tables {
    private static final DataType STRING = DataTypes.StringType;
    private static final DataType LONG = DataTypes.LongType;
    private static final DataType INT = DataTypes.IntegerType;
    private static final DataType DOUBLE = DataTypes.DoubleType;
    private static final DataType BOOLEAN = DataTypes.BooleanType;

    private static final String LOSS_UNIT = Loss.CROSS_ENTROPY.unit() + " of the cross-entropy, "
            + Loss.MEAN_SQUARED_ERROR.unit() + " of the mean squared error";

    private static final StructField RUN_ID = column("run_id", STRING, "run this row belongs to; key of table runs");
    private static final StructField SEED = column("seed", LONG, "experiment seed of the run");
    private static final StructField STEP = column("step", LONG, "optimizer steps of each worker done so far");
    private static final StructField TRIAL = column("trial", LONG, "index of the trial within its split, from 0");
    private static final StructField GROUND_TRUTH = column("ground_truth", INT, "correct choice, 1 to ring size");
    private static final StructField COHERENCE = column("coherence", DOUBLE, "strength of the evidence, percent");

    /** One row for each run. */
    public static final StructType RUNS = schema(
            RUN_ID,
            SEED,
            column("name", STRING, "name given in the configuration"),
            column(
                    "status",
                    STRING,
                    "trained, evaluated (a model from elsewhere), diverged, failed, timed-out or stopped"),
            column("reason", STRING, "why the run is not trained: step, loss, gradient norm; empty otherwise"),
            column(
                    "changed",
                    STRING,
                    "keys of a trained run that were changed for this test, task.sigma = 2; null if none was"),
            column("started_at", DataTypes.TimestampType, "when the run began"),
            column("seconds", DOUBLE, "time from start to the last table but this one, seconds"),
            STEP,
            column("workers", INT, "logical workers whose parameters were averaged"),
            column("cell", STRING, "recurrent layers: leaky, lstm or gru"),
            column("layers", INT, "recurrent layers on top of each other"),
            column("hidden", INT, "recurrent units of each layer"),
            column("activation", STRING, "non-linearity of a leaky cell's units; null for other cells"),
            column("optimizer", STRING, "adam, adamw or sgd; null if nothing was trained"),
            column(
                    "learning_rate",
                    DOUBLE,
                    "peak learning rate, that after the warm-up, per step; null if nothing was trained"),
            column("parameters", INT, "learned values of the network"),
            column("training_sequences", LONG, "trials or windows trained on, all workers together"),
            column("training_loss", DOUBLE, "mean loss over the last averaging round with any weight, " + LOSS_UNIT),
            column("held_out_loss", DOUBLE, "mean loss on the validation split, " + LOSS_UNIT),
            column("accuracy", DOUBLE, "fraction correct on held-out trials with coherence above 0"),
            column("ideal", DOUBLE, "fraction correct of the ideal observer on the same trials"),
            column(
                    "efficiency",
                    DOUBLE,
                    "accuracy above chance / ideal observer's above chance; no response counts as wrong, so that below 0 is"
                            + " worse than guessing"),
            column(
                    "no_response",
                    DOUBLE,
                    "fraction of held-out trials with coherence above 0 in which the network kept fixating"),
            column("model", STRING, "path of model.safetensors"),
            column("model_digest", STRING, "SHA-256 of the model's tensors alone: equal for equal networks"),
            column("initial_model", STRING, "model the training began with; null: weights drawn from the seed"),
            column("initial_model_digest", STRING, "SHA-256 of that model's tensors, as in model_digest"),
            column("blas", STRING, "BLAS and kernel of the driver"),
            column("versions", STRING, "versions of Cohort, Java and Spark"),
            column("commit", STRING, "git commit that was checked out when Cohort was built; null: built without git"),
            column("config", STRING, "resolved configuration, HOCON"));

    /** One row for each averaging round. */
    public static final StructType TRAINING_CURVE = schema(
            RUN_ID,
            SEED,
            column("round", INT, "averaging round, from 1"),
            STEP,
            column(
                    "loss",
                    DOUBLE,
                    "mean training loss over the round's time steps, by their loss weights; null: none has any; "
                            + LOSS_UNIT),
            column(
                    "gradient_norm",
                    DOUBLE,
                    "mean Euclidean norm of the gradients before clipping; null: no time step has a loss weight"),
            column("learning_rate", DOUBLE, "learning rate of the round's last step"),
            column("sequences", LONG, "trials or windows processed in the round, all workers together"),
            column("compute_ms", DOUBLE, "time of the slowest worker's steps, milliseconds"),
            column("overhead_ms", DOUBLE, "rest of the round: scheduling, broadcast, averaging, milliseconds"));

    /** One row for each held-out trial. */
    public static final StructType TRIAL_OUTCOMES = schema(
            RUN_ID,
            SEED,
            STEP,
            column("split", STRING, "split the trial belongs to"),
            TRIAL,
            GROUND_TRUTH,
            COHERENCE,
            column("steps", INT, "length of the trial, time steps"),
            column("stimulus_steps", INT, "length of the stimulus period, time steps"),
            column("choice", INT, "choice of the network, 1 to ring size; 0: it kept fixating"),
            column("correct", BOOLEAN, "whether the choice is the ground truth"),
            column("no_response", BOOLEAN, "whether the network kept fixating"));

    /** One row for each choice in each condition. */
    public static final StructType CHOICE_COUNTS = schema(
            RUN_ID,
            SEED,
            STEP,
            COHERENCE,
            GROUND_TRUTH,
            column("choice", INT, "choice of the network, 1 to ring size; 0: it kept fixating"),
            column("trials", LONG, "held-out trials of this condition that ended in this choice"),
            column("ring_size", INT, "number of choices there were; who guesses is right in one of so many trials"));

    /** One row for each coherence. */
    public static final StructType COHERENCE_ACCURACY = schema(
            RUN_ID,
            SEED,
            STEP,
            COHERENCE,
            column("trials", LONG, "held-out trials at this coherence"),
            column("correct", LONG, "trials with the right choice"),
            column("accuracy", DOUBLE, "correct / trials"),
            column("wilson_low", DOUBLE, "lower end of the accuracy's 95 % Wilson interval"),
            column("wilson_high", DOUBLE, "upper end of the accuracy's 95 % Wilson interval"),
            column("no_response", LONG, "trials in which the network kept fixating"),
            column("ideal", DOUBLE, "accuracy that can be expected of the ideal observer in these trials"),
            column("efficiency", DOUBLE, "accuracy above chance / ideal's above chance; null at coherence 0"));

    /** One row for each psychometric function fitted, to one network or to all of a sweep's setting. */
    public static final StructType PSYCHOMETRIC_FITS = schema(
            column("run_id", STRING, "run whose choices were fitted; null: those of all seeds of a setting together"),
            column("seed", LONG, "experiment seed of the run; null for several"),
            column("sweep", STRING, "name of the sweep whose seeds were fitted together; null for one run"),
            column("setting", STRING, "the setting whose seeds were fitted together; null for one run"),
            column("networks", INT, "networks whose trials were fitted together"),
            column(
                    "kind",
                    STRING,
                    "choice (fraction of choice 2 against signed coherence) or accuracy (fraction correct against coherence)"),
            column("function", STRING, "cumulative-gaussian, logistic or weibull"),
            column("status", STRING, "fitted, or why there are no numbers"),
            column("trials", LONG, "trials the function was fitted to"),
            column(
                    "bias",
                    DOUBLE,
                    "signed coherence of equally many choices of both kinds, percent; null for accuracy"),
            column("bias_low", DOUBLE, "lower end of the bias' 95 % bootstrap interval"),
            column("bias_high", DOUBLE, "upper end of the bias' 95 % bootstrap interval"),
            column(
                    "threshold",
                    DOUBLE,
                    "coherence of 75 % correct were there no lapses and no bias (two choices), percent"),
            column("threshold_low", DOUBLE, "lower end of the threshold's 95 % bootstrap interval"),
            column("threshold_high", DOUBLE, "upper end of the threshold's 95 % bootstrap interval"),
            column("slope", DOUBLE, "slope of the function itself at its middle, per percent coherence"),
            column("slope_low", DOUBLE, "lower end of the slope's 95 % bootstrap interval"),
            column("slope_high", DOUBLE, "upper end of the slope's 95 % bootstrap interval"),
            column("guess", DOUBLE, "fraction of responses at the lower end; for accuracy it is chance"),
            column("lapse", DOUBLE, "fraction missing at the upper end"),
            column("deviance", DOUBLE, "twice the log-likelihood that is lost against a perfect fit"),
            column(
                    "deviance_p",
                    DOUBLE,
                    "fraction of bootstrap samples with at least this deviance: small is a bad fit"),
            column("ideal_threshold", DOUBLE, "threshold of the ideal observer on the same trials, percent"),
            column("ideal_slope", DOUBLE, "slope of the ideal observer on the same trials, per percent coherence"));

    /** One row for each time step of each recorded trial. */
    public static final StructType ACTIVITY = schema(
            RUN_ID,
            SEED,
            column("split", STRING, "split the trial belongs to"),
            TRIAL,
            GROUND_TRUTH,
            COHERENCE,
            column("choice", INT, "choice of the network, 1 to ring size; 0: it kept fixating"),
            column("correct", BOOLEAN, "whether the choice is the ground truth"),
            column("step", INT, "time step within the trial, from 0"),
            column("time_ms", DOUBLE, "end of the time step, milliseconds from the beginning of the trial"),
            column("period", STRING, "fixation, stimulus, delay or decision"),
            column(
                    "rates",
                    DataTypes.createArrayType(DataTypes.FloatType, false),
                    "hidden state h of each unit after the step, [unit]; an LSTM's cell state c is not kept"));

    /** One row for each run of a sweep. */
    public static final StructType SWEEP_RUNS = schema(
            column("sweep", STRING, "name of the sweep"),
            RUN_ID,
            SEED,
            column("setting", STRING, "what the sweep changed, the same text for all seeds"),
            column("settings", DataTypes.createMapType(STRING, STRING, false), "the same by configuration key"));

    /** One row for each training of a scaling study. */
    public static final StructType SCALING = schema(
            RUN_ID,
            SEED,
            column("workers", INT, "logical workers whose parameters were averaged"),
            column("local_steps", INT, "optimizer steps of a worker between two averages"),
            column("outer_rate", DOUBLE, "step from the old parameters towards the average"),
            column("outer_momentum", DOUBLE, "Nesterov momentum over rounds"),
            column("target_loss", DOUBLE, "held-out loss that ends the training, " + LOSS_UNIT),
            column("reached", BOOLEAN, "whether the target was reached before the last step"),
            STEP,
            column("sequences", LONG, "trials or windows trained on, all workers together"),
            column("held_out_loss", DOUBLE, "loss of the averaged network at the end, " + LOSS_UNIT),
            column("seconds", DOUBLE, "time from the first round to the last, seconds"));

    /** One row for each generated trial. */
    public static final StructType TRIALS = schema(
            column("seed", LONG, "experiment seed the trial was generated from"),
            column("split", STRING, "split the trial belongs to"),
            TRIAL,
            GROUND_TRUTH,
            COHERENCE,
            column("fixation_end", INT, "time step at which the fixation period ends (exclusive); it begins at 0"),
            column("stimulus_end", INT, "time step at which the stimulus period ends (exclusive)"),
            column("delay_end", INT, "time step at which the delay period ends (exclusive)"),
            column("decision_end", INT, "time step at which the trial ends (exclusive): its length"),
            column(
                    "observations",
                    DataTypes.createArrayType(DataTypes.FloatType, false),
                    "inputs, [time step, channel] flattened; null: regenerate them from seed, split and trial"),
            column(
                    "targets",
                    DataTypes.createArrayType(INT, false),
                    "right output at each time step: 0 fixate, or the choice; null with the observations"));

    /** The table that `scaling` writes. */
    public static final String OF_SCALING = "scaling";

    /** The tables that runs and sweeps write, by name. */
    static final Map<String, StructType> RESULTS = Map.of(
            "runs", RUNS,
            "training_curve", TRAINING_CURVE,
            "trial_outcomes", TRIAL_OUTCOMES,
            "coherence_accuracy", COHERENCE_ACCURACY,
            "choice_counts", CHOICE_COUNTS,
            "psychometric_fits", PSYCHOMETRIC_FITS,
            "activity", ACTIVITY,
            "sweep_runs", SWEEP_RUNS);

    private Tables() {}

    private static StructType schema(StructField... columns) {
        return new StructType(Arrays.copyOf(columns, columns.length));
    }

    private static StructField column(String name, DataType type, String comment) {
        return DataTypes.createStructField(name, type, true).withComment(comment);
    }
}
