package cohort.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cohort.task.ChoiceRule;
import cohort.task.Examples;
import cohort.task.Group;
import cohort.task.Split;
import cohort.task.Task;
import cohort.task.Trial;
import cohort.task.TrialSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskFactsTest {
    private final Task task = Examples.tutorial();
    private final TrialSource source = task.trials(1, Split.TEST);
    private final TaskFacts facts = TaskFacts.of(task, task.response(ChoiceRule.LAST_STEP), source, 2_000);

    @Test
    void theCeilingIsTheIdealObserversWhereThereIsEvidence() {
        assertThat(facts.chance()).isEqualTo(0.5);
        // 0.9238, 0.9979, 1 and 1 of the coherences above 0, the same number of each but for the draw.
        assertThat(facts.ceiling()).isCloseTo((0.9238 + 0.9979 + 2) / 4, within(0.003));
        assertThat(facts.shortest()).isEqualTo(60);
        assertThat(facts.longest()).isEqualTo(60);
    }

    @Test
    void examplesAreTheFirstTrialsOfTheirConditions() {
        assertThat(facts.examples()).hasSize(5);
        facts.examples().forEach((condition, index) -> {
            Trial trial = Examples.read(source, index);
            assertThat(trial.condition()).isEqualTo(condition);
            for (long before = 0; before < index; before++) {
                assertThat(Examples.read(source, before).condition()).isNotEqualTo(condition);
            }
        });
        List<Long> all = List.copyOf(facts.examples().values());
        assertThat(facts.examples(9)).isEqualTo(all);
        assertThat(facts.examples(3)).containsExactly(all.get(0), all.get(2), all.get(4));
        assertThat(facts.examples(1)).containsExactly(all.get(0));
    }

    @Test
    void probabilitiesAreTheSoftmaxOfEachGroup() {
        float[] outputs = {0, (float) Math.log(3), 100, 100, 1000};
        Probabilities probabilities = new Probabilities(
                (step, output) -> outputs[output], List.of(new Group("a", 0, 2), new Group("b", 2, 3)));

        assertThat(probabilities.at(0, 0)).isCloseTo(0.25f, within(1e-6f));
        assertThat(probabilities.at(0, 1)).isCloseTo(0.75f, within(1e-6f));
        assertThat(probabilities.at(0, 2)).isZero();
        assertThat(probabilities.at(0, 4)).isEqualTo(1);
    }
}
