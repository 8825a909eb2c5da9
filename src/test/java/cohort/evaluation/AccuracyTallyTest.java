package cohort.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cohort.task.Duration;
import cohort.task.library.PerceptualDecisionMaking;
import cohort.task.library.TutorialTask;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class AccuracyTallyTest {
    private static final PerceptualDecisionMaking TASK = TutorialTask.of(2, 1, new Duration.Uniform(200, 1000));

    @Test
    void countsAreKeptPerCoherence() {
        AccuracyTally tally = AccuracyTally.of(List.of(
                outcome(6.4, 1, 1), outcome(6.4, 1, 2), outcome(6.4, 2, 2), outcome(6.4, 2, 0), outcome(0, 1, 1)));

        assertThat(tally.perCoherence(TASK)).containsOnlyKeys(0.0, 6.4);
        Accuracy accuracy = tally.perCoherence(TASK).get(6.4);
        assertThat(accuracy.trials()).isEqualTo(4);
        assertThat(accuracy.correct()).isEqualTo(2);
        assertThat(accuracy.noResponse()).isEqualTo(1);
        assertThat(accuracy.accuracy()).isEqualTo(0.5);
        assertThat(accuracy.chance()).isEqualTo(0.5);
    }

    @Test
    void choicesAreKeptPerCondition() {
        AccuracyTally tally = AccuracyTally.of(List.of(
                outcome(6.4, 1, 1), outcome(6.4, 2, 1), outcome(6.4, 1, 1), outcome(6.4, 2, 0), outcome(0, 1, 2)));

        assertThat(tally.choices())
                .containsExactly(
                        new ChoiceCount(0, 1, 2, 1),
                        new ChoiceCount(6.4, 1, 1, 2),
                        new ChoiceCount(6.4, 2, 0, 1),
                        new ChoiceCount(6.4, 2, 1, 1));
    }

    @Test
    void partsMergeIntoTheSameWholeInAnyOrder() {
        List<TrialOutcome> outcomes = randomOutcomes(207);
        AccuracyTally whole = AccuracyTally.of(outcomes);
        List<AccuracyTally> parts = new ArrayList<>();
        for (int from = 0; from < outcomes.size(); from += 13) {
            parts.add(AccuracyTally.of(outcomes.subList(from, Math.min(from + 13, outcomes.size()))));
        }
        parts.add(new AccuracyTally());

        for (long seed = 0; seed < 5; seed++) {
            Collections.shuffle(parts, new Random(seed));
            AccuracyTally merged = new AccuracyTally();
            parts.forEach(merged::merge);
            assertThat(merged.perCoherence(TASK)).isEqualTo(whole.perCoherence(TASK));
            assertThat(merged.overall(TASK)).isEqualTo(whole.overall(TASK));
            assertThat(merged.choices()).isEqualTo(whole.choices());
        }
    }

    @Test
    void mergedPartIsNotChanged() {
        AccuracyTally part = AccuracyTally.of(randomOutcomes(13));
        var before = part.perCoherence(TASK);
        AccuracyTally whole = new AccuracyTally();
        whole.merge(part);

        whole.add(outcome(6.4, 1, 1));
        whole.merge(part);

        assertThat(part.perCoherence(TASK)).isEqualTo(before);
    }

    @Test
    void overallLeavesOutTrialsWithoutEvidence() {
        AccuracyTally tally = AccuracyTally.of(List.of(
                outcome(0, 1, 2), outcome(0, 1, 0), outcome(6.4, 1, 1), outcome(6.4, 1, 1), outcome(51.2, 1, 2)));

        Accuracy overall = tally.overall(TASK);

        assertThat(overall.trials()).isEqualTo(3);
        assertThat(overall.correct()).isEqualTo(2);
        assertThat(overall.noResponse()).isZero();
        double ideal = (2 * TASK.ideal().orElseThrow().accuracy(6.4, 50)
                        + TASK.ideal().orElseThrow().accuracy(51.2, 50))
                / 3;
        assertThat(overall.ideal()).isCloseTo(ideal, within(1e-15));
        assertThat(overall.efficiency()).isCloseTo((2 / 3.0 - 0.5) / (ideal - 0.5), within(1e-15));
    }

    @Test
    void idealObserverIsThatOfTheTrialsOwnStimuli() {
        AccuracyTally tally = AccuracyTally.of(List.of(
                new TrialOutcome(0, 1, 6.4, 20, 10, 1),
                new TrialOutcome(1, 1, 6.4, 60, 50, 1),
                new TrialOutcome(2, 1, 6.4, 60, 50, 1)));

        double ideal = (TASK.ideal().orElseThrow().accuracy(6.4, 10)
                        + 2 * TASK.ideal().orElseThrow().accuracy(6.4, 50))
                / 3;
        assertThat(tally.perCoherence(TASK).get(6.4).ideal()).isCloseTo(ideal, within(1e-15));
    }

    @Test
    void efficiencyIsNotANumberWhereNobodyBeatsChance() {
        Accuracy accuracy =
                AccuracyTally.of(List.of(outcome(0, 1, 1))).perCoherence(TASK).get(0.0);

        assertThat(accuracy.accuracy()).isEqualTo(1);
        assertThat(accuracy.efficiency()).isNaN();
    }

    @Test
    void efficiencyIsOneForTheIdealObserverAndZeroAtChance() {
        assertThat(new Accuracy(100, 90, 0, 0.9, 0.5).efficiency()).isCloseTo(1, within(1e-15));
        assertThat(new Accuracy(100, 50, 0, 0.9, 0.5).efficiency()).isZero();
        assertThat(new Accuracy(100, 0, 100, 0.75, 0.5).efficiency()).isEqualTo(-2);
    }

    @Test
    void nothingCountedIsNothing() {
        Accuracy overall = AccuracyTally.of(List.of(outcome(0, 1, 1))).overall(TASK);

        assertThat(overall.trials()).isZero();
        assertThat(overall.correct()).isZero();
        assertThat(overall.efficiency()).isNaN();
        assertThat(new AccuracyTally().perCoherence(TASK)).isEmpty();
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/references/wilson-interval.csv", useHeadersInDisplayName = true)
    void wilsonIntervalIsNewcombes(long correct, long trials, double low, double high) {
        Accuracy accuracy = new Accuracy(trials, correct, 0, 1, 0.5);

        assertThat(accuracy.wilson().getLowerBound()).isCloseTo(low, within(0.5e-4));
        assertThat(accuracy.wilson().getUpperBound()).isCloseTo(high, within(0.5e-4));
    }

    private static List<TrialOutcome> randomOutcomes(int count) {
        Random random = new Random(5);
        List<TrialOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double coherence = TASK.coherencesPercent().get(random.nextInt(5));
            int stimulus = 10 + random.nextInt(40);
            outcomes.add(
                    new TrialOutcome(i, 1 + random.nextInt(2), coherence, 10 + stimulus, stimulus, random.nextInt(3)));
        }
        return outcomes;
    }

    private static TrialOutcome outcome(double coherence, int groundTruth, int choice) {
        return new TrialOutcome(0, groundTruth, coherence, 60, 50, choice);
    }
}
