package cohort.evaluation;

import cohort.task.Group;
import cohort.task.Outputs;
import java.util.List;

/**
 * Outputs that the cross-entropy asks for, as the probabilities they stand for: the softmax over each group, in the same bits everywhere.
 *
 * @param outputs of the network
 * @param groups of the outputs
 */
public record Probabilities(Outputs outputs, List<Group> groups) implements Outputs {
    public Probabilities {
        groups = List.copyOf(groups);
    }

    @Override
    public float at(int step, int output) {
        for (Group group : groups) {
            if (output < group.end()) {
                double sum = 0;
                for (int other = group.first(); other < group.end(); other++) {
                    sum += StrictMath.exp((double) outputs.at(step, other) - outputs.at(step, output));
                }
                return (float) (1 / sum);
            }
        }
        throw new IllegalArgumentException("there is no output " + output);
    }
}
