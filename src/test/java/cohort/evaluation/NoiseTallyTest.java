package cohort.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cohort.task.Answer;
import cohort.task.Duration;
import cohort.task.Psychometry;
import cohort.task.Split;
import cohort.task.Trial;
import cohort.task.TrialSource;
import cohort.task.library.decision.PerceptualDecisionMaking;
import cohort.task.library.decision.TutorialTask;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Observers of trials with 15 steps of evidence, who know nothing of the noise but what they see. */
class NoiseTallyTest {
    private static final int STEPS = 15;
    private static final int TRIALS = 40_000;
    private static final PerceptualDecisionMaking TASK = TutorialTask.of(2, 1, new Duration.Constant(20 * STEPS));
    private static final Psychometry PSYCHOMETRY = TASK.psychometry().orElseThrow();

    /** Adds trials of somebody who adds up what he sees until a bound, or to the end; times are told if there is a bound. */
    private static NoiseTally observe(double bound, int from, int to) {
        NoiseTally tally = new NoiseTally(TASK.signature(), PSYCHOMETRY);
        TrialSource source = TASK.trials(3, Split.TEST);
        Trial shown = new Trial(TASK.signature());
        Trial silent = new Trial(TASK.signature());
        silent.silence();
        for (int index = from; index < to; index++) {
            source.read(index, shown);
            source.read(index, silent);
            double sum = 0;
            int step = shown.start(1);
            while (step < shown.end(1) && Math.abs(sum) < bound) {
                sum += shown.inputs()[step * 3 + 1] - shown.inputs()[step * 3 + 2];
                step++;
            }
            int choice = sum > 0 ? 1 : 2;
            double millis = Double.isInfinite(bound) ? Double.NaN : (step - 1) * 20;
            Answer given = new Answer(choice, Double.NaN, millis, choice == shown.answer());
            tally.add(
                    new TrialOutcome(
                            index, shown.condition(), shown.steps(), shown.answer(), given, Double.NaN, Double.NaN),
                    shown,
                    silent);
        }
        return tally;
    }

    /**
     * Without evidence the sum of N steps of x1 - x2 decides, and E[x1 at a step | choice 1] = sd / sqrt(2 N) sqrt(2 / pi), the mean of the
     * half of a normal distribution times the correlation of a step with the sum.
     */
    @Test
    void thatOfWhoAddsUpAllIsFlatAndAsHighAsItMustBe() {
        List<KernelPoint> kernels = observe(Double.POSITIVE_INFINITY, 0, TRIALS).kernels();

        double expected = TASK.sigmaPerStep() / Math.sqrt(2 * STEPS) * Math.sqrt(2 / Math.PI);
        List<KernelPoint> withoutEvidence =
                kernels.stream().filter(point -> point.strength() == 0).toList();
        assertThat(withoutEvidence).hasSize(2 * STEPS * 2); // choices, steps, channels 1 and 2; none of fixation
        for (KernelPoint point : withoutEvidence) {
            double sign = point.choice() == point.channel() ? 1 : -1;
            assertThat(point.trials()).isGreaterThan(3000);
            assertThat(point.sem()).isCloseTo(TASK.sigmaPerStep() / Math.sqrt(point.trials()), within(2e-4));
            assertThat(point.mean()).as("%s", point).isCloseTo(sign * expected, within(4.5 * point.sem()));
        }
        double mean = withoutEvidence.stream()
                .mapToDouble(point -> (point.choice() == point.channel() ? 1 : -1) * point.mean())
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(expected, within(0.02 * expected));
    }

    /** Who stops at a bound has seen most in the first steps, and what came after the answer does not count. */
    @Test
    void thatOfABoundFalls() {
        List<KernelPoint> kernels = observe(0.8, 0, TRIALS).kernels();

        List<KernelPoint> first = kernels.stream()
                .filter(point -> point.strength() == 0 && point.choice() == 1 && point.channel() == 1)
                .toList();
        assertThat(first).hasSize(STEPS);
        for (int step = 1; step < STEPS; step++) {
            assertThat(first.get(step).trials())
                    .isLessThanOrEqualTo(first.get(step - 1).trials());
        }
        assertThat(first.get(STEPS - 1).trials()).isLessThan(first.get(0).trials() / 4);
        assertThat(first.get(0).mean()).isGreaterThan(first.get(8).mean() * 0.8);
    }

    @Test
    void theSamePartsMergeIntoTheSameBits() {
        NoiseTally whole = observe(0.8, 0, 300);
        NoiseTally parts = new NoiseTally(TASK.signature(), PSYCHOMETRY);
        for (int from = 0; from < 300; from += 100) {
            parts.merge(observe(0.8, from, from + 100));
        }
        NoiseTally again = observe(0.8, 0, 100);
        again.merge(observe(0.8, 100, 200));
        again.merge(observe(0.8, 200, 300));

        assertThat(again.kernels()).isEqualTo(parts.kernels());
        assertThat(whole.kernels()).hasSameSizeAs(parts.kernels());
        for (int i = 0; i < whole.kernels().size(); i++) {
            assertThat(parts.kernels().get(i).trials())
                    .isEqualTo(whole.kernels().get(i).trials());
            assertThat(parts.kernels().get(i).mean())
                    .isCloseTo(whole.kernels().get(i).mean(), within(1e-12));
        }
    }
}
