package cohort.task.library.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cohort.task.Duration;
import cohort.task.Examples;
import cohort.task.RandomStreams;
import cohort.task.Split;
import cohort.task.Trial;
import cohort.task.TrialSource;
import cohort.task.parts.FixationMode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PerceptualDecisionMakingTest {
    /** Without noise, channel j of R shows 0.5 + cos(2 pi j / R - theta*) coherence / 200. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void theStimulusFollowsTheTuning(int ring) {
        TrialSource source = Examples.trials(Examples.withDelay(ring, 0, FixationMode.UNTIL_DECISION));
        Set<String> conditions = new HashSet<>();
        for (int index = 0; index < 500; index++) {
            Trial trial = Examples.read(source, index);
            conditions.add(trial.answer() + " at " + trial.factor("coherence"));
            double right = 2 * Math.PI * (trial.answer() - 1) / ring;
            for (int step = trial.start(1); step < trial.end(1); step++) {
                for (int j = 0; j < ring; j++) {
                    double expected = 0.5 + Math.cos(2 * Math.PI * j / ring - right) * trial.factor("coherence") / 200;
                    assertThat(observation(trial, step, 1 + j)).isCloseTo((float) expected, within(1e-7f));
                }
            }
        }
        assertThat(conditions).hasSize(ring * Examples.COHERENCES.size());
    }

    @Test
    void theRightDirectionIsTheStrongestChannelAndTheOneToChoose() {
        TrialSource source = Examples.trials(Examples.withDelay(5, 0, FixationMode.FIXATION_ONLY));
        for (int index = 0; index < 100; index++) {
            Trial trial = Examples.read(source, index);
            int step = trial.start(1);
            int answer = Examples.target(trial, trial.steps() - 1);
            assertThat(answer).isEqualTo(trial.answer()).isBetween(1, 5);
            for (int j = 1; j <= 5 && trial.factor("coherence") > 0; j++) {
                if (j != answer) {
                    assertThat(observation(trial, step, j)).isLessThan(observation(trial, step, answer));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(FixationMode.class)
    void theFixationInputIsOnAsItsModeSays(FixationMode mode) {
        Trial trial = Examples.read(Examples.trials(Examples.withDelay(2, 1, mode)), 3);
        assertThat(trial.steps()).isEqualTo(5 + 10 + 3 + 5);
        int on = mode == FixationMode.UNTIL_DECISION ? 5 + 10 + 3 : 5;
        for (int step = 0; step < trial.steps(); step++) {
            assertThat(observation(trial, step, 0)).as("step " + step).isEqualTo(step < on ? 1f : 0f);
        }
    }

    @Test
    void theStimulusIsSilentOutsideItsPeriod() {
        TrialSource source = Examples.trials(Examples.withDelay(4, 1, FixationMode.UNTIL_DECISION));
        Trial trial = new Trial(source.signature());
        for (int index = 0; index < 20; index++) {
            source.read(index, trial);
            for (int step = 0; step < trial.steps(); step++) {
                boolean isShown = step >= 5 && step < 15;
                for (int j = 1; j <= 4; j++) {
                    assertThat(observation(trial, step, j) != 0)
                            .as("step " + step)
                            .isEqualTo(isShown);
                }
            }
        }
    }

    @Test
    void noiseIsStandardNormalAndIndependentBetweenChannelsAndSteps() {
        double sigma = 3;
        TrialSource noisy = Examples.trials(Examples.withDelay(2, sigma, FixationMode.UNTIL_DECISION));
        TrialSource silent = Examples.trials(Examples.withDelay(2, 0, FixationMode.UNTIL_DECISION));
        int n = 0;
        double[] moments = new double[5];
        double betweenChannels = 0;
        double betweenSteps = 0;
        for (int index = 0; index < 5000; index++) {
            Trial a = Examples.read(noisy, index);
            Trial b = Examples.read(silent, index);
            assertThat(a.answer()).isEqualTo(b.answer());
            assertThat(a.factor("coherence")).isEqualTo(b.factor("coherence"));
            for (int step = 5; step < 15; step++) {
                double left = (observation(a, step, 1) - observation(b, step, 1)) * Math.sqrt(20) / sigma;
                double right = (observation(a, step, 2) - observation(b, step, 2)) * Math.sqrt(20) / sigma;
                double next = step == 14 ? 0 : observation(a, step + 1, 1) - observation(b, step + 1, 1);
                for (int power = 1; power <= 4; power++) {
                    moments[power] += Math.pow(left, power);
                }
                betweenChannels += left * right;
                betweenSteps += left * next * Math.sqrt(20) / sigma;
                n++;
            }
        }
        double five = 5 / Math.sqrt(n);
        assertThat(moments[1] / n).isCloseTo(0, within(five));
        assertThat(moments[2] / n).isCloseTo(1, within(five * Math.sqrt(2)));
        assertThat(moments[3] / n).isCloseTo(0, within(five * Math.sqrt(15)));
        assertThat(moments[4] / n).isCloseTo(3, within(five * Math.sqrt(96)));
        assertThat(betweenChannels / n).isCloseTo(0, within(five));
        assertThat(betweenSteps / n).isCloseTo(0, within(five));
    }

    @Test
    void aTrialIsTheSameWhateverWasReadBefore() {
        TrialSource source = Examples.trials(Examples.randomDurations());
        Trial reused = new Trial(source.signature());
        for (long index : new long[] {5, 0, 17, 16, 1_000_000_007L, 5, RandomStreams.MAX_INDEX, 3}) {
            source.read(index, reused);
            Trial alone = Examples.read(Examples.trials(Examples.randomDurations()), index);
            assertThat(reused.index()).isEqualTo(alone.index()).isEqualTo(index);
            assertThat(reused.answer()).isEqualTo(alone.answer());
            assertThat(reused.factor("coherence")).isEqualTo(alone.factor("coherence"));
            for (int period = 0; period < 4; period++) {
                assertThat(reused.start(period)).isEqualTo(alone.start(period));
                assertThat(reused.end(period)).isEqualTo(alone.end(period));
            }
            assertThat(reused.copyInputs()).isEqualTo(alone.copyInputs());
        }
    }

    @Test
    void stepsAreThoseOfTheTrialThatIsRead() {
        TrialSource source = Examples.trials(Examples.randomDurations());
        Set<Integer> lengths = new HashSet<>();
        for (int index = 0; index < 1000; index++) {
            int steps = source.steps(index);
            assertThat(steps).isEqualTo(Examples.read(source, index).steps());
            assertThat(steps)
                    .isBetween(source.signature().minSteps(), source.signature().maxSteps());
            lengths.add(steps);
        }
        assertThat(source.signature().minSteps()).isEqualTo(2 + 5 + 0 + 4);
        assertThat(source.signature().maxSteps()).isEqualTo(8 + 20 + 10 + 4);
        assertThat(lengths).hasSizeGreaterThan(20);
    }

    @Test
    void seedsAndSplitsAreDifferentTrials() {
        PerceptualDecisionMaking task = Examples.tutorial();
        Set<Float> firstStimuli = new HashSet<>();
        for (long seed : new long[] {0, 1, 2}) {
            for (Split split : List.of(Split.TRAIN, Split.VALIDATION, Split.TEST)) {
                for (int index = 0; index < 4; index++) {
                    Trial trial = Examples.read(task.trials(seed, split), index);
                    firstStimuli.add(observation(trial, trial.start(1), 1));
                }
            }
        }
        assertThat(firstStimuli).hasSize(3 * 3 * 4);
    }

    @ParameterizedTest
    @CsvSource({
        "15, 100, 2000, 14.9, 100, 6, 133, 0, 6",
        "15, 0, 15, 29, 44.9, 0, 1, 1, 2",
        "0.1, 0.3, 0.7, 0, 0.6, 3, 7, 0, 6",
        "7.5, 100, 7.5, 15, 22.4, 13, 1, 2, 2"
    })
    void durationsAreFlooredToWholeSteps(
            double dt, double fixation, double stimulus, double delay, double decision, int f, int s, int d, int c) {
        PerceptualDecisionMaking task = new PerceptualDecisionMaking(
                dt,
                2,
                List.of(50.0),
                1,
                FixationMode.UNTIL_DECISION,
                new Duration.Constant(fixation),
                new Duration.Constant(stimulus),
                new Duration.Constant(delay),
                new Duration.Constant(decision));
        Trial trial = Examples.read(task.trials(1, Split.TRAIN), 0);
        assertThat(List.of(0, 1, 2, 3)).extracting(trial::steps).containsExactly(f, s, d, c);
        assertThat(task.signature().minSteps())
                .isEqualTo(f + s + d + c)
                .isEqualTo(task.signature().maxSteps());
    }

    @Test
    void aRingHasAsManyChannelsAndChoicesAsDirectionsAndOneForFixation() {
        PerceptualDecisionMaking task = Examples.withDelay(5, 1, FixationMode.FIXATION_ONLY);
        TrialSource source = task.trials(0, Split.TEST);
        assertThat(task.signature().channels())
                .isEqualTo(6)
                .isEqualTo(source.signature().channels());
        assertThat(task.signature().outputCount())
                .isEqualTo(6)
                .isEqualTo(source.signature().outputCount());
        assertThat(Examples.read(source, 0).channels()).isEqualTo(6);
    }

    private static float observation(Trial trial, int step, int channel) {
        return trial.inputs()[step * trial.channels() + channel];
    }
}
