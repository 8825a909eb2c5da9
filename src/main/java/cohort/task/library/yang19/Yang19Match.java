package cohort.task.library.yang19;

import cohort.task.ChoiceRule;
import cohort.task.Factor;
import cohort.task.Response;
import cohort.task.Signature;
import cohort.task.Task;
import cohort.task.Timing;
import cohort.task.Trial;
import cohort.task.parts.FixationMode;
import cohort.task.parts.Noise;
import cohort.task.parts.PeriodDefaults;
import cohort.task.parts.Recipe;
import cohort.task.parts.Ring;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A sample is shown, and after a delay a test; the network points to the test if they match, or if they do not, and else fixates: delayed
 * match and non-match to sample and to category, in the form of neurogym's collection yang19 (Freedman and Assad 2006, <a
 * href="https://doi.org/10.1038/nature05078">doi</a>). Inputs and outputs are those of {@link Yang19Rings}.
 *
 * <p>The ring of one modality shows bumps, 0.8 exp(-(d / (pi / 8))^2 / 2) at a distance of d radians, and is noisy in sample and test. A
 * test that does not match the sample is at the opposite side of the ring; one that does not match its category is anywhere in the other
 * half.
 *
 * @param name the task's name
 * @param timing fixation, sample, delay, test and decision
 * @param ringSize number of locations, even
 * @param sigma noise of the ring; its standard deviation at one step is sigma / sqrt(dt)
 * @param fixationMode when the fixation input is on
 * @param order which modality a trial shows
 * @param isCategory whether categories must match, else locations
 * @param categories what the categories are
 * @param isGoMatch whether to point to the test if it matches; else if it does not
 * @param movement how the answer moves
 */
record Yang19Match(
        String name,
        Timing timing,
        int ringSize,
        double sigma,
        FixationMode fixationMode,
        Yang19Order order,
        boolean isCategory,
        Categories categories,
        boolean isGoMatch,
        Yang19Movement movement)
        implements Task {
    /** What is one category. */
    enum Categories {
        /** A half of the ring, the second of which begins at unit R / 2. */
        HALVES,
        /** A half of the ring, but for samples at unit R / 2, which count among the first: neurogym's slip. */
        ORIGINAL
    }

    private static final int SAMPLE = 1;
    private static final int DELAY = 2;
    private static final int TEST = 3;

    private static final int MATCH_FACTOR = 0;
    private static final int MODALITY_FACTOR = 1;
    private static final int DELAY_FACTOR = 2;

    /** Where the units at which sample and test are shown are kept. */
    static final int SAMPLE_UNIT = Yang19Rings.OWN;

    static final int TEST_UNIT = SAMPLE_UNIT + 1;

    private static final List<String> TIMING =
            List.of("fixation = 300", "sample = 500", "delay = 1000", "test = 500", "decision = 900");

    private static final String CATEGORIES = """
            # What the categories are: halves of the ring, or as in the original, where a sample at the first unit of the second half
            # counts as one of the first half.
            categories = halves
            """;

    Yang19Match {
        timing.requireStep(SAMPLE, TEST, Yang19Rings.decision(timing));
        if (ringSize % 2 != 0) {
            throw new IllegalArgumentException("ring size is not even: " + ringSize);
        }
    }

    /** The tasks of the family. */
    static List<Yang19Base> bases() {
        return List.of(
                base("dms", "if it is at the location of the sample", false, true),
                base("dnms", "if it is opposite to the sample", false, false),
                base("dmc", "if it is in the half of the ring where the sample was", true, true),
                base("dnmc", "if it is not in the half of the ring where the sample was", true, false));
    }

    private static Yang19Base base(String name, String when, boolean isCategory, boolean isGoMatch) {
        List<String> keys = new ArrayList<>(
                List.of(Yang19Base.RING_SIZE, Yang19Base.MODALITY, Yang19Base.SIGMA, Yang19Base.FIXATION));
        if (isCategory) {
            keys.add(CATEGORIES);
        }
        return new Yang19Base(
                name,
                "A sample is shown, and after a delay a test; point to the test " + when + ", else do not respond.",
                keys,
                TIMING,
                Recipe.leaky(128, 32, 2000, 0.003),
                (kind, settings, movement) -> {
                    Timing timing = PeriodDefaults.timing(settings, TIMING);
                    int ringSize = Yang19Base.ringSize(settings);
                    if (ringSize % 2 != 0) {
                        throw settings.error("task.ring-size", "must be even: a test can be opposite to its sample");
                    }
                    return new Yang19Match(
                            kind,
                            timing,
                            ringSize,
                            Noise.sigma(settings),
                            settings.choice("task.fixation", FixationMode.class),
                            settings.choice("task.modality", Yang19Order.class),
                            isCategory,
                            isCategory ? settings.choice("task.categories", Categories.class) : Categories.HALVES,
                            isGoMatch,
                            movement);
                });
    }

    @Override
    public Signature signature() {
        List<Factor> factors = new ArrayList<>(List.of(
                new Factor("match", "", "1: the test matches the sample; 0: it does not"),
                new Factor("modality", "", "which ring shows the stimuli")));
        if (movement.isIntegrating()) {
            factors.add(new Factor("delay", "ms", "how long the answer moves before it is given"));
        }
        return Yang19Rings.signature(name, timing, ringSize, factors);
    }

    @Override
    public void plan(UniformRandomProvider random, Trial into) {
        into.setFactor(MODALITY_FACTOR, order.draw(random, into));
        int match = random.nextInt(2);
        int sample = random.nextInt(ringSize);
        int test = drawTest(random, sample, match == 1);
        timing.draw(random, into);
        double delayMillis = into.steps(DELAY) * timing.dtMillis();
        boolean isGo = isGoMatch == (match == 1);
        int decision = Yang19Rings.decision(timing);

        into.setFactor(MATCH_FACTOR, match);
        if (movement.isIntegrating()) {
            into.setFactor(DELAY_FACTOR, timing.factorMillis(into, DELAY));
        }
        into.setDrawn(SAMPLE_UNIT, sample);
        into.setDrawn(TEST_UNIT, test);
        into.setDrawn(Yang19Rings.ASKED, isGo ? movement.afterDelay(1 + test, delayMillis, ringSize) : 0);
        into.setAnswer(
                Yang19Rings.asked(into, Yang19Rings.ASKED, into.end(decision) - 1, decision, movement, ringSize));
    }

    private int drawTest(UniformRandomProvider random, int sample, boolean isMatch) {
        int half = ringSize / 2;
        if (!isCategory) {
            return isMatch ? sample : (sample + half) % ringSize;
        }
        boolean isInSecondHalf = sample > half || (sample == half && categories == Categories.HALVES);
        return random.nextInt(half) + (isInSecondHalf == isMatch ? half : 0);
    }

    @Override
    public void show(UniformRandomProvider random, Trial trial) {
        int decision = Yang19Rings.decision(timing);
        Yang19Rings.fixate(trial, fixationMode == FixationMode.UNTIL_DECISION ? decision : SAMPLE);
        int first = Yang19Rings.firstChannel((int) trial.factor(MODALITY_FACTOR), ringSize);
        trial.paint(SAMPLE, first, bump(trial, SAMPLE_UNIT));
        trial.paint(TEST, first, bump(trial, TEST_UNIT));
        Yang19Rings.ask(trial, decision, movement, ringSize);
        trial.addNoise(random, SAMPLE, first, ringSize, sigma / Math.sqrt(timing.dtMillis()));
        trial.addNoise(random, TEST, first, ringSize, sigma / Math.sqrt(timing.dtMillis()));
    }

    private float[] bump(Trial trial, int unit) {
        int shown = (int) trial.drawn(unit);
        return trial.kept(this, shown, () -> Ring.bump(ringSize, Ring.angle(shown, ringSize), 1));
    }

    /** Half of the trials are right without a response. */
    @Override
    public Response response(ChoiceRule rule) {
        return new Yang19Response(ringSize, false, 0.5, rule, Yang19Rings.decision(timing), movement);
    }
}
