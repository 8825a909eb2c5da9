package cohort.task.library.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import cohort.task.Duration;
import cohort.task.Examples;
import cohort.task.parts.FixationMode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PerceptualDecisionSettingsTest {
    private static final Duration SECOND = new Duration.Constant(1000);

    @ParameterizedTest
    @ValueSource(doubles = {0, -20, Double.NaN, Double.POSITIVE_INFINITY})
    void aStepThatIsNoneIsRefused(double dt) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> spec(dt, 2, Examples.COHERENCES, 1, SECOND, SECOND))
                .withMessageStartingWith("dt is not")
                .withMessageEndingWith(": " + dt);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 0, -3})
    void aRingWithoutAChoiceIsRefused(int ring) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> spec(20, ring, Examples.COHERENCES, 1, SECOND, SECOND))
                .withMessage("ring size is not at least 2: " + ring);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 100.5, Double.NaN})
    void aCoherenceThatIsNoPercentageIsRefused(double coherence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> spec(20, 2, List.of(0.0, coherence), 1, SECOND, SECOND))
                .withMessage("coherence is not between 0 and 100 percent: " + coherence);
    }

    @Test
    void coherencesAreThereAndDistinct() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> spec(20, 2, List.of(), 1, SECOND, SECOND))
                .withMessage("list of coherences is empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> spec(20, 2, List.of(6.4, 0.0, 6.4), 1, SECOND, SECOND))
                .withMessage("a coherence is given twice: [6.4, 0.0, 6.4]");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void noiseThatIsNoneIsRefused(double sigma) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> spec(20, 2, Examples.COHERENCES, sigma, SECOND, SECOND))
                .withMessage("sigma is not a number of at least 0: " + sigma);
    }

    @Test
    void aStimulusOrDecisionThatCanVanishIsRefused() {
        Duration brief = new Duration.Uniform(19, 500);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> spec(20, 2, Examples.COHERENCES, 1, brief, SECOND))
                .withMessage("the stimulus period can be shorter than one step of 20.0 ms: 19.0 ms");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> spec(20, 2, Examples.COHERENCES, 1, SECOND, brief))
                .withMessage("the decision period can be shorter than one step of 20.0 ms: 19.0 ms");
    }

    @Test
    void aListChangedAfterwardsDoesNotChangeTheSpec() {
        List<Double> coherences = new ArrayList<>(Examples.COHERENCES);
        PerceptualDecisionMaking spec = spec(20, 2, coherences, 1, SECOND, SECOND);
        coherences.clear();
        assertThat(spec.coherencesPercent()).isEqualTo(Examples.COHERENCES);
    }

    @Test
    void noiseOfAStepFallsWithTheRootOfItsLength() {
        assertThat(spec(100, 2, Examples.COHERENCES, 1, SECOND, SECOND).sigmaPerStep())
                .isEqualTo(0.1);
        assertThat(spec(20, 2, Examples.COHERENCES, 1, SECOND, SECOND).sigmaPerStep())
                .isCloseTo(0.2236068, within(1e-7));
    }

    private static PerceptualDecisionMaking spec(
            double dt, int ring, List<Double> coherences, double sigma, Duration stimulus, Duration decision) {
        Duration none = new Duration.Constant(0);
        return new PerceptualDecisionMaking(
                dt, ring, coherences, sigma, FixationMode.FIXATION_ONLY, none, stimulus, none, decision);
    }
}
