package cohort.report;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.evaluation.TrialActivity;
import cohort.evaluation.TrialOutcome;
import cohort.task.Answer;
import cohort.task.Condition;
import cohort.task.Examples;
import cohort.task.Task;
import cohort.task.Timeline;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActivityFiguresTest {
    private static final int STEPS = 10;
    private static final Task TASK = Examples.tutorial();

    /** Unit 0 is as active as given, unit 1 half as much, the others not at all. */
    private static TrialActivity trial(long index, int choice, int units, float activity) {
        float[] states = new float[STEPS * units];
        for (int step = 0; step < STEPS; step++) {
            states[step * units] = activity;
            states[step * units + 1] = activity / 2;
        }
        TrialOutcome outcome = new TrialOutcome(
                index,
                new Condition(TASK.signature().factors(), 19.2),
                STEPS,
                choice,
                Answer.choice(choice, true),
                Double.NaN,
                Double.NaN);
        return new TrialActivity(
                outcome,
                new Timeline(List.of("fixation", "stimulus", "delay", "decision"), 0, STEPS - 1, STEPS - 1, STEPS),
                units,
                states);
    }

    private static List<TrialActivity> trials(int units) {
        List<TrialActivity> trials = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            trials.add(trial(2 * i, 1, units, 4));
            trials.add(trial(2 * i + 1, 2, units, 1));
        }
        return trials;
    }

    @Test
    void bothChoicesAreDrawnOnOneScale() throws Exception {
        List<Figure> figures = new ActivityFigures(TASK, trials(2)).units();

        assertThat(figures)
                .extracting(Figure::name)
                .containsExactly("unit-activity-choice-1", "unit-activity-choice-2");
        int brightest = 0xFFFDE725;
        assertThat(dots(figures.get(0), brightest)).isGreaterThan(10_000);
        assertThat(dots(figures.get(1), brightest))
                .as("a quarter of the largest is not bright")
                .isLessThan(5_000);
    }

    private static long dots(Figure figure, int color) throws Exception {
        BufferedImage image = Pictures.image(figure);
        return Pictures.dots(image, new java.awt.Color(color));
    }

    @Test
    void silentUnitsAreLeftOutAndCounted() throws Exception {
        assertThat(Pictures.words(new ActivityFigures(TASK, trials(37)).units().get(0)))
                .contains("35 of 37 units are silent");
        assertThat(Pictures.words(new ActivityFigures(TASK, trials(3)).units().get(1)))
                .contains("1 of 3 units is silent");
        assertThat(Pictures.words(new ActivityFigures(TASK, trials(2)).units().get(0)))
                .doesNotContain("silent");
    }

    @Test
    void networksWithoutAnyActivityAreDrawnAsTheyAre() throws Exception {
        List<TrialActivity> nothing = List.of(trial(0, 1, 5, 0), trial(1, 2, 5, 0));

        assertThat(Pictures.words(new ActivityFigures(TASK, nothing).units().get(0)))
                .doesNotContain("silent");
    }
}
