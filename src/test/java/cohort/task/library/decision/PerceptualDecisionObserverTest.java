package cohort.task.library.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cohort.task.Duration;
import cohort.task.Split;
import cohort.task.Trial;
import cohort.task.TrialSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PerceptualDecisionObserverTest {
    private static final int MONTE_CARLO_TRIALS = 20_000;

    @ParameterizedTest
    @CsvFileSource(resources = "/references/ideal-observer.csv", useHeadersInDisplayName = true)
    void accuracyInTheTutorialsSetUpIsExact(double coherencePercent, double accuracy) {
        assertThat(new PerceptualDecisionObserver(TutorialTask.SPEC).accuracy(coherencePercent, 50))
                .isCloseTo(accuracy, within(0.5e-4));
    }

    @Test
    void meanAccuracyInTheTutorialsSetUpIs0_8843() {
        double sum = 0;
        for (double coherence : TutorialTask.SPEC.coherencesPercent()) {
            sum += new PerceptualDecisionObserver(TutorialTask.SPEC).accuracy(coherence, 50);
        }

        assertThat(sum / 5).isCloseTo(0.8843, within(0.5e-4));
    }

    /** Noise of 2 keeps every coherence away from accuracies of 1. */
    @ParameterizedTest
    @CsvSource({"2, 13", "3, 13", "4, 13", "8, 50"})
    void noObserverOfTheTrialsThemselvesDoesOtherwise(int ring, int stimulusSteps) {
        PerceptualDecisionMaking task = TutorialTask.of(ring, 2, new Duration.Constant(20.0 * stimulusSteps));
        TrialSource trials = task.trials(3, Split.TEST);
        Map<Double, int[]> counts = new HashMap<>();
        Trial trial = new Trial(trials.signature());

        for (long index = 0; index < MONTE_CARLO_TRIALS; index++) {
            trials.read(index, trial);
            int[] count = counts.computeIfAbsent(trial.factor("coherence"), c -> new int[2]);
            count[0]++;
            count[1] += mostLikelyChoice(trial, ring) == trial.answer() ? 1 : 0;
        }

        assertThat(counts).hasSize(5);
        counts.forEach((coherence, count) -> {
            double ideal = new PerceptualDecisionObserver(task).accuracy(coherence, stimulusSteps);
            double standardError = Math.sqrt(ideal * (1 - ideal) / count[0]);
            assertThat((double) count[1] / count[0])
                    .as("coherence %s, %d trials", coherence, count[0])
                    .isCloseTo(ideal, within(4 * standardError));
        });
    }

    /** The choice under which what was seen in the stimulus period is most likely: the least squared deviation. */
    private static int mostLikelyChoice(Trial trial, int ring) {
        // Which of two equally likely choices is taken does not matter, but without any evidence it must not be the
        // truth.
        double coherence = trial.factor("coherence") == 0 ? 1 : trial.factor("coherence");
        int best = 0;
        double smallest = Double.POSITIVE_INFINITY;
        for (int choice = 1; choice <= ring; choice++) {
            double deviation = 0;
            for (int step = trial.start(1); step < trial.end(1); step++) {
                for (int j = 1; j <= ring; j++) {
                    double mean = 0.5 + Math.cos(2 * Math.PI * (j - choice) / ring) * coherence / 200;
                    double difference = trial.inputs()[step * trial.channels() + j] - mean;
                    deviation += difference * difference;
                }
            }
            if (deviation < smallest) {
                smallest = deviation;
                best = choice;
            }
        }
        return best;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 8, 32})
    void withoutEvidenceItGuesses(int ring) {
        PerceptualDecisionMaking task = TutorialTask.of(ring, 1, new Duration.Constant(1000));

        assertThat(new PerceptualDecisionObserver(task).accuracy(0, 50)).isCloseTo(1.0 / ring, within(1e-12));
        assertThat(new PerceptualDecisionObserver(task).accuracy(1e-7, 50)).isCloseTo(1.0 / ring, within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void withoutNoiseItIsAlwaysRightUnlessThereIsNothingToSee(int ring) {
        PerceptualDecisionMaking task = TutorialTask.of(ring, 0, new Duration.Constant(1000));

        assertThat(new PerceptualDecisionObserver(task).accuracy(6.4, 50)).isEqualTo(1);
        assertThat(new PerceptualDecisionObserver(task).accuracy(0, 50)).isEqualTo(1.0 / ring);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void accuracyRisesWithCoherenceAndWithTime(int ring) {
        PerceptualDecisionMaking task = TutorialTask.of(ring, 2, new Duration.Constant(1000));
        for (double coherence = 2; coherence < 20; coherence++) {
            double accuracy = new PerceptualDecisionObserver(task).accuracy(coherence, 20);
            assertThat(new PerceptualDecisionObserver(task).accuracy(coherence + 1, 20))
                    .isGreaterThan(accuracy);
            assertThat(new PerceptualDecisionObserver(task).accuracy(coherence, 21))
                    .isGreaterThan(accuracy);
        }
    }
}
