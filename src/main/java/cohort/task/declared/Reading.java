package cohort.task.declared;

import cohort.task.Answer;
import cohort.task.ChoiceRule;
import cohort.task.Circle;
import cohort.task.FirstCrossing;
import cohort.task.Group;
import cohort.task.Outputs;
import cohort.task.Response;
import cohort.task.Trial;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** How answers are read, and which is right. */
sealed interface Reading extends Response {
    /** The right answer of a trial, from what was drawn for it. */
    int right(Trial trial);

    /** The same with a rule where to read. */
    default Reading with(ChoiceRule rule) {
        return this;
    }

    /** The first of the steps that are read in a period. */
    private static int from(ChoiceRule rule, Trial trial, int period) {
        return rule == ChoiceRule.LAST_STEP ? trial.end(period) - 1 : trial.start(period);
    }

    private static double sum(Outputs outputs, int output, int first, int end) {
        double sum = 0;
        for (int step = first; step < end; step++) {
            sum += outputs.at(step, output);
        }
        return sum;
    }

    /**
     * The largest output of a group.
     *
     * @param answer the right one
     * @param first the first output
     * @param size how many they are
     * @param none 1 if the first output is that of no answer, 0 if all are choices
     * @param period in which answers are read
     */
    record Largest(ChoiceRule rule, Ordinal answer, int first, int size, int none, int period, double chance)
            implements Reading {
        @Override
        public Reading with(ChoiceRule other) {
            return new Largest(other, answer, first, size, none, period, chance);
        }

        @Override
        public int right(Trial trial) {
            return answer.of(trial);
        }

        @Override
        public int choices() {
            return size - none;
        }

        @Override
        public Answer read(Trial trial, Outputs outputs) {
            int choice = largest(outputs, first, size, from(rule, trial, period), trial.end(period)) + 1 - none;
            return Answer.choice(choice, choice == trial.answer());
        }

        @Override
        public Optional<Response> crossing(double threshold) {
            return Optional.of(new FirstCrossing(choices(), chance, first + none, period, period, 0, threshold));
        }
    }

    private static int largest(Outputs outputs, int first, int size, int from, int end) {
        int best = 0;
        double largest = Double.NEGATIVE_INFINITY;
        for (int output = 0; output < size; output++) {
            double sum = sum(outputs, first + output, from, end);
            if (sum > largest) {
                largest = sum;
                best = output;
            }
        }
        return best;
    }

    /** The first step at which the largest output of a group is not its first, that of no answer; before the period it is wrong. */
    record First(Ordinal answer, int first, int size, int period, double chance) implements Reading {
        @Override
        public int right(Trial trial) {
            return answer.of(trial);
        }

        @Override
        public int choices() {
            return size - 1;
        }

        @Override
        public OptionalInt timedFrom() {
            return OptionalInt.of(period);
        }

        @Override
        public Answer read(Trial trial, Outputs outputs) {
            for (int step = 0; step < trial.end(period); step++) {
                int choice = largest(outputs, first, size, step, step + 1);
                if (choice > 0) {
                    boolean isRight = step >= trial.start(period) && choice == trial.answer();
                    return new Answer(
                            choice, Double.NaN, step * trial.signature().dtMillis(), isRight);
                }
            }
            return Answer.choice(0, trial.answer() == 0);
        }
    }

    /**
     * The direction of a ring's population vector. There is no answer while the fixation output is high, or if all units are alike.
     *
     * @param angle the right direction, degrees
     * @param withheld trials in which it is right to give no answer
     * @param directions what choices are called after: the nearest of them
     * @param ring the ring's outputs
     * @param fixation the fixation output; negative if there is none
     * @param threshold above this the network fixates
     * @param tolerance a direction that is less than this off is right, degrees
     */
    record Direction(
            ChoiceRule rule,
            Amount angle,
            Where withheld,
            List<Double> directions,
            Group ring,
            int fixation,
            double threshold,
            double tolerance,
            int period,
            double chance)
            implements Reading {
        /** Rounding is all that a population vector below this fraction of the outputs' size is made of. */
        private static final double FLAT = 1e-9;

        @Override
        public Reading with(ChoiceRule other) {
            return new Direction(
                    other, angle, withheld, directions, ring, fixation, threshold, tolerance, period, chance);
        }

        @Override
        public int right(Trial trial) {
            boolean isWithheld = !withheld.isAlways() && withheld.holds(trial);
            return isWithheld ? 0 : nearest(angle.of(trial));
        }

        private int nearest(double degrees) {
            int nearest = 0;
            for (int i = 1; i < directions.size(); i++) {
                if (distance(directions.get(i), degrees) < distance(directions.get(nearest), degrees)) {
                    nearest = i;
                }
            }
            return 1 + nearest;
        }

        private static double distance(double a, double b) {
            return Circle.distance(a, b, 360);
        }

        @Override
        public int choices() {
            return directions.size();
        }

        @Override
        public Answer read(Trial trial, Outputs outputs) {
            int from = from(rule, trial, period);
            int end = trial.end(period);
            double x = 0;
            double y = 0;
            double size = 0;
            for (int unit = 0; unit < ring.size(); unit++) {
                double output = sum(outputs, ring.first() + unit, from, end);
                double preferred = Math.toRadians(Pattern.Code.BUMP.preferred(unit, ring.size()));
                x += output * Math.cos(preferred);
                y += output * Math.sin(preferred);
                size += Math.abs(output);
            }
            boolean isFixating = fixation >= 0 && sum(outputs, fixation, from, end) > threshold * (end - from);
            boolean isFlat = !(Math.hypot(x, y) > FLAT * size);
            if (isFixating || isFlat) {
                return Answer.choice(0, trial.answer() == 0);
            }
            double direction = (Math.toDegrees(Math.atan2(y, x)) + 360) % 360;
            boolean isRight = trial.answer() > 0 && distance(direction, angle.of(trial)) < tolerance;
            return new Answer(nearest(direction), direction, Double.NaN, isRight);
        }
    }

    /**
     * Right is what is near enough to the values that are asked for: the root of the mean squared error of some outputs, over the steps of
     * some periods, is below a bound. It is the answer's value.
     */
    record Near(List<Group> groups, List<Span> spans, double below, double chance) implements Reading {
        @Override
        public int right(Trial trial) {
            return 1;
        }

        @Override
        public int choices() {
            return 1;
        }

        @Override
        public Answer read(Trial trial, Outputs outputs) {
            double sum = 0;
            int count = 0;
            for (Span span : spans) {
                for (int step = span.from(trial); step < span.end(trial); step++) {
                    for (Group group : groups) {
                        for (int output = group.first(); output < group.end(); output++) {
                            double error = outputs.at(step, output) - trial.targets()[step * trial.outputs() + output];
                            sum += error * error;
                            count++;
                        }
                    }
                }
            }
            double error = Math.sqrt(sum / count);
            return new Answer(1, error, Double.NaN, error < below);
        }
    }
}
