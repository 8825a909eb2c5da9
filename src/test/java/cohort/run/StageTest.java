package cohort.run;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.evaluation.AccuracyTally;
import cohort.evaluation.TrialOutcome;
import cohort.task.Answer;
import cohort.task.Condition;
import cohort.task.Factor;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class StageTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<Factor> FACTORS =
            List.of(new Factor("coherence", "%", ""), new Factor("delay", "ms", ""));

    private static Stage stage() {
        AccuracyTally tally = new AccuracyTally(0.5);
        for (int i = 0; i < 5; i++) {
            tally.add(new TrialOutcome(
                    i,
                    new Condition(FACTORS, 6.4, Double.NaN),
                    30,
                    1,
                    new Answer(i < 4 ? 1 : 2, Double.NaN, 100 + 20 * i, i < 4),
                    20 * i,
                    Double.NaN));
        }
        return Stage.of(40, tally);
    }

    @Test
    void aFileBringsBackWhatWasFound() throws IOException {
        Stage stage = stage();

        Stage read = JSON.readValue(JSON.writeValueAsBytes(Stage.Stored.of(stage)), Stage.Stored.class)
                .stage(FACTORS);

        assertThat(stage.times()).hasSize(2);
        assertThat(stage.times().get(1).sd()).isNaN();
        assertThat(read).isEqualTo(stage);
    }

    /** A training that began with an earlier version goes on. */
    @Test
    void aFileWithoutTimesIsRead() throws IOException {
        ObjectNode stored = JSON.valueToTree(Stage.Stored.of(stage()));
        stored.remove("times");

        Stage read = JSON.treeToValue(stored, Stage.Stored.class).stage(FACTORS);

        assertThat(read.times()).isEmpty();
        assertThat(read.choices()).isEqualTo(stage().choices());
    }
}
