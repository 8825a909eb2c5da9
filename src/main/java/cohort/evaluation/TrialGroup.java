package cohort.evaluation;

import cohort.task.Condition;
import cohort.task.Psychometry;
import java.util.Comparator;
import java.util.Optional;

/**
 * What trials have in common whose activity is averaged: the right answer, and the strength of the evidence for it; of tasks without
 * a psychometric function, the whole condition. Without evidence there is no answer to be known, so that it is 0 there.
 *
 * <p>Groups are ordered by condition, or by signed strength; further answers follow one after the other.
 */
public final class TrialGroup implements Comparable<TrialGroup> {
    private static final Comparator<TrialGroup> ORDER = Comparator.comparing(
                    (TrialGroup group) -> group.condition, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparingInt(TrialGroup::place)
            .thenComparingDouble(TrialGroup::signedStrength);

    private final int answer;
    private final int positive;
    private final double strength;
    private final Condition condition;

    private TrialGroup(int answer, int positive, double strength, Condition condition) {
        this.answer = answer;
        this.positive = positive;
        this.strength = strength;
        this.condition = condition;
    }

    /** The group of a trial. */
    public static TrialGroup of(TrialOutcome outcome, Optional<Psychometry> psychometry) {
        if (psychometry.isEmpty()) {
            return new TrialGroup(outcome.answer(), 0, Double.NaN, outcome.condition());
        }
        double strength = outcome.condition().value(psychometry.get().factor());
        return new TrialGroup(
                strength == 0 ? 0 : outcome.answer(), psychometry.get().positive(), strength, null);
    }

    /** The right answer, from 1 on; 0 for none. */
    public int answer() {
        return answer;
    }

    /** Strength of the evidence, at least 0; NaN of tasks without a psychometric function. */
    public double strength() {
        return strength;
    }

    /** Strength of the evidence, negative for the one of the first two answers that is not the positive one. */
    public double signedStrength() {
        return answer == 3 - positive ? -strength : strength;
    }

    /** The condition, of tasks without a psychometric function. */
    public Optional<Condition> condition() {
        return Optional.ofNullable(condition);
    }

    @Override
    public int compareTo(TrialGroup other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TrialGroup group && compareTo(group) == 0;
    }

    @Override
    public int hashCode() {
        return Double.hashCode(strength) + 31 * answer;
    }

    /** The negative answer, none, the positive answer, and further ones, in their order. */
    private int place() {
        if (condition != null || answer > 2) {
            return answer;
        }
        return answer == 0 ? 1 : answer == positive ? 2 : 0;
    }
}
