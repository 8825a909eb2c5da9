package cohort.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cohort.task.Answer;
import cohort.task.Condition;
import cohort.task.Duration;
import cohort.task.Factor;
import cohort.task.Trial;
import cohort.task.library.decision.PerceptualDecisionMaking;
import cohort.task.library.decision.TutorialTask;
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
        AccuracyTally tally = Tallies.of(List.of(
                outcome(6.4, 1, 1), outcome(6.4, 1, 2), outcome(6.4, 2, 2), outcome(6.4, 2, 0), outcome(0, 1, 1)));

        assertThat(tally.perCondition()).containsOnlyKeys(condition(0), condition(6.4));
        Accuracy accuracy = tally.perCondition().get(condition(6.4));
        assertThat(accuracy.trials()).isEqualTo(4);
        assertThat(accuracy.correct()).isEqualTo(2);
        assertThat(accuracy.noResponse()).isEqualTo(1);
        assertThat(accuracy.accuracy()).isEqualTo(0.5);
        assertThat(accuracy.chance()).isEqualTo(0.5);
    }

    @Test
    void choicesAreKeptPerCondition() {
        AccuracyTally tally = Tallies.of(List.of(
                outcome(6.4, 1, 1), outcome(6.4, 2, 1), outcome(6.4, 1, 1), outcome(6.4, 2, 0), outcome(0, 1, 2)));

        assertThat(tally.choices())
                .containsExactly(
                        new ChoiceCount(condition(0), 1, 2, 1),
                        new ChoiceCount(condition(6.4), 1, 1, 2),
                        new ChoiceCount(condition(6.4), 2, 0, 1),
                        new ChoiceCount(condition(6.4), 2, 1, 1));
    }

    @Test
    void partsMergeIntoTheSameWholeInAnyOrder() {
        List<TrialOutcome> outcomes = randomOutcomes(207);
        AccuracyTally whole = Tallies.of(outcomes);
        List<AccuracyTally> parts = new ArrayList<>();
        for (int from = 0; from < outcomes.size(); from += 13) {
            parts.add(Tallies.of(outcomes.subList(from, Math.min(from + 13, outcomes.size()))));
        }
        parts.add(new AccuracyTally(0.5));

        for (long seed = 0; seed < 5; seed++) {
            Collections.shuffle(parts, new Random(seed));
            AccuracyTally merged = new AccuracyTally(0.5);
            parts.forEach(merged::merge);
            assertThat(merged.perCondition()).isEqualTo(whole.perCondition());
            assertThat(merged.overall()).isEqualTo(whole.overall());
            assertThat(merged.choices()).isEqualTo(whole.choices());
        }
    }

    @Test
    void mergedPartIsNotChanged() {
        AccuracyTally part = Tallies.of(randomOutcomes(13));
        var before = part.perCondition();
        AccuracyTally whole = new AccuracyTally(0.5);
        whole.merge(part);

        whole.add(outcome(6.4, 1, 1));
        whole.merge(part);

        assertThat(part.perCondition()).isEqualTo(before);
    }

    @Test
    void overallLeavesOutTrialsWithoutEvidence() {
        AccuracyTally tally = Tallies.of(List.of(
                outcome(0, 1, 2), outcome(0, 1, 0), outcome(6.4, 1, 1), outcome(6.4, 1, 1), outcome(51.2, 1, 2)));

        Accuracy overall = tally.overall();

        assertThat(overall.trials()).isEqualTo(3);
        assertThat(overall.correct()).isEqualTo(2);
        assertThat(overall.noResponse()).isZero();
        double ideal = (2 * ideal(6.4, 50) + ideal(51.2, 50)) / 3;
        assertThat(overall.ideal()).isCloseTo(ideal, within(1e-15));
        assertThat(overall.efficiency()).isCloseTo((2 / 3.0 - 0.5) / (ideal - 0.5), within(1e-15));
    }

    @Test
    void idealObserverIsThatOfTheTrialsOwnStimuli() {
        AccuracyTally tally =
                Tallies.of(List.of(outcome(6.4, 1, 1, 10), outcome(6.4, 1, 1, 50), outcome(6.4, 1, 1, 50)));

        double ideal = (ideal(6.4, 10) + 2 * ideal(6.4, 50)) / 3;
        assertThat(tally.perCondition().get(condition(6.4)).ideal()).isCloseTo(ideal, within(1e-15));
    }

    @Test
    void efficiencyIsNotANumberWhereNobodyBeatsChance() {
        Accuracy accuracy = Tallies.of(List.of(outcome(0, 1, 1))).perCondition().get(condition(0));

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
        Accuracy overall = Tallies.of(List.of(outcome(0, 1, 1))).overall();

        assertThat(overall.trials()).isZero();
        assertThat(overall.correct()).isZero();
        assertThat(overall.efficiency()).isNaN();
        assertThat(new AccuracyTally(0.5).perCondition()).isEmpty();
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/references/wilson-interval.csv", useHeadersInDisplayName = true)
    void wilsonIntervalIsNewcombes(long correct, long trials, double low, double high) {
        Accuracy accuracy = new Accuracy(trials, correct, 0, 1, 0.5);

        assertThat(accuracy.wilson().getLowerBound()).isCloseTo(low, within(0.5e-4));
        assertThat(accuracy.wilson().getUpperBound()).isCloseTo(high, within(0.5e-4));
    }

    /** In go/no-go it is right not to answer, and somebody who knows the cue is never wrong. */
    @Test
    void noAnswerCanBeRightAndWhereNoIdealIsKnownAllIsPossible() {
        AccuracyTally tally = new AccuracyTally(0.5);
        Condition nogo = new Condition(List.of(new Factor("go", "", "")), 0);
        tally.add(new TrialOutcome(0, nogo, 15, 0, Answer.choice(0, true), Double.NaN, Double.NaN));
        tally.add(new TrialOutcome(1, nogo, 15, 0, Answer.choice(0, true), Double.NaN, Double.NaN));
        tally.add(new TrialOutcome(2, nogo, 15, 0, Answer.choice(1, false), Double.NaN, Double.NaN));

        Accuracy overall = tally.overall();

        assertThat(overall.correct()).isEqualTo(2);
        assertThat(overall.noResponse()).isEqualTo(2);
        assertThat(overall.ideal()).isNaN();
        assertThat(overall.possible()).isEqualTo(1);
        assertThat(overall.efficiency()).isCloseTo((2 / 3.0 - 0.5) / 0.5, within(1e-15));
    }

    private static List<TrialOutcome> randomOutcomes(int count) {
        Random random = new Random(5);
        List<TrialOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double coherence = TASK.coherencesPercent().get(random.nextInt(5));
            outcomes.add(outcome(coherence, 1 + random.nextInt(2), random.nextInt(3), 10 + random.nextInt(40)));
        }
        return outcomes;
    }

    private static TrialOutcome outcome(double coherence, int answer, int choice) {
        return outcome(coherence, answer, choice, 50);
    }

    private static TrialOutcome outcome(double coherence, int answer, int choice, int stimulusSteps) {
        return new TrialOutcome(
                0,
                condition(coherence),
                stimulusSteps + 10,
                answer,
                Answer.choice(choice, choice == answer),
                Double.NaN,
                ideal(coherence, stimulusSteps));
    }

    private static Condition condition(double coherence) {
        return new Condition(TASK.signature().factors(), coherence);
    }

    private static double ideal(double coherence, int stimulusSteps) {
        Trial trial = new Trial(TASK.signature());
        trial.setFactor(0, coherence);
        trial.setSteps(1, stimulusSteps);
        return TASK.ideal().orElseThrow().accuracy(trial);
    }
}
