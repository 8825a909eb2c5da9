package cohort.task.library.song;

import cohort.task.ChoiceRule;
import cohort.task.Factor;
import cohort.task.Group;
import cohort.task.Response;
import cohort.task.Signature;
import cohort.task.Task;
import cohort.task.Timing;
import cohort.task.Trial;
import cohort.task.parts.ErrorBelow;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Sequences of eye movements over a 3 x 3 grid of dots, in the form of Song, Yang and Wang (2016, <a
 * href="https://doi.org/10.1371/journal.pcbi.1004792">doi</a>): which of eight sequences is to be made is shown all the time, and at each
 * movement the dot that is fixated and the two that could be next.
 *
 * <p>Inputs are the nine dots, row by row from the upper left, and one channel a sequence; the two outputs are to be the position of the
 * dot to look at, from -0.5 to 0.5. Nothing counts before fixation. All sequences are equally likely.
 *
 * @param timing its periods: iti, fixation, and the movements m1, m2 and m3
 * @param grid how durations become steps
 * @param inputs what is added to all inputs
 * @param tolerance a trial with a smaller root mean squared error is right
 */
record SongSequences(Timing timing, SongGrid grid, SongInputs inputs, double tolerance) implements Task {
    static final String NAME = "song-lee";

    static final String[] PERIODS = {"iti", "fixation", "m1", "m2", "m3"};

    private static final int ITI = 0;
    private static final int FIXATION = 1;
    private static final int DOTS = 9;
    private static final int SIDE = 3;

    /** The dots of each sequence. */
    private static final int[][] SEQUENCES = {
        {4, 5, 1, 0}, {4, 3, 1, 2}, {4, 3, 7, 8}, {4, 5, 7, 6}, {4, 5, 1, 2}, {4, 3, 1, 0}, {4, 3, 7, 6}, {4, 5, 7, 8}
    };

    /** The dots that can follow each dot. */
    private static final int[][] OPTIONS = {{}, {0, 2}, {}, {1, 7}, {3, 5}, {1, 7}, {}, {6, 8}, {}};

    SongSequences {
        timing.requireStep(FIXATION, FIXATION + 1, FIXATION + 2, FIXATION + 3);
    }

    @Override
    public Signature signature() {
        return new Signature(
                NAME,
                timing.dtMillis(),
                List.of(new Group("dots", 0, DOTS), new Group("sequence", DOTS, SEQUENCES.length)),
                List.of(new Group("position", 0, 2)),
                grid.periods(timing),
                List.of(new Factor("sequence", "", "number of the sequence, from 1 on")));
    }

    @Override
    public void plan(UniformRandomProvider random, Trial into) {
        into.setAnswer(1);
        into.setFactor(0, 1 + random.nextInt(SEQUENCES.length));
        grid.draw(random, timing, into);
    }

    @Override
    public void show(UniformRandomProvider random, Trial trial) {
        int number = (int) trial.factor(0) - 1;
        int[] dots = SEQUENCES[number];
        trial.weight(ITI, 0);
        trial.paintSteps(0, trial.steps(), DOTS + number, 1);
        trial.paint(FIXATION, dots[0], 1);
        look(trial, FIXATION, dots[0]);
        for (int movement = 1; movement < dots.length; movement++) {
            int period = FIXATION + movement;
            int now = dots[movement - 1];
            trial.paint(period, now, 1);
            for (int option : OPTIONS[now]) {
                trial.paint(period, option, 1);
            }
            look(trial, period, dots[movement]);
        }
        inputs.addTo(random, trial);
    }

    private static void look(Trial trial, int period, int dot) {
        int row = dot / SIDE;
        trial.target(period, 0, 0.5 * (dot % SIDE) - 0.5);
        trial.target(period, 1, 0.5 - 0.5 * row);
    }

    @Override
    public Response response(ChoiceRule rule) {
        return new ErrorBelow(this, tolerance);
    }
}
