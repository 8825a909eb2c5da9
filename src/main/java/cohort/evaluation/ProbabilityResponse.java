package cohort.evaluation;

import cohort.task.Answer;
import cohort.task.Group;
import cohort.task.Outputs;
import cohort.task.Response;
import cohort.task.Trial;
import java.util.List;
import java.util.OptionalInt;

/**
 * Reads answers from the probabilities that outputs stand for.
 *
 * @param read how
 * @param groups of the outputs
 */
public record ProbabilityResponse(Response read, List<Group> groups) implements Response {
    public ProbabilityResponse {
        groups = List.copyOf(groups);
    }

    @Override
    public int choices() {
        return read.choices();
    }

    @Override
    public double chance() {
        return read.chance();
    }

    @Override
    public OptionalInt timedFrom() {
        return read.timedFrom();
    }

    @Override
    public Answer read(Trial trial, Outputs outputs) {
        return read.read(trial, new Probabilities(outputs, groups));
    }
}
