package cohort.task.library.reaching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import cohort.config.Settings;
import cohort.config.UserError;
import cohort.storage.Safetensors;
import cohort.task.Answer;
import cohort.task.ChoiceRule;
import cohort.task.Examples;
import cohort.task.GoldenComparison;
import cohort.task.RandomStreams;
import cohort.task.Response;
import cohort.task.Split;
import cohort.task.Task;
import cohort.task.TaskFactory;
import cohort.task.Trial;
import cohort.task.TrialSource;
import cohort.task.parts.Pointing;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryGuidedReachTest {
    private static final int FIXATION = 0;
    private static final int STIMULUS = 1;
    private static final int DELAY = 2;
    private static final int RESPONSE = 3;
    private static final int CHANNELS = 33;
    private static final int RING = 32;

    private static Task task(String... settings) {
        List<String> all = new ArrayList<>(List.of("task.kind=memory-guided-reach"));
        all.addAll(List.of(settings));
        return TaskFactory.chosen(Settings.defaults(all));
    }

    private static Safetensors golden(String name) throws IOException {
        try (InputStream file = MemoryGuidedReachTest.class.getResourceAsStream("/golden/yang/" + name)) {
            return Safetensors.parse(file.readAllBytes());
        }
    }

    @Test
    void bumpsAndTheUnitsNearestToThemAreYangs() {
        JsonNode rows = GoldenComparison.read("yang/ring.json").get("rows");
        assertThat(rows).hasSize(21);
        for (JsonNode row : rows) {
            double degrees = Math.toDegrees(row.get("angle").doubleValue());
            float[] bump = MemoryGuidedReach.bump(degrees);
            for (int unit = 0; unit < RING; unit++) {
                assertThat((double) bump[unit])
                        .isCloseTo(row.get("bump").get(unit).doubleValue(), within(1e-6));
            }
            int nearest = Pointing.nearest(degrees, RING);
            int theirs = row.get("nearest").intValue();
            if (row.get("tie").booleanValue()) {
                assertThat(Math.floorMod(nearest - theirs, RING)).isIn(0, 1, RING - 1);
            } else {
                assertThat(nearest).isEqualTo(theirs);
            }
        }
    }

    /** Their batches, trial by trial: two rings, one of which shows something, and channels for the rules, which we have not. */
    @Test
    void inputsAndTargetsAreYangs() throws IOException {
        Safetensors file = golden("delaygo.safetensors");
        JsonNode batches = new ObjectMapper().readTree(file.metadata().get("batches"));
        assertThat(batches).hasSize(8);
        int trials = 0;
        for (var fields = batches.fields(); fields.hasNext(); ) {
            var batch = fields.next();
            JsonNode angles = batch.getValue().at("/conditions/stim1_angle");
            for (int lane = 0; lane < angles.size(); lane++) {
                compare(file, batch.getKey(), batch.getValue(), angles.get(lane).doubleValue(), lane);
                trials++;
            }
        }
        assertThat(trials).isEqualTo(20 + 6 * 8 + 6);
    }

    private static void compare(Safetensors file, String name, JsonNode batch, double angle, int lane) {
        Task task = task("task.noise=0", "task.dt=" + batch.get("dt").intValue());
        JsonNode times = batch.get("times");
        int on = times.get("stim1_on").intValue();
        int off = times.get("stim1_off").intValue();
        int response = times.get("response_on").intValue();
        Trial trial = new Trial(task.signature());
        trial.begin(0);
        trial.setFactor(0, Math.toDegrees(angle));
        trial.setSteps(FIXATION, on);
        trial.setSteps(STIMULUS, off - on);
        trial.setSteps(DELAY, response - off);
        trial.setSteps(RESPONSE, batch.get("T").intValue() - response);
        trial.clear();
        task.show(RandomStreams.of(1, Split.TEST, 0), trial);

        int lanes = batch.get("trials").intValue();
        var x = file.tensors().get(name + "/x").values();
        var y = file.tensors().get(name + "/y").values();
        var starts = file.tensors().get(name + "/seg_start").values();
        for (int step = 0; step < trial.steps(); step++) {
            int segment = starts.capacity() - 1;
            while (starts.get(segment) > step) {
                segment--;
            }
            for (int i = 0; i < CHANNELS; i++) {
                int theirs = (segment * lanes + lane) * 85 + i;
                float input = i == 0 ? x.get(theirs) : x.get(theirs) + x.get(theirs + RING);
                assertThat(trial.inputs()[step * CHANNELS + i])
                        .as(name + " input " + i)
                        .isCloseTo(input, within(1e-6f));
                assertThat(trial.targets()[step * CHANNELS + i])
                        .as(name + " target " + i)
                        .isCloseTo(y.get((segment * lanes + lane) * CHANNELS + i), within(1e-6f));
            }
        }
    }

    /** What they draw in milliseconds, we make the same steps of. */
    @Test
    void drawnTimesBecomeYangsSteps() throws IOException {
        JsonNode batches = new ObjectMapper()
                .readTree(golden("delaygo.safetensors").metadata().get("batches"));
        int compared = 0;
        for (JsonNode batch : batches) {
            if (batch.has("draws")) {
                JsonNode draws = batch.get("draws");
                Task task = task(
                        "task.dt=" + batch.get("dt"),
                        "task.timing.fixation=" + draws.get("stim1_on"),
                        "task.timing.stimulus=" + draws.get("stim1_duration"),
                        "task.timing.delay=" + draws.get("delay"));
                Trial trial = Examples.read(task.trials(1, Split.TEST), 0);
                JsonNode times = batch.get("times");
                assertThat(trial.start(STIMULUS))
                        .isEqualTo(times.get("stim1_on").intValue());
                assertThat(trial.end(STIMULUS)).isEqualTo(times.get("stim1_off").intValue());
                assertThat(trial.start(RESPONSE))
                        .isEqualTo(times.get("response_on").intValue());
                assertThat(trial.steps()).isEqualTo(batch.get("T").intValue());
                compared++;
            }
        }
        assertThat(compared).isEqualTo(6);
    }

    /** Lengths of periods and trials are distributed as theirs, with and without blocks; the block is the unit. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void lengthsAreDistributedAsYangs(int blockSize) {
        JsonNode golden = GoldenComparison.read("yang/delaygo.json");
        int theirs = golden.get("batches").intValue();
        int ours = 20_000;
        GoldenComparison comparison = new GoldenComparison();
        TrialSource source = task("task.block-size=" + blockSize).trials(5, Split.TEST);
        List<Trial> trials = new ArrayList<>();
        for (int block = 0; block < ours; block++) {
            trials.add(Examples.read(source, (long) block * blockSize));
        }
        compareCounts(comparison, trials, trial -> trial.steps(), golden.at("/trial_steps/values"), theirs);
        for (int p = 0; p < 4; p++) {
            int period = p;
            JsonNode steps = golden.get("periods").get(period).at("/steps/values");
            compareCounts(comparison, trials, trial -> trial.steps(period), steps, theirs);
        }
        comparison.assertAgreement(1, 12 + 3 + 3 + 4);
    }

    private static void compareCounts(
            GoldenComparison comparison, List<Trial> trials, ToIntFunction<Trial> steps, JsonNode golden, int theirs) {
        Set<String> lengths = new TreeSet<>();
        golden.fieldNames().forEachRemaining(lengths::add);
        trials.forEach(trial -> lengths.add("" + steps.applyAsInt(trial)));
        for (String length : lengths) {
            long count = trials.stream()
                    .filter(trial -> length.equals("" + steps.applyAsInt(trial)))
                    .count();
            comparison.counts(
                    length + " steps", count, trials.size(), golden.path(length).asInt(0), theirs);
        }
    }

    @Test
    void noiseIsNormalAndOnAllInputsAtAllSteps() {
        TrialSource noisy = task().trials(4, Split.TEST);
        TrialSource silent = task("task.noise=0").trials(4, Split.TEST);
        double[] sums = new double[CHANNELS];
        double[] squares = new double[CHANNELS];
        double[] neighbours = new double[CHANNELS];
        long steps = 0;
        for (int index = 0; index < 500; index++) {
            Trial trial = Examples.read(noisy, index);
            Trial mean = Examples.read(silent, index);
            assertThat(trial.steps()).isEqualTo(mean.steps());
            assertThat(trial.condition()).isEqualTo(mean.condition());
            for (int at = 0; at < trial.steps() * CHANNELS; at++) {
                double noise = trial.inputs()[at] - mean.inputs()[at];
                sums[at % CHANNELS] += noise;
                squares[at % CHANNELS] += noise * noise;
                if (at > 0) {
                    neighbours[at % CHANNELS] += noise * (trial.inputs()[at - 1] - mean.inputs()[at - 1]);
                }
            }
            steps += trial.steps();
        }
        double sd = 0.0316;
        double five = 5 / Math.sqrt(steps);
        for (int channel = 0; channel < CHANNELS; channel++) {
            assertThat(sums[channel] / steps).isCloseTo(0, within(five * sd));
            assertThat(squares[channel] / steps).isCloseTo(sd * sd, within(five * Math.sqrt(2) * sd * sd));
            assertThat(neighbours[channel] / steps).isCloseTo(0, within(five * sd * sd));
        }
    }

    /**
     * Their scores at the last step. Only of a ring whose sum is negative we say the opposite, and are right: they divide by the sum, which
     * turns the direction around, and their outputs are never negative.
     */
    @Test
    void scoresAreYangs() throws IOException {
        Safetensors file = golden("scoring.safetensors");
        JsonNode kinds = new ObjectMapper().readTree(file.metadata().get("kinds"));
        var outputs = file.tensors().get("reach/y_hat").values();
        var targets = file.tensors().get("reach/y_loc").values();
        var right = file.tensors().get("reach/perf").values();
        var directions = file.tensors().get("reach/direction").values();
        var kind = file.tensors().get("reach/kind").values();
        int cases = right.capacity();
        Response response = task().response(ChoiceRule.LAST_STEP);
        int answered = 0;
        int turned = 0;
        for (int c = 0; c < cases; c++) {
            int number = c;
            float target = targets.get(3 * cases + c);
            Answer answer = response.read(
                    trial(Math.toDegrees(target)),
                    (step, output) -> outputs.get((step * cases + number) * CHANNELS + output));
            String what = kinds.get((int) kind.get(c)).textValue();
            boolean isTurned = what.contains("negative sum");
            assertThat(answer.correct()).as(what).isEqualTo(right.get(c) == 1 || isTurned);
            assertThat(answer.isMissing()).as(what).isEqualTo(outputs.get((3 * cases + c) * CHANNELS) > 0.5);
            if (!answer.isMissing()) {
                double theirs = Math.toDegrees(directions.get(c)) + (isTurned ? 180 : 0);
                assertThat(Math.IEEEremainder(answer.value() - theirs, 360))
                        .as(what)
                        .isCloseTo(0, within(1e-2));
                assertThat(answer.choice()).isEqualTo(1 + Pointing.nearest(answer.value(), 8));
                answered++;
            }
            turned += isTurned ? 1 : 0;
        }
        assertThat(cases).isEqualTo(210);
        assertThat(answered).isGreaterThan(150);
        assertThat(turned).isEqualTo(10);
    }

    /** A trial of four steps, all of them response, to a direction. */
    private static Trial trial(double direction) {
        Trial trial = new Trial(task().signature());
        trial.begin(0);
        trial.setFactor(0, direction);
        trial.setFactor(1, 200);
        trial.setSteps(FIXATION, 0);
        trial.setSteps(STIMULUS, 0);
        trial.setSteps(DELAY, 0);
        trial.setSteps(RESPONSE, 4);
        return trial;
    }

    @Test
    void theMeanOverTheResponseIsReadIfAskedFor() {
        Response last = task().response(ChoiceRule.LAST_STEP);
        Response mean = task().response(ChoiceRule.DECISION_MEAN);
        float[] right = MemoryGuidedReach.bump(90);
        float[] wrong = MemoryGuidedReach.bump(270);
        Trial trial = trial(90);

        Answer atTheEnd = last.read(trial, (step, o) -> o == 0 ? 0 : (step < 3 ? right : wrong)[o - 1]);
        Answer onAverage = mean.read(trial, (step, o) -> o == 0 ? 0 : (step < 3 ? right : wrong)[o - 1]);
        Answer late = mean.read(trial, (step, o) -> o == 0 ? (step < 3 ? 0.7f : 0) : right[o - 1]);

        assertThat(atTheEnd.choice()).isEqualTo(7);
        assertThat(atTheEnd.value()).isCloseTo(270, within(1e-4));
        assertThat(atTheEnd.correct()).isFalse();
        assertThat(onAverage.choice()).isEqualTo(3);
        assertThat(onAverage.value()).isCloseTo(90, within(1e-4));
        assertThat(onAverage.correct()).isTrue();
        assertThat(late).isEqualTo(Answer.choice(0, false));
    }

    @Test
    void aFlatRingPointsNowhere() {
        for (float level : new float[] {0, 0.05f, -3}) {
            Answer answer = task().response(ChoiceRule.LAST_STEP).read(trial(0), (step, o) -> o == 0 ? 0 : level);
            assertThat(answer).isEqualTo(Answer.choice(0, false));
        }
    }

    @ParameterizedTest
    @CsvSource({"36, 0.2", "90, 0.5", "180, 1"})
    void whoGuessesIsRightWithinTheTolerance(double tolerance, double chance) {
        Response response = task("task.tolerance=" + tolerance).response(ChoiceRule.LAST_STEP);
        assertThat(response.chance()).isEqualTo(chance);
        assertThat(response.choices()).isEqualTo(8);
    }

    @Test
    void directionsAreTheSameDistanceApartAndEquallyLikely() {
        TrialSource source = task("task.directions=5").trials(1, Split.TRAIN);
        int[] counts = new int[5];
        for (int index = 0; index < 5000; index++) {
            Trial trial = Examples.read(source, index);
            assertThat(trial.factor("direction")).isEqualTo(72.0 * (trial.answer() - 1));
            counts[trial.answer() - 1]++;
        }
        assertThat(Arrays.stream(counts).boxed()).allMatch(count -> Math.abs(count - 1000) < 5 * Math.sqrt(800));
    }

    @Test
    void aDelayIsAFactorIfItHasFewValues() {
        assertThat(delays("task.timing.delay=[200, 810]")).as("as it is shown").containsExactlyInAnyOrder(200.0, 800.0);
        assertThat(delays("task.timing.delay=500")).containsExactly(500.0);
        assertThat(delays("task.timing.delay={uniform = [200, 800]}")).containsExactly(Double.NaN);
    }

    private static Set<Double> delays(String setting) {
        TrialSource source = task(setting).trials(1, Split.TRAIN);
        Set<Double> delays = new HashSet<>();
        for (int index = 0; index < 100; index++) {
            delays.add(Examples.read(source, index).factor("delay"));
        }
        return delays;
    }

    @Test
    void trialsOfABlockAreEquallyLong() {
        TrialSource source = task("task.block-size=4").trials(2, Split.TRAIN);
        Set<String> lengths = new HashSet<>();
        Set<String> directions = new HashSet<>();
        for (int block = 0; block < 100; block++) {
            List<Integer> first = List.of();
            String inBlock = "";
            for (int lane = 0; lane < 4; lane++) {
                Trial trial = Examples.read(source, 4L * block + lane);
                List<Integer> steps = List.of(trial.end(0), trial.end(1), trial.end(2), trial.end(3));
                if (lane == 0) {
                    first = steps;
                }
                assertThat(steps).isEqualTo(first);
                assertThat(source.steps(4L * block + lane)).isEqualTo(trial.steps());
                assertThat(trial.factor("delay")).isEqualTo(20.0 * trial.steps(DELAY));
                inBlock += " " + trial.answer();
            }
            lengths.add(first.toString());
            directions.add(inBlock);
        }
        assertThat(lengths).hasSizeGreaterThan(20);
        assertThat(directions).hasSizeGreaterThan(90);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void aTrialIsTheSameWhateverWasReadBefore(int blockSize) {
        Task task = task("task.block-size=" + blockSize);
        TrialSource source = task.trials(9, Split.TRAIN);
        Trial reused = new Trial(task.signature());
        for (long index : new long[] {5, 0, 17, 16, 1_000_000_007L, 5, 3}) {
            source.read(index, reused);
            Trial alone = Examples.read(task.trials(9, Split.TRAIN), index);
            assertThat(reused.index()).isEqualTo(alone.index()).isEqualTo(index);
            assertThat(reused.answer()).isEqualTo(alone.answer());
            assertThat(reused.condition()).isEqualTo(alone.condition());
            for (int period = 0; period < 4; period++) {
                assertThat(reused.end(period)).isEqualTo(alone.end(period));
            }
            assertThat(reused.copyInputs()).isEqualTo(alone.copyInputs());
            int values = alone.steps() * CHANNELS;
            assertThat(Arrays.copyOf(reused.targets(), values)).isEqualTo(Arrays.copyOf(alone.targets(), values));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "task.directions=1, task.directions = 1: must be a whole number from 2 to 360",
        "task.noise=-1, task.noise = -1: must be from 0 to",
        "task.tolerance=0, task.tolerance = 0: must be above 0 and at most 180 degrees",
        "task.tolerance=181, task.tolerance = 181: must be above 0 and at most 180 degrees",
        "task.block-size=0, task.block-size = 0: must be a whole number from 1 to",
        "task.timing.stimulus=10, task.timing = ",
        "task.timing.response=0, task.timing = ",
        "task.timing.decision=100, there is no key task.timing.decision"
    })
    void aSettingThatIsNoneIsRefused(String setting, String message) {
        assertThatThrownBy(() -> task(setting)).isInstanceOf(UserError.class).hasMessageContaining(message);
    }
}
