package cohort.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cohort.task.Psychometry;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeanTrajectoriesTest {
    private static final Optional<Psychometry> EVIDENCE = Optional.of(new Psychometry("coherence", "stimulus", 2));

    @Test
    void groupsAreKeptApartAndOrderedBySignedStrength() {
        List<TrialActivity> activities = List.of(
                Activities.of(2, 25.6, 2, 2, 1, 2, 3, 4),
                Activities.of(1, 25.6, 2, 2, 5, 6, 7, 8),
                Activities.of(1, 6.4, 1, 2, 9, 9, 9, 9),
                Activities.of(2, 25.6, 1, 2, 3, 4, 5, 10),
                Activities.of(2, 6.4, 0, 2, 0, 0, 0, 1));

        var means = perGroup(activities);

        assertThat(means.keySet()).extracting(TrialGroup::signedStrength).containsExactly(-25.6, -6.4, 6.4, 25.6);
        assertThat(means.get(group(2, 25.6))).containsExactly(2, 3, 4, 7);
        assertThat(means.get(group(1, 25.6))).containsExactly(5, 6, 7, 8);
    }

    @Test
    void withoutEvidenceThereIsOneGroupWhateverTheAnswer() {
        var means = perGroup(List.of(Activities.of(1, 0, 1, 1, 1, 2), Activities.of(2, 0, 1, 1, 3, 6)));

        assertThat(means).hasSize(1);
        assertThat(means.firstKey().signedStrength()).isZero();
        assertThat(means.get(group(2, 0))).containsExactly(2, 4);
    }

    @Test
    void meanHasAsManyStepsAsItsShortestTrial() {
        var means = perGroup(List.of(
                Activities.of(1, 6.4, 1, 1, 1, 2, 3, 4),
                Activities.of(1, 6.4, 1, 1, 5, 6),
                Activities.of(2, 6.4, 1, 1, 7, 8, 9)));

        assertThat(means.get(group(1, 6.4))).containsExactly(3, 4);
        assertThat(means.get(group(2, 6.4))).containsExactly(7, 8, 9);
    }

    @Test
    void choicesOfALargerRingFollowEachOther() {
        var means = perGroup(List.of(
                Activities.of(4, 6.4, 1, 1, 1, 1),
                Activities.of(3, 12.8, 1, 1, 1, 1),
                Activities.of(3, 6.4, 1, 1, 1, 1),
                Activities.of(2, 12.8, 1, 1, 1, 1),
                Activities.of(4, 0, 1, 1, 1, 1),
                Activities.of(1, 12.8, 1, 1, 1, 1)));

        assertThat(means.keySet())
                .containsExactly(
                        group(1, 12.8), group(0, 0), group(2, 12.8), group(3, 6.4), group(3, 12.8), group(4, 6.4));
    }

    @Test
    void nothingHasNoMean() {
        assertThat(MeanTrajectories.perGroup(List.of(), EVIDENCE)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MeanTrajectories.of(List.of()))
                .withMessage("there are no trials");
    }

    /** A task without evidence: its conditions are its groups. */
    @Test
    void ofOtherTasksConditionsAndAnswersAreKeptApart() {
        var means = MeanTrajectories.perGroup(
                List.of(
                        Activities.of(2, 25.6, 2, 1, 1, 2),
                        Activities.of(0, 0, 0, 1, 5, 6),
                        Activities.of(1, 25.6, 1, 1, 3, 4)),
                Optional.empty());

        assertThat(means.keySet())
                .extracting(group -> group.condition().orElseThrow().label() + ": " + group.answer())
                .containsExactly("coherence=0: 0", "coherence=25.6: 1", "coherence=25.6: 2");
        assertThat(means.values()).extracting(mean -> mean[0]).containsExactly(5f, 3f, 1f);
    }

    private static NavigableMap<TrialGroup, float[]> perGroup(List<TrialActivity> activities) {
        return MeanTrajectories.perGroup(activities, EVIDENCE);
    }

    private static TrialGroup group(int answer, double strength) {
        return TrialGroup.of(Activities.outcome(0, answer, strength, 1, 0), EVIDENCE);
    }
}
