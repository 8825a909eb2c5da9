package cohort.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import cohort.task.Timeline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SelectivityTest {
    private static final Optional<String> STIMULUS = Optional.of("stimulus");
    private static final Timeline PERIODS =
            new Timeline(List.of("fixation", "stimulus", "delay", "decision"), 1, 4, 4, 6);

    @Test
    void discriminabilityIsThatOfNumPy() throws Exception {
        try (var file = Activities.reference("selectivity.npz")) {
            List<TrialActivity> activities = new ArrayList<>();
            int[] shape = Activities.read(file, "states").getShape();
            float[] states = Activities.read(file, "states").asFloatArray();
            int[] choices = Activities.read(file, "choices").asIntArray();
            double[] coherences = Activities.read(file, "coherences").asDoubleArray();
            int size = shape[1] * shape[2];
            for (int trial = 0; trial < shape[0]; trial++) {
                TrialOutcome outcome = Activities.outcome(trial, 1, coherences[trial], shape[1], choices[trial]);
                float[] own = Arrays.copyOfRange(states, trial * size, (trial + 1) * size);
                activities.add(new TrialActivity(outcome, PERIODS, shape[2], own));
            }

            Selectivity choice = Selectivity.forChoice(activities, STIMULUS).orElseThrow();
            Selectivity coherence =
                    Selectivity.forFactor(activities, "coherence", STIMULUS).orElseThrow();

            double[] expected = Activities.read(file, "choice").asDoubleArray();
            assertThat(choice.values()).containsExactly(expected, within(1e-10));
            assertThat(coherence.values())
                    .containsExactly(Activities.read(file, "coherence").asDoubleArray(), within(1e-10));
            int[] order = choice.order();
            assertThat(order).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
            for (int place = 1; place < order.length; place++) {
                assertThat(expected[order[place]]).isGreaterThanOrEqualTo(expected[order[place - 1]]);
            }
        }
    }

    @Test
    void noAnswerIsComparedWithChoiceOneWhereItCanBeRight() {
        List<TrialActivity> activities = new ArrayList<>();
        for (int trial = 0; trial < 4; trial++) {
            activities.add(Activities.of(trial % 2, 0, trial % 2, 1, trial % 2 + 0.1f * (trial / 2)));
        }

        assertThat(Selectivity.firstChoice(activities)).isZero();
        assertThat(Selectivity.forChoice(activities, Optional.empty())
                        .orElseThrow()
                        .values()[0])
                .isCloseTo(1 / Math.sqrt(0.005), within(1e-4));
        assertThat(Selectivity.firstChoice(activities.subList(1, 2))).isEqualTo(1);
    }

    /** Means over three steps of a state that has no end in binary, over seven trials: rounding must not look like variance. */
    @Test
    void unitThatAlwaysDoesTheSameHasNone() {
        List<TrialActivity> activities = new ArrayList<>();
        for (int trial = 0; trial < 7; trial++) {
            activities.add(Activities.of(1, 6.4, 1 + trial % 2, 1, 0.1f, 0.7f, 0.3f, 0));
        }

        assertThat(choice(activities)).containsExactly(0);
    }

    @Test
    void unitThatVariesOnlyBetweenGroupsIsInfinitelySelective() {
        List<TrialActivity> activities = new ArrayList<>();
        for (int trial = 0; trial < 6; trial++) {
            boolean isSecond = trial % 2 == 1;
            activities.add(
                    Activities.of(1, 6.4, isSecond ? 2 : 1, 2, isSecond ? 0.7f : 0.1f, isSecond ? 0 : 0.1f, 0, 0));
        }

        assertThat(choice(activities)).containsExactly(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
        assertThat(Selectivity.forChoice(activities, STIMULUS).orElseThrow().order())
                .containsExactly(1, 0);
    }

    @Test
    void unitsThatAreAlikeKeepTheirOrder() {
        List<TrialActivity> silent = new ArrayList<>();
        for (int trial = 0; trial < 4; trial++) {
            silent.add(Activities.of(1, 6.4, 1 + trial % 2, 3, new float[6]));
        }

        assertThat(Selectivity.forChoice(silent, STIMULUS).orElseThrow().order())
                .containsExactly(0, 1, 2);
    }

    @Test
    void trialsWithoutResponseOrWithFurtherChoicesDoNotCount() {
        List<TrialActivity> activities = new ArrayList<>(List.of(
                Activities.constant(6.4, 1, 1),
                Activities.constant(6.4, 1, 3),
                Activities.constant(6.4, 2, 4),
                Activities.constant(6.4, 2, 6)));
        double[] expected = {3 / Math.sqrt(2)};
        assertThat(choice(activities)).containsExactly(expected, within(1e-12));

        activities.add(Activities.constant(6.4, 0, 100));
        activities.add(Activities.constant(6.4, 3, -100));

        assertThat(choice(activities)).containsExactly(expected, within(1e-12));
    }

    @Test
    void tooFewTrialsGiveNone() {
        List<TrialActivity> activities = List.of(
                Activities.constant(6.4, 1, 1),
                Activities.constant(6.4, 1, 3),
                Activities.constant(6.4, 1, 4),
                Activities.constant(12.8, 2, 6));

        assertThat(Selectivity.forChoice(activities, STIMULUS)).isEmpty();
        assertThat(Selectivity.forFactor(activities, "coherence", STIMULUS)).isEmpty();
        assertThat(Selectivity.forFactor(activities.subList(0, 3), "coherence", STIMULUS))
                .as("one coherence")
                .isEmpty();
    }

    @Test
    void periodWithoutStepsIsRefused() {
        List<TrialActivity> activities = List.of(
                Activities.constant(6.4, 1, 1),
                Activities.constant(6.4, 1, 3),
                Activities.constant(6.4, 2, 4),
                Activities.constant(6.4, 2, 6));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Selectivity.forChoice(activities, Optional.of("delay")))
                .withMessage("trial 0 has no step of delay");
    }

    private static double[] choice(List<TrialActivity> activities) {
        return Selectivity.forChoice(activities, STIMULUS).orElseThrow().values();
    }
}
