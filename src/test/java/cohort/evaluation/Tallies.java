package cohort.evaluation;

import java.util.List;

/** Tallies of a task with two choices. */
final class Tallies {
    private Tallies() {}

    static AccuracyTally of(List<TrialOutcome> outcomes) {
        AccuracyTally tally = new AccuracyTally(0.5);
        outcomes.forEach(tally::add);
        return tally;
    }
}
