package cohort.cluster;

import cohort.evaluation.AccuracyTally;
import cohort.evaluation.ChoiceRule;
import cohort.evaluation.TrialOutcome;
import cohort.network.NetworkSpec;
import cohort.network.Parameters;
import cohort.task.Batching;
import cohort.task.PerceptualDecisionSpec;
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

/** Runs held-out trials through a network on Spark. */
public final class EvaluationJob {
    private final JavaSparkContext spark;
    private final Experiment experiment;

    public EvaluationJob(JavaSparkContext spark, PerceptualDecisionSpec task, long seed, Parameters parameters) {
        this.spark = spark;
        this.experiment = new Experiment(task, seed, parameters.spec(), spark.broadcast(parameters.values()));
    }

    /** What every task needs: the network and where its trials come from. */
    private record Experiment(PerceptualDecisionSpec task, long seed, NetworkSpec network, Broadcast<float[]> values)
            implements Serializable {
        HeldOutTrials heldOut() {
            return new HeldOutTrials(task, seed, new Parameters(network, values.value()), new Workspaces());
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
        Experiment own = experiment; // so that tasks take this along, and not the whole job
        JavaRDD<Block> evaluated = numbers(HeldOutTrials.blocks(trials))
                .mapPartitions((Iterator<Long> numbers) -> {
                    HeldOutTrials.Blocks blocks = own.heldOut().new Blocks(trials, rule);
                    List<Block> results = new ArrayList<>();
                    while (numbers.hasNext()) {
                        List<TrialOutcome> outcomes = blocks.evaluate(numbers.next());
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
        int units = HeldOutTrials.lossUnits(sequences);
        Experiment own = experiment; // so that tasks take this along, and not the whole job
        return HeldOutTrials.mean(numbers(units)
                .map(unit -> own.heldOut().lossUnit(Math.toIntExact(unit), units, loss, batching))
                .collect());
    }

    private JavaRDD<Long> numbers(long count) {
        List<Long> all = LongStream.range(0, count).boxed().collect(Collectors.toList());
        return spark.parallelize(all);
    }
}
