package cohort.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeanTrajectoriesTest {
    @Test
    void conditionsAreKeptApartAndOrderedBySignedCoherence() {
        List<TrialActivity> activities = List.of(
                Activities.of(2, 25.6, 2, 2, 1, 2, 3, 4),
                Activities.of(1, 25.6, 2, 2, 5, 6, 7, 8),
                Activities.of(1, 6.4, 1, 2, 9, 9, 9, 9),
                Activities.of(2, 25.6, 1, 2, 3, 4, 5, 10),
                Activities.of(2, 6.4, 0, 2, 0, 0, 0, 1));

        var means = MeanTrajectories.perCondition(activities);

        assertThat(means.keySet()).extracting(Condition::signedCoherence).containsExactly(-25.6, -6.4, 6.4, 25.6);
        assertThat(means.get(new Condition(2, 25.6))).containsExactly(2, 3, 4, 7);
        assertThat(means.get(new Condition(1, 25.6))).containsExactly(5, 6, 7, 8);
    }

    @Test
    void withoutEvidenceThereIsOneConditionWhateverTheGroundTruth() {
        var means = MeanTrajectories.perCondition(
                List.of(Activities.of(1, 0, 1, 1, 1, 2), Activities.of(2, 0, 1, 1, 3, 6)));

        assertThat(means).hasSize(1);
        assertThat(means.firstKey().signedCoherence()).isZero();
        assertThat(means.get(new Condition(2, 0))).containsExactly(2, 4);
    }

    @Test
    void meanHasAsManyStepsAsItsShortestTrial() {
        var means = MeanTrajectories.perCondition(List.of(
                Activities.of(1, 6.4, 1, 1, 1, 2, 3, 4),
                Activities.of(1, 6.4, 1, 1, 5, 6),
                Activities.of(2, 6.4, 1, 1, 7, 8, 9)));

        assertThat(means.get(new Condition(1, 6.4))).containsExactly(3, 4);
        assertThat(means.get(new Condition(2, 6.4))).containsExactly(7, 8, 9);
    }

    @Test
    void choicesOfALargerRingFollowEachOther() {
        var means = MeanTrajectories.perCondition(List.of(
                Activities.of(4, 6.4, 1, 1, 1, 1),
                Activities.of(3, 12.8, 1, 1, 1, 1),
                Activities.of(3, 6.4, 1, 1, 1, 1),
                Activities.of(2, 12.8, 1, 1, 1, 1),
                Activities.of(4, 0, 1, 1, 1, 1),
                Activities.of(1, 12.8, 1, 1, 1, 1)));

        assertThat(means.keySet())
                .containsExactly(
                        new Condition(1, 12.8),
                        new Condition(0, 0),
                        new Condition(2, 12.8),
                        new Condition(3, 6.4),
                        new Condition(3, 12.8),
                        new Condition(4, 6.4));
    }

    @Test
    void nothingHasNoMean() {
        assertThat(MeanTrajectories.perCondition(List.of())).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MeanTrajectories.of(List.of()))
                .withMessage("there are no trials");
    }

    @Test
    void conditionsThatCannotBeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Condition(1, Double.NaN))
                .withMessage("coherence is not at least 0 percent: NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Condition(0, 6.4))
                .withMessage("ground truth is not at least 1: 0");
    }
}
