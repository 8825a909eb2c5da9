package cohort.task.library.psychrnn;

import cohort.task.Factor;
import cohort.task.Trial;
import cohort.task.parts.SignalDistance;
import cohort.task.parts.Vibration;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/** The tasks of PsychRNN that are built here: what they show, and when. */
@SuppressWarnings("ImmutableEnumChecker") // its lists are those of List.of
enum PsychRnnKind {
    /** 1 on both channels, and the coherence besides on one; Britten et al. (1992). */
    PERCEPTUAL(
            "psychrnn-perceptual-discrimination",
            List.of("before", "stimulus", "gap"),
            "response",
            3,
            List.of(1),
            0.2,
            List.of(new Factor("coherence", "", "how much more the channel of the answer shows"))) {
        @Override
        void plan(UniformRandomProvider random, PsychRnnChoice task, Trial into) {
            into.setAnswer(1 + random.nextInt(2));
            into.setFactor(0, task.values().get(random.nextInt(task.values().size())));
        }

        @Override
        void show(PsychRnnChoice task, Trial trial, int period) {
            trial.paint(period, trial.answer() - 1, 1 + trial.factor(0));
            trial.paint(period, 2 - trial.answer(), 1);
        }

        /** The stimulus lies strictly within its times, the response after the gap. */
        @Override
        int firstStepAfter(int period, double steps) {
            return period == 1 ? super.firstStepAfter(period, steps) : (int) Math.floor(steps + ROUNDING) + 1;
        }

        @Override
        double accuracy(PsychRnnChoice task, Trial trial) {
            double distance = Math.sqrt(2 * trial.steps(1)) * trial.factor(0);
            return SignalDistance.accuracy(distance, task.noise());
        }
    },

    /** Two vibrations, one after the other; Romo et al. (1999). */
    DELAYED(
            "psychrnn-delayed-discrimination",
            List.of("before", "stimulus-1", "delay", "stimulus-2", "decision"),
            "after",
            4,
            List.of(1, 3),
            0.2,
            Vibration.FACTORS) {
        @Override
        void plan(UniformRandomProvider random, PsychRnnChoice task, Trial into) {
            Vibration.plan(random, task.values(), task.difference(), into);
        }

        @Override
        void show(PsychRnnChoice task, Trial trial, int period) {
            Vibration.show(trial, period, trial.factor(period == 1 ? 0 : 1));
        }

        /** That of who is told the pair: somebody who is not cannot do better. */
        @Override
        double accuracy(PsychRnnChoice task, Trial trial) {
            double steps = trial.steps(1) + trial.steps(3);
            double distance = Math.sqrt(steps) * Vibration.distance(task.difference());
            return SignalDistance.accuracy(distance, task.noise());
        }
    },

    /** A direction on a ring of units, which belongs to one of several categories; Freedman and Assad (2006). */
    CATEGORY(
            "psychrnn-match-to-category",
            List.of("before", "stimulus", "response"),
            "after",
            2,
            List.of(1),
            0,
            List.of(new Factor("category", "", "number of the category, from 1 on"))) {
        @Override
        void plan(UniformRandomProvider random, PsychRnnChoice task, Trial into) {
            double angle = 2 * Math.PI * random.nextDouble();
            into.setDrawn(PsychRnnChoice.ANGLE, angle);
            into.setAnswer(task.category(angle));
            into.setFactor(0, into.answer());
        }

        @Override
        void show(PsychRnnChoice task, Trial trial, int period) {
            trial.paint(period, 0, task.ring(trial.drawn(PsychRnnChoice.ANGLE)));
        }

        @Override
        double accuracy(PsychRnnChoice task, Trial trial) {
            return PsychRnnCategories.accuracy(task, trial.steps(1));
        }
    };

    /** A time this much after a step, as a fraction of it, is the step: what is left of rounding. */
    static final double ROUNDING = 1e-9;

    private final String taskName;
    private final List<String> periods;
    private final String rest;
    private final int asked;
    private final List<Integer> shown;
    private final double low;
    private final List<Factor> factors;

    PsychRnnKind(
            String taskName,
            List<String> periods,
            String rest,
            int asked,
            List<Integer> shown,
            double low,
            List<Factor> factors) {
        this.taskName = taskName;
        this.periods = periods;
        this.rest = rest;
        this.asked = asked;
        this.shown = shown;
        this.low = low;
        this.factors = factors;
    }

    /** The name in configurations and tables. */
    String taskName() {
        return taskName;
    }

    /** Names of the periods whose durations are drawn. */
    List<String> periods() {
        return periods;
    }

    /** Name of the last period: what is left of the trial. */
    String rest() {
        return rest;
    }

    /** Place of the period that asks for the choice. */
    int asked() {
        return asked;
    }

    /** Places of the periods that show the evidence. */
    List<Integer> shown() {
        return shown;
    }

    /** What an output is to be that is not chosen; the chosen one is to be 1. */
    double low() {
        return low;
    }

    List<Factor> factors() {
        return factors;
    }

    /** Draws the factors and the answer. */
    abstract void plan(UniformRandomProvider random, PsychRnnChoice task, Trial into);

    /** Shows the evidence in a period. */
    abstract void show(PsychRnnChoice task, Trial trial, int period);

    /** Accuracy of the ideal observer in such a trial. */
    abstract double accuracy(PsychRnnChoice task, Trial trial);

    /** Of the original: the first step, the time of which is its number times dt, after a period that ends at a time, in steps. */
    int firstStepAfter(int period, double steps) {
        return (int) Math.ceil(steps - ROUNDING);
    }
}
