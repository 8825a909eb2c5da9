package cohort.task.library.detection;

import static cohort.task.library.LibraryTasks.going;
import static cohort.task.library.LibraryTasks.input;
import static cohort.task.library.LibraryTasks.next;
import static cohort.task.library.LibraryTasks.stepsOn;
import static cohort.task.library.LibraryTasks.task;
import static cohort.task.library.LibraryTasks.trials;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cohort.task.Answer;
import cohort.task.ChoiceRule;
import cohort.task.Examples;
import cohort.task.IdealObserver;
import cohort.task.Task;
import cohort.task.Trial;
import cohort.task.library.LibraryTasks;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectionTasksTest {
    @Test
    void goFollowsFromTheSignal() {
        Task task = task("detection", "task.sigma=0", "task.signal=300");
        int signals = 0;
        for (Trial trial : trials(task, 400)) {
            int onset = next(trial, 0, 1, true);
            assertThat(stepsOn(trial, 0)).isEqualTo(5);
            assertThat(stepsOn(trial, 1)).isEqualTo(trial.answer() == 1 ? 3 : 0);
            for (int step = 0; step < trial.steps(); step++) {
                assertThat(Examples.target(trial, step)).isEqualTo(step >= onset ? 1 : 0);
            }
            signals += trial.answer();
        }
        assertThat(signals).isBetween(150, 250);
        assertThat(task.ideal()).isEmpty(); // without noise everything can be right
    }

    @Test
    void theFirstGoIsRightFromTheSignalOn() {
        Task task = task("detection", "task.onset=200");
        for (Trial trial : trials(task, 50)) {
            boolean hasSignal = trial.answer() == 1;
            for (int step = 0; step < trial.steps(); step++) {
                int first = step;
                assertThat(going(task, trial, s -> s >= first))
                        .isEqualTo(new Answer(1, Double.NaN, 100.0 * first, hasSignal && first >= 7));
            }
            assertThat(going(task, trial, s -> false)).isEqualTo(Answer.choice(0, !hasSignal));
        }
    }

    /** The likelihood of what is shown, over all beginnings, without a word of the task's own code. */
    @Test
    void nobodyIsBetterAtDetectionThanWhoKnowsItsLikelihoods() {
        Task task = task("detection");
        double noise = 0.1;
        assertThat(simulated(task, trial -> {
                    int steps = trial.steps() - 5;
                    int onsets = steps - 2;
                    double likelihood = 0;
                    for (int onset = 0; onset < onsets; onset++) {
                        double seen = input(trial, 5 + onset, 1);
                        likelihood += Math.exp((0.5 * seen - 0.125) / (noise * noise)) / onsets;
                    }
                    return likelihood > 1 ? 1 : 0;
                }))
                .isCloseTo(0.985, within(0.004));
    }

    @Test
    void nobodyIsBetterAtTonesThanWhoAddsThemUp() {
        Task task = task("tone-detection", "task.sigma=4", "task.tone=100");
        assertThat(simulated(task, trial -> {
                    int best = 0;
                    double largest = 1; // half of what a tone of two steps amounts to
                    for (int tone = 1; tone <= 3; tone++) {
                        double sum = input(trial, 10 * tone, 0) + input(trial, 10 * tone + 1, 0);
                        best = sum > largest ? tone : best;
                        largest = Math.max(largest, sum);
                    }
                    return best;
                }))
                .isBetween(0.7, 0.95);
        assertThat(accuracy(task("tone-detection"), trials(task("tone-detection"), 100)))
                .isCloseTo(1, within(1e-9));
    }

    /** How often an observer of the inputs is right, which must be what the task says of the best one. */
    private static double simulated(Task task, Function<Trial, Integer> observer) {
        List<Trial> trials = trials(task, 20_000);
        double right = trials.stream()
                        .filter(trial -> observer.apply(trial) == trial.answer())
                        .count()
                / (double) trials.size();
        assertThat(accuracy(task, trials)).isCloseTo(right, within(0.01)); // 4 standard errors at 0.85
        return right;
    }

    private static double accuracy(Task task, List<Trial> trials) {
        IdealObserver ideal = task.ideal().orElseThrow();
        return trials.stream().mapToDouble(ideal::accuracy).average().orElseThrow();
    }

    @Test
    void inTheOriginalTrialsWithoutASignalAreNoisier() {
        for (String form : List.of("repaired", "original")) {
            double squares = 0;
            int count = 0;
            for (Trial trial : trials(task("detection", "task.form=" + form), 2000)) {
                for (int step = 5; step < trial.steps() && trial.answer() == 0; step++) {
                    squares += input(trial, step, 1) * input(trial, step, 1);
                    count++;
                }
            }
            assertThat(squares / count).isCloseTo(form.equals("original") ? 0.02 : 0.01, within(0.001));
        }
        Task original = task("detection", "task.form=original");
        assertThat(accuracy(original, trials(original, 200))).isBetween(0.95, 1.0);
    }

    @Test
    void theTonesMomentIsAskedForWhenItCanBeKnown() {
        Task repaired = task("tone-detection", "task.sigma=0");
        Task original = task("tone-detection", "task.sigma=0", "task.form=original");
        for (int index = 0; index < 100; index++) {
            Trial trial = trials(repaired, 100).get(index);
            int onset = next(trial, 0, 0, true);
            assertThat(trial.answer()).isEqualTo(onset == trial.steps() ? 0 : onset / 10);
            for (int step = 0; step < trial.steps(); step++) {
                assertThat(Examples.target(trial, step)).isEqualTo(step >= onset ? trial.answer() : 0);
            }
        }
        for (Trial trial : trials(original, 100)) {
            assertThat(Examples.target(trial, 0)).isEqualTo(trial.answer());
        }
        assertThat(repaired.response(ChoiceRule.DECISION_MEAN).chance()).isEqualTo(0.25);
    }

    @Test
    void whoSeesAStimulusResponds() {
        Task task = task("annubes", "task.timing.iti=300", "task.modalities=[v, a, va]", "task.shares=[1, 1, 2]");
        int[] seen = new int[4];
        for (Trial trial : trials(task, 2000)) {
            int visual = stepsOn(trial, 2);
            int auditory = stepsOn(trial, 3);
            int modality = visual > 0 && auditory > 0 ? 3 : visual > 0 ? 1 : auditory > 0 ? 2 : 0;
            seen[modality]++;
            assertThat((int) trial.factor("modality")).isEqualTo(modality);
            assertThat(trial.answer()).isEqualTo(modality > 0 ? 1 : 0);
            assertThat(stepsOn(trial, 1)).isEqualTo(10);
            for (int step = 0; step < trial.steps(); step++) {
                boolean isShown = step >= 5 && step < 15;
                assertThat(Examples.target(trial, step)).isEqualTo(isShown ? trial.answer() : 0);
            }
            assertThat(LibraryTasks.obedient(task, trial).correct()).isTrue(); // though iti comes last
            assertThat(going(task, trial, s -> s == 14).choice()).isEqualTo(1);
            assertThat(going(task, trial, s -> s != 14).choice()).isEqualTo(0);
        }
        assertThat(seen[0]).isBetween(900, 1100);
        assertThat(seen[3]).isBetween(420, 580);
        Task original = task("annubes", "task.modalities=[v, a, va]", "task.shares=[1, 1, 2]", "task.form=original");
        assertThat(original.signature().channels()).isEqualTo(5);
        assertThat(task.signature().channels()).isEqualTo(4);
    }

    @Test
    void noModalityComesMoreOftenInARowThanAllowed() {
        for (String form : List.of("repaired", "original")) {
            Task task = task(
                    "annubes", "task.max-sequential=2", "task.catch=0.1", "task.block-size=50", "task.form=" + form);
            int longest = 0;
            int row = 0;
            double before = -1;
            for (Trial trial : trials(task, 2000)) {
                double modality = trial.factor("modality");
                row = modality == before && trial.index() % 50 != 0 ? row + 1 : 1;
                longest = Math.max(longest, modality == 0 ? 0 : row);
                assertThat(trial.drawn(Annubes.IN_A_ROW)).isEqualTo(modality == 0 ? 1 : row);
                before = modality;
            }
            assertThat(longest).isEqualTo(2);
        }
    }

    @Test
    void whoGuessesAtAnnubesSaysWhatIsRightMoreOften() {
        assertThat(task("annubes", "task.catch=0.2")
                        .response(ChoiceRule.LAST_STEP)
                        .chance())
                .isEqualTo(0.8);
        assertThat(task("annubes", "task.catch=0").notes()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "detection      | task.signal=50                   | shorter than one step",
                "detection      | task.signal=600                  | does not fit",
                "detection      | task.onset=500                   | does not fit",
                "detection      | task.onset=later                 | anywhere",
                "detection      | task.sigma=-1                    | at least 0",
                "tone-detection | task.tone=40                     | shorter than one step",
                "tone-detection | task.onsets=[]                   | no moment",
                "tone-detection | task.onsets=[500, 500]           | in their order",
                "tone-detection | task.onsets=[2000]               | does not fit",
                "tone-detection | task.sigma=x                     | at least 0",
                "annubes        | task.modalities=v                | list of names",
                "annubes        | task.modalities=[v, v]           | different names",
                "annubes        | task.modalities=[v]              | a number of at least 0 for each",
                "annubes        | task.shares=[0, 0]               | above 0 for one",
                "annubes        | task.intensities=[]              | empty",
                "annubes        | task.catch=1.5                   | from 0 to 1",
                "annubes        | task.outputs=1                   | from 2",
                "annubes        | task.noise=-1                    | from 0"
            })
    void aBadSettingIsRefused(String kind, String setting, String message) {
        LibraryTasks.assertRefused(kind, setting, message);
    }
}
