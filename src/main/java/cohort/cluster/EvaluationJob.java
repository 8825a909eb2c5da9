package cohort.cluster;

import cohort.evaluation.AccuracyTally;
import cohort.evaluation.NoiseTally;
import cohort.evaluation.TrialActivity;
import cohort.evaluation.TrialEvaluator;
import cohort.evaluation.TrialOutcome;
import cohort.network.NetworkSpec;
import cohort.network.Parameters;
import cohort.run.HeldOutTrials;
import cohort.run.RunSpec;
import cohort.run.Workspaces;
import cohort.task.Split;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Runs the held-out trials of a run through a network on Spark. Close it when nobody reads its outcomes any more. */
public final class EvaluationJob implements AutoCloseable {
    private final JavaSparkContext spark;
    private final Experiment experiment;

    public EvaluationJob(JavaSparkContext spark, RunSpec run, Parameters network) {
        OwnKinds.ship(spark);
        this.spark = spark;
        this.experiment = new Experiment(run, network.spec(), spark.broadcast(network.values()));
    }

    /** What every task needs: the network and where its trials come from. */
    private record Experiment(RunSpec run, NetworkSpec network, Broadcast<float[]> values) implements Serializable {
        HeldOutTrials heldOut() {
            return new HeldOutTrials(run, new Parameters(network, values.value()), new Workspaces());
        }
    }

    /** The outcomes of a block of trials, and their counts. */
    private record Block(List<TrialOutcome> outcomes, AccuracyTally tally) implements Serializable {}

    /**
     * What a network did on the held-out trials.
     *
     * @param outcomes one for each trial, in their order, still distributed
     * @param tally their counts
     */
    public record Result(JavaRDD<TrialOutcome> outcomes, AccuracyTally tally) {}

    /** Evaluates as many trials of the test split as the run asks for. */
    public Result accuracy() {
        return accuracy(Split.TEST);
    }

    /** Evaluates as many trials of a split as the run asks for. */
    Result accuracy(Split split) {
        Experiment own = experiment; // so that tasks take this along, and not the whole job
        long trials = own.run().evaluation().trials();
        JavaRDD<Block> evaluated = numbers(HeldOutTrials.blocks(trials))
                .mapPartitions((Iterator<Long> numbers) -> {
                    TrialEvaluator evaluator = own.heldOut().evaluator(split);
                    List<Block> results = new ArrayList<>();
                    while (numbers.hasNext()) {
                        long block = numbers.next();
                        List<TrialOutcome> outcomes = evaluator.evaluate(block, HeldOutTrials.inBlock(block, trials));
                        AccuracyTally tally = new AccuracyTally(HeldOutTrials.chance(own.run()));
                        outcomes.forEach(tally::add);
                        results.add(new Block(outcomes, tally));
                    }
                    return results.iterator();
                })
                .cache();
        AccuracyTally tally = new AccuracyTally(HeldOutTrials.chance(own.run()));
        evaluated.map(Block::tally).collect().forEach(tally::merge);
        return new Result(evaluated.flatMap(block -> block.outcomes().iterator()), tally);
    }

    /** The mean loss on batches of the validation split, cut as the training batches are, in the unit of {@link cohort.training.Loss#unit()}. */
    public double heldOutLoss() {
        Experiment own = experiment; // so that tasks take this along, and not the whole job
        return HeldOutTrials.mean(numbers(HeldOutTrials.lossUnits(own.run()))
                .map(unit -> own.heldOut().lossUnit(Math.toIntExact(unit)))
                .collect());
    }

    /** Records what the units do in trials 0 to {@code trials - 1} of the test split; in their order, still distributed. */
    public JavaRDD<TrialActivity> activity(long trials) {
        Experiment own = experiment; // so that tasks take this along, and not the whole job
        return numbers(HeldOutTrials.blocks(trials)).mapPartitions((Iterator<Long> numbers) -> {
            TrialEvaluator evaluator = own.heldOut().evaluator();
            List<TrialActivity> activities = new ArrayList<>();
            while (numbers.hasNext()) {
                long block = numbers.next();
                activities.addAll(evaluator.record(block, HeldOutTrials.inBlock(block, trials)));
            }
            return activities.iterator();
        });
    }

    /** Adds up the noise before each choice in all trials of the test; of a task with evidence. */
    public NoiseTally noise() {
        Experiment own = experiment; // so that tasks take this along, and not the whole job
        long trials = own.run().evaluation().trials();
        return numbers(HeldOutTrials.blocks(trials))
                .mapPartitions((Iterator<Long> numbers) -> {
                    HeldOutTrials heldOut = own.heldOut();
                    TrialEvaluator evaluator = heldOut.evaluator();
                    List<NoiseTally> tallies = new ArrayList<>();
                    while (numbers.hasNext()) {
                        tallies.add(heldOut.noise(evaluator, numbers.next(), trials));
                    }
                    return tallies.iterator();
                })
                .collect()
                .stream()
                .reduce((sum, next) -> {
                    sum.merge(next); // in the order of the blocks
                    return sum;
                })
                .orElseThrow();
    }

    private JavaRDD<Long> numbers(long count) {
        List<Long> all = LongStream.range(0, count).boxed().collect(Collectors.toList());
        return spark.parallelize(all);
    }

    /** Frees the executors' copies of the network. */
    @Override
    public void close() {
        experiment.values().destroy();
    }
}
