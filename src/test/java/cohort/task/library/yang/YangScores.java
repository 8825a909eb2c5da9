package cohort.task.library.yang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cohort.storage.Safetensors;
import cohort.task.Answer;
import cohort.task.ChoiceRule;
import cohort.task.Outputs;
import cohort.task.Trial;
import cohort.task.parts.Pointing;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.FloatBuffer;

/**
 * Compares scores of network outputs. Only of a ring whose sum is negative we say the opposite, and are right: they divide by the sum, which
 * turns the direction around, and their outputs are never negative.
 */
final class YangScores {
    private static final int OUTPUTS = 33;
    private static final int STEPS = 4;

    private final Safetensors file;
    private final String family;
    private final JsonNode kinds;
    private final YangTask task;
    private final int cases;

    private YangScores(Safetensors file, String family, String rule) throws IOException {
        this.file = file;
        this.family = family;
        this.kinds = new ObjectMapper().readTree(file.metadata().get("kinds"));
        this.task = YangExamples.task(rule);
        this.cases = tensor("perf").capacity();
    }

    static void compare(Safetensors file) throws IOException {
        int families = 0;
        JsonNode all = new ObjectMapper().readTree(file.metadata().get("families"));
        for (var fields = all.fields(); fields.hasNext(); ) {
            var family = fields.next();
            for (JsonNode rule : family.getValue().get("rules")) {
                new YangScores(file, family.getKey(), rule.textValue()).compare();
            }
            families++;
        }
        assertThat(families).isPositive();
    }

    private FloatBuffer tensor(String what) {
        return file.tensors().get(family + "/" + what).values();
    }

    private void compare() {
        FloatBuffer outputs = tensor("y_hat");
        FloatBuffer kind = tensor("kind");
        assertThat(cases).isPositive();
        int turned = 0;
        for (int number = 0; number < cases; number++) {
            int c = number;
            String what = family + ": " + kinds.get((int) kind.get(c)).textValue();
            boolean isTurned = what.contains("negative sum");
            compareCase(c, what, isTurned, (step, output) -> outputs.get((step * cases + c) * OUTPUTS + output));
            turned += isTurned ? 1 : 0;
        }
        assertThat(turned).as("cases in which they turn around").isEqualTo(cases / kinds.size());
    }

    private void compareCase(int c, String what, boolean isTurned, Outputs outputs) {
        Trial trial = trial(c);
        Answer answer = task.response(ChoiceRule.LAST_STEP).read(trial, outputs);
        double asked = YangStimulus.asked(trial);
        boolean isRight = tensor("perf").get(c) == 1;
        assertThat(answer.correct()).as(what).isEqualTo(isRight || (isTurned && !Double.isNaN(asked)));

        Pointing.Seen seen = task.frame()
                .pointing(ChoiceRule.LAST_STEP, task.schedule().response())
                .read(trial, outputs);
        assertThat(seen.isFixating()).as(what).isEqualTo(outputs.at(STEPS - 1, 0) > 0.5);
        double theirs = tensor("direction").get(c);
        if (theirs == -1) {
            assertThat(seen.direction()).as(what).isNaN();
            return;
        }
        double direction = Math.toDegrees(theirs) + (isTurned ? 180 : 0);
        assertThat(Pointing.distance(seen.direction(), direction)).as(what).isCloseTo(0, within(1e-2));
        if (file.tensors().containsKey(family + "/near1")) {
            compareChoice(c, what, isTurned, trial, seen, answer);
        }
    }

    /** Whether the direction is that of a stimulus, whatever the fixation output says. */
    private void compareChoice(int c, String what, boolean isTurned, Trial trial, Pointing.Seen seen, Answer answer) {
        YangChoice choice = (YangChoice) task.response(ChoiceRule.LAST_STEP);
        for (int number = 1; number <= 2; number++) {
            boolean isNear = choice.isNear(seen.direction(), trial, number);
            if (!isTurned) {
                assertThat(isNear).as(what).isEqualTo(tensor("near" + number).get(c) == 1);
            }
            if (answer.choice() == number) {
                assertThat(isNear).isTrue();
            }
        }
    }

    /** A trial of four steps, all of them response, that asks for what theirs does at the last one. */
    private Trial trial(int c) {
        Trial trial = new Trial(task.signature());
        trial.begin(0);
        for (int period = 0; period < task.schedule().periods(); period++) {
            trial.setSteps(period, period == task.schedule().response() ? STEPS : 0);
        }
        for (int number = 1; number <= 2; number++) {
            String angle = family + "/stim" + number + "_angle";
            double at = file.tensors().containsKey(angle)
                    ? file.tensors().get(angle).values().get(c)
                    : 0;
            new YangStimulus(at, 1, 1).store(trial, number);
        }
        float asked = tensor("y_loc").get((STEPS - 1) * cases + c);
        YangStimulus.ask(trial, asked == -1 ? Double.NaN : asked);
        return trial;
    }
}
