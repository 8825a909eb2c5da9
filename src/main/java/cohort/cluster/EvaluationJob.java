package cohort.cluster;

import cohort.evaluation.AccuracyTally;
import cohort.evaluation.ChoiceRule;
import cohort.evaluation.TrialEvaluator;
import cohort.evaluation.TrialOutcome;
import cohort.network.NetworkSpec;
import cohort.network.Parameters;
import cohort.task.Batching;
import cohort.task.PerceptualDecisionMaking;
import cohort.task.PerceptualDecisionSpec;
import cohort.task.Split;
import cohort.task.TrialSource;
import cohort.training.HeldOutLoss;
import cohort.training.Loss;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Runs held-out trials through a network on Spark. Work is cut into the same blocks for any number of partitions, and what is
 * added up are integers, or doubles in the order of the blocks.
 */
public final class EvaluationJob {
    /** Streams and windows of each that make one unit of the held-out loss; every phase of a trial comes up equally often. */
    private static final int LOSS_LANES = 20;

    private static final int LOSS_WINDOWS = 30;

    private final JavaSparkContext spark;
    private final Experiment experiment;

    public EvaluationJob(JavaSparkContext spark, PerceptualDecisionSpec task, long seed, Parameters parameters) {
        this.spark = spark;
        this.experiment = new Experiment(task, seed, parameters.spec(), spark.broadcast(parameters.values()));
    }

    /** What every task needs: the network and where its trials come from. */
    private record Experiment(PerceptualDecisionSpec task, long seed, NetworkSpec network, Broadcast<float[]> values)
            implements Serializable {
        Parameters parameters() {
            return new Parameters(network, values.value());
        }

        TrialSource trials(Split split) {
            return new PerceptualDecisionMaking(task).trials(seed, split);
        }
    }

    /** The outcomes of a block of trials, and their counts. */
    private record Block(List<TrialOutcome> outcomes, AccuracyTally tally) implements Serializable {}

    /**
     * What a network did on the held-out trials.
     *
     * @param outcomes one for each trial, in their order, still distributed
     * @param tally their counts per coherence
     */
    public record Result(JavaRDD<TrialOutcome> outcomes, AccuracyTally tally) {}

    /** Evaluates trials 0 to {@code trials - 1} of the test split. */
    public Result accuracy(long trials, ChoiceRule rule) {
        long blocks = (trials + TrialEvaluator.BLOCK - 1) / TrialEvaluator.BLOCK;
        Experiment own = experiment; // so that tasks take this along, and not the whole job
        JavaRDD<Block> evaluated = numbers(blocks)
                .mapPartitions((Iterator<Long> numbers) -> {
                    TrialEvaluator evaluator = new TrialEvaluator(own.parameters(), own.trials(Split.TEST), rule);
                    List<Block> results = new ArrayList<>();
                    while (numbers.hasNext()) {
                        long block = numbers.next();
                        int count = (int) Math.min(TrialEvaluator.BLOCK, trials - block * TrialEvaluator.BLOCK);
                        List<TrialOutcome> outcomes = evaluator.evaluate(block, count);
                        results.add(new Block(outcomes, AccuracyTally.of(outcomes)));
                    }
                    return results.iterator();
                })
                .cache();
        AccuracyTally tally = new AccuracyTally();
        evaluated.map(Block::tally).collect().forEach(tally::merge);
        return new Result(evaluated.flatMap(block -> block.outcomes().iterator()), tally);
    }

    /**
     * The mean loss on batches of the validation split, cut as the training batches are.
     *
     * @param sequences trials or windows to use at least
     */
    public double heldOutLoss(long sequences, Loss loss, Batching batching) {
        long units = (sequences + LOSS_LANES * LOSS_WINDOWS - 1) / (LOSS_LANES * LOSS_WINDOWS);
        Batching lanes = new Batching(batching.form(), LOSS_LANES, batching.sequenceLength(), batching.periodWeights());
        Experiment own = experiment; // so that tasks take this along, and not the whole job
        List<double[]> sums = numbers(units)
                .map(unit -> {
                    HeldOutLoss heldOut = new HeldOutLoss(
                            own.parameters(),
                            loss,
                            lanes.open(own.trials(Split.VALIDATION), Math.toIntExact(unit), Math.toIntExact(units)));
                    double[] total = new double[2];
                    for (int window = 0; window < LOSS_WINDOWS; window++) {
                        double[] sum = heldOut.evaluate(window);
                        total[0] += sum[0];
                        total[1] += sum[1];
                    }
                    return total;
                })
                .collect();
        double lossSum = 0;
        double weights = 0;
        for (double[] sum : sums) {
            lossSum += sum[0];
            weights += sum[1];
        }
        return lossSum / weights;
    }

    private JavaRDD<Long> numbers(long count) {
        List<Long> all = LongStream.range(0, count).boxed().collect(Collectors.toList());
        return spark.parallelize(all);
    }
}
