package cohort.task.declared;

import cohort.task.ChoiceRule;
import cohort.task.Psychometry;
import cohort.task.Response;
import cohort.task.Signature;
import cohort.task.Task;
import cohort.task.Timing;
import cohort.task.Trial;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A task that is written in a configuration. All names in it are places by now, and all that is painted is a list of small records.
 *
 * @param timing the periods, and how long those are whose length no draw says
 * @param lengths by period: place of the draw that says how long it is; negative if none does
 * @param blockSize number of successive trials whose periods are equally long
 * @param draws in an order in which each is made of those before it
 * @param verbs what is done to show a trial, in this order
 * @param reading how answers are read, and which is right
 * @param evidence what psychometric functions are drawn over; null if there are none
 * @param notes what its author may not have meant
 */
record DeclaredTask(
        Signature signature,
        Timing timing,
        List<Integer> lengths,
        int blockSize,
        List<Drawn> draws,
        List<Verb> verbs,
        Reading reading,
        Psychometry evidence,
        List<String> notes)
        implements Task {
    DeclaredTask {
        lengths = List.copyOf(lengths);
        draws = List.copyOf(draws);
        verbs = List.copyOf(verbs);
        notes = List.copyOf(notes);
    }

    /**
     * A draw.
     *
     * @param factor which of the factors it is; negative if it is none
     */
    record Drawn(Draw draw, int factor) implements Serializable {}

    @Override
    public void planBlock(UniformRandomProvider random, Trial into) {
        for (int period = 0; period < lengths.size(); period++) {
            int drawn = lengths.get(period);
            into.setSteps(period, drawn < 0 ? timing.drawSteps(random, period) : timing.steps(into.drawn(drawn)));
        }
    }

    @Override
    public void plan(UniformRandomProvider random, Trial into) {
        for (int place = 0; place < draws.size(); place++) {
            Drawn drawn = draws.get(place);
            double value = drawn.draw().draw(random, into);
            into.setDrawn(place, value);
            if (drawn.factor() >= 0) {
                into.setFactor(drawn.factor(), value);
            }
        }
        if (blockSize == 1) {
            planBlock(random, into);
        }
        into.setAnswer(reading.right(into));
    }

    @Override
    public void show(UniformRandomProvider random, Trial trial) {
        for (int i = 0; i < verbs.size(); i++) {
            verbs.get(i).paint(random, trial);
        }
    }

    @Override
    public Response response(ChoiceRule rule) {
        return reading.with(rule);
    }

    @Override
    public Optional<Psychometry> psychometry() {
        return Optional.ofNullable(evidence);
    }
}
