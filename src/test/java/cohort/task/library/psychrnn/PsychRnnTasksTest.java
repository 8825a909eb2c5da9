package cohort.task.library.psychrnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import cohort.config.Settings;
import cohort.config.UserError;
import cohort.task.Answer;
import cohort.task.ChoiceRule;
import cohort.task.Examples;
import cohort.task.IdealObserver;
import cohort.task.Split;
import cohort.task.Task;
import cohort.task.TaskFactory;
import cohort.task.Trial;
import cohort.task.TrialSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PsychRnnTasksTest {
    private static final List<String> NAMES =
            List.of("perceptual-discrimination", "delayed-discrimination", "match-to-category");

    private static PsychRnnChoice task(String name, String... settings) {
        List<String> all = new ArrayList<>(List.of("task.kind=psychrnn-" + name));
        all.addAll(List.of(settings));
        return (PsychRnnChoice) TaskFactory.chosen(Settings.defaults(all));
    }

    /** What a channel shows in a period, added up. */
    private static double sum(Trial trial, int period, int channel) {
        double sum = 0;
        for (int step = trial.start(period); step < trial.end(period); step++) {
            sum += trial.inputs()[step * trial.channels() + channel];
        }
        return sum;
    }

    /** The answer that what is shown speaks for. */
    private static int answer(PsychRnnChoice task, Trial trial) {
        return switch (task.kind()) {
            case PERCEPTUAL -> sum(trial, 1, 0) > sum(trial, 1, 1) ? 1 : 2;
            case DELAYED -> {
                double first = (sum(trial, 1, 0) - sum(trial, 1, 1)) / trial.steps(1);
                yield first > (sum(trial, 3, 0) - sum(trial, 3, 1)) / trial.steps(3) ? 1 : 2;
            }
            case CATEGORY -> {
                double best = 0;
                double least = Double.POSITIVE_INFINITY;
                for (double angle = 0.005; angle < 2 * Math.PI; angle += 0.01) {
                    double squares = 0;
                    for (int unit = 0; unit < task.units(); unit++) {
                        double miss = sum(trial, 1, unit) / trial.steps(1) - task.tuning(unit, angle);
                        squares += miss * miss;
                    }
                    if (squares < least) {
                        least = squares;
                        best = angle;
                    }
                }
                yield task.category(best);
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"repaired", "original"})
    void theAnswerFollowsFromTheInputs(String form) {
        for (String name : NAMES) {
            PsychRnnChoice task = task(name, "task.sigma=0", "task.form=" + form);
            TrialSource source = task.trials(3, Split.TRAIN);
            for (int index = 0; index < 100; index++) {
                Trial trial = Examples.read(source, index);
                assertThat(trial.steps()).isEqualTo(100);
                int wrong = answer(task, trial) == trial.answer() ? 0 : 1;
                boolean isAtABorder = task.kind() == PsychRnnKind.CATEGORY
                        && Math.abs(Math.IEEEremainder(trial.drawn(PsychRnnChoice.ANGLE), Math.PI)) < 0.01;
                assertThat(wrong).isLessThanOrEqualTo(isAtABorder ? 1 : 0);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "perceptual-discrimination, 4, 0.03",
        "perceptual-discrimination, 0.1414, 0.001",
        "delayed-discrimination, 8, 0.03",
        "match-to-category, 0.1414, 0.004",
        "match-to-category, 2, 0.02"
    })
    void theCeilingIsWhatCanBeReached(String name, String sigma, double tolerance) {
        PsychRnnChoice task = task(name, "task.sigma=" + sigma);
        IdealObserver ideal = task.ideal().orElseThrow();
        TrialSource source = task.trials(3, Split.TRAIN);
        double expected = 0;
        double right = 0;
        int trials = 2_000;
        for (int index = 0; index < trials; index++) {
            Trial trial = Examples.read(source, index);
            expected += ideal.accuracy(trial) / trials;
            right += answer(task, trial) == trial.answer() ? 1.0 / trials : 0;
        }
        assertThat(right).isCloseTo(expected, within(tolerance));
    }

    /** In each trial there is a stimulus to see, and a decision to be made. */
    @Test
    void whatIsRepaired() {
        for (String name : NAMES) {
            PsychRnnChoice coarse = task(name, "task.dt=40");
            PsychRnnChoice fine = task(name, "task.dt=10");
            assertThat(coarse.noise()).isCloseTo(fine.noise() / 2, within(1e-12));
            TrialSource source = coarse.trials(3, Split.TRAIN);
            for (int index = 0; index < 500; index++) {
                Trial trial = Examples.read(source, index);
                assertThat(trial.steps())
                        .isBetween(
                                coarse.signature().minSteps(),
                                coarse.signature().maxSteps());
                for (int period = 0; period < coarse.signature().periods().size(); period++) {
                    boolean isAsked = period == coarse.kind().asked();
                    assertThat(trial.steps(period))
                            .isGreaterThanOrEqualTo(
                                    isAsked || coarse.kind().shown().contains(period) ? 1 : 0);
                    for (int step = trial.start(period); step < trial.end(period); step++) {
                        assertThat(trial.weights()[step]).isEqualTo(isAsked ? 1 : 0);
                    }
                }
            }
        }
        PsychRnnChoice ring = task("match-to-category");
        assertThat(ring.ring(1)[0]).isNotEqualTo(ring.ring(1)[15]);
    }

    @Test
    void whatTheOriginalHas() {
        PsychRnnChoice ring = task("match-to-category", "task.form=original");
        assertThat(ring.ring(1)[0]).isEqualTo(ring.ring(1)[15]);
        PsychRnnChoice perceptual = task("perceptual-discrimination", "task.form=original");
        Trial trial = Examples.read(perceptual.trials(3, Split.TRAIN), 0);
        assertThat(trial.weights()[trial.start(2)]).isEqualTo(1);
        assertThat(trial.targets()[2 * trial.start(2)]).isZero();
        assertThat(perceptual.noise())
                .isGreaterThan(task("perceptual-discrimination", "task.form=original", "task.dt=10")
                        .noise());
        PsychRnnChoice delayed =
                task("delayed-discrimination", "task.form=original", "task.timing.decision={ uniform = [0, 30] }");
        TrialSource source = delayed.trials(3, Split.TRAIN);
        boolean canVanish = false;
        for (int index = 0; index < 100; index++) {
            Trial one = Examples.read(source, index);
            canVanish |= one.steps(4) == 0;
            if (one.steps(4) == 0) {
                assertThat(delayed.response(ChoiceRule.LAST_STEP).read(one, (step, output) -> 1))
                        .isEqualTo(Answer.choice(0, false));
            }
        }
        assertThat(canVanish).isTrue();
    }

    @ParameterizedTest
    @EnumSource(ChoiceRule.class)
    void theLargestOutputInTheDecisionIsTheChoice(ChoiceRule rule) {
        Task task = task("delayed-discrimination");
        TrialSource source = task.trials(3, Split.TRAIN);
        for (int index = 0; index < 20; index++) {
            Trial trial = Examples.read(source, index);
            Answer right = task.response(rule)
                    .read(
                            trial,
                            (step, output) ->
                                    trial.targets()[2 * step + output] + (step < trial.start(4) ? output : 0));
            assertThat(right).isEqualTo(Answer.choice(trial.answer(), true));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "perceptual-discrimination | task.duration=1500 | periods can take 1790.0 ms with one step",
                "delayed-discrimination | task.timing.decision=0 | the decision period can be shorter than one step",
                "delayed-discrimination | task.timing.stimulus-2={ uniform = [0, 500] } | the stimulus-2 period can be",
                "delayed-discrimination | task.frequencies=[] | must be different Hz",
                "match-to-category | task.categories=1 | task.categories = 1: must be a whole number from 2",
                "match-to-category | task.ring-size=2 | must be a whole number from 3",
                "match-to-category | task.form=new | must be one of repaired, original",
                "match-to-category | task.duration=0 | task.duration = 0: must be milliseconds above 0",
                "match-to-category | task.coherences=[1] | there is no key task.coherences"
            })
    void aSettingThatIsNoneIsRefused(String name, String setting, String message) {
        assertThatThrownBy(() -> task(name, setting))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message);
    }
}
