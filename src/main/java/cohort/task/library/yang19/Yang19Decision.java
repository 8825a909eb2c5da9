package cohort.task.library.yang19;

import cohort.config.Settings;
import cohort.task.ChoiceRule;
import cohort.task.Factor;
import cohort.task.IdealObserver;
import cohort.task.Psychometry;
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
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Two stimuli at different locations are compared, and the network points to the stronger one: the decision tasks of neurogym's collection
 * yang19. Inputs and outputs are those of {@link Yang19Rings}.
 *
 * <p>A stimulus is a bump on a ring, 0.8 s exp(-(d / (pi / 8))^2 / 2) at a distance of d radians. Together, the two have the strengths s = 0.5 +
 * c / 2 and 0.5 - c / 2, c being a coherence with a sign; one after the other, they have two different ones of the task's strengths. What
 * two modalities show is drawn independently, but for the locations. Both rings are noisy while stimuli are shown.
 *
 * @param name the task's name
 * @param timing fixation, stimulus and decision; or fixation, stim1, delay, stim2 and decision
 * @param ringSize number R of locations, at least 2
 * @param sigma noise of the rings; its standard deviation at one step is sigma / sqrt(dt)
 * @param fixationMode when the fixation input is on
 * @param attention which modalities are shown, and which of them count
 * @param levels coherences in percent of stimuli that are shown together, else strengths
 * @param movement how the answer moves
 */
record Yang19Decision(
        String name,
        Timing timing,
        int ringSize,
        double sigma,
        FixationMode fixationMode,
        Attention attention,
        List<Double> levels,
        Yang19Movement movement)
        implements Task {
    /** Which modalities are shown, and which count. */
    enum Attention {
        ONLY_1(true, false, true, false),
        ONLY_2(false, true, false, true),
        CONTEXT_1(true, true, true, false),
        CONTEXT_2(true, true, false, true),
        BOTH(true, true, true, true);

        private final boolean shows1;
        private final boolean shows2;
        private final boolean counts1;
        private final boolean counts2;

        Attention(boolean shows1, boolean shows2, boolean counts1, boolean counts2) {
            this.shows1 = shows1;
            this.shows2 = shows2;
            this.counts1 = counts1;
            this.counts2 = counts2;
        }

        boolean shows(int modality) {
            return modality == 1 ? shows1 : shows2;
        }

        boolean counts(int modality) {
            return modality == 1 ? counts1 : counts2;
        }

        private boolean isContext() {
            return this == CONTEXT_1 || this == CONTEXT_2;
        }
    }

    /** Place of the first stimulus, or of both. */
    static final int STIMULUS = 1;

    private static final int DELAY = 2;

    /** Place of the second stimulus, if they are shown one after the other. */
    static final int SECOND_STIMULUS = 3;

    static final int EVIDENCE = 0;

    /** Where the units at which the stimuli are shown are kept. */
    static final int UNIT_1 = Yang19Rings.OWN;

    static final int UNIT_2 = UNIT_1 + 1;

    /** Where strengths are kept: those of modality 1, then of modality 2, NaN if it is not shown. */
    private static final int STRENGTHS = UNIT_2 + 1;

    Yang19Decision {
        timing.requireStep(STIMULUS, Yang19Rings.decision(timing));
        if (timing.periods().size() > SECOND_STIMULUS) {
            timing.requireStep(SECOND_STIMULUS);
        }
        levels = List.copyOf(levels);
    }

    /** The tasks of the family. */
    static List<Yang19Base> bases() {
        List<Yang19Base> bases = new ArrayList<>();
        for (boolean isDelayed : new boolean[] {false, true}) {
            String dly = isDelayed ? "dly" : "";
            bases.add(base(dly + "dm1", "modality 1", isDelayed, Attention.ONLY_1));
            bases.add(base(dly + "dm2", "modality 2", isDelayed, Attention.ONLY_2));
            bases.add(base(
                    "ctx" + dly + "dm1", "two modalities, of which the first counts", isDelayed, Attention.CONTEXT_1));
            bases.add(base(
                    "ctx" + dly + "dm2", "two modalities, of which the second counts", isDelayed, Attention.CONTEXT_2));
            bases.add(base("multi" + dly + "dm", "two modalities, which add up", isDelayed, Attention.BOTH));
        }
        return bases;
    }

    private static Yang19Base base(String name, String modality, boolean isDelayed, Attention attention) {
        List<String> timing = isDelayed
                ? List.of("fixation = [200, 300, 400]", "stim1 = 500", "delay = 1000", "stim2 = 500", "decision = 200")
                : List.of(
                        "fixation = [200, 300, 400]",
                        "stimulus = " + (name.equals("dm1") ? "[200, 400, 600]" : "500"),
                        "decision = 200");
        String levels = isDelayed ? """
                  # Strengths of stimuli, of which two different ones are compared.
                  strengths = [0.3, 0.6, 1.0]
                  """ : """
                  # Strengths of evidence, percent (100, not 1, is the strongest), drawn with equal probability and without a sign.
                  coherences = [8, 16, 32, 64]
                  """;
        return new Yang19Base(
                name,
                "Two stimuli are shown " + (isDelayed ? "one after the other" : "together") + " in " + modality
                        + "; point to the stronger one.",
                List.of(Yang19Base.RING_SIZE, levels, Yang19Base.SIGMA, Yang19Base.FIXATION),
                timing,
                isDelayed ? Recipe.gru(64, 64, 4000, 0.01) : Recipe.gru(64, 128, 6000, 0.015),
                (kind, settings, movement) -> {
                    Timing periods = PeriodDefaults.timing(settings, timing);
                    return new Yang19Decision(
                            kind,
                            periods,
                            Yang19Base.ringSize(settings),
                            Noise.sigma(settings),
                            settings.choice("task.fixation", FixationMode.class),
                            attention,
                            isDelayed ? strengths(settings) : coherences(settings),
                            movement);
                });
    }

    private static List<Double> coherences(Settings settings) {
        List<Double> coherences = settings.numbers("task.coherences");
        if (coherences.isEmpty()
                || coherences.stream().distinct().count() < coherences.size()
                || !coherences.stream().allMatch(coherence -> coherence >= 0 && coherence <= 100)) {
            throw settings.error("task.coherences", "must be different percentages, 0 to 100");
        }
        return coherences;
    }

    private static List<Double> strengths(Settings settings) {
        List<Double> strengths = settings.numbers("task.strengths");
        if (strengths.size() < 2
                || strengths.stream().distinct().count() < strengths.size()
                || !strengths.stream().allMatch(strength -> strength >= 0 && strength <= 1000)) {
            throw settings.error("task.strengths", "must be different strengths, two at least, 0 to 1000");
        }
        return strengths;
    }

    /** Whether the stimuli are shown one after the other. */
    boolean isDelayed() {
        return timing.periods().size() > SECOND_STIMULUS;
    }

    @Override
    public Signature signature() {
        List<Factor> factors = new ArrayList<>();
        factors.add(new Factor("evidence", "%", "strength of the evidence: difference between the stimuli"));
        if (attention.isContext()) {
            factors.add(new Factor("distractor", "%", "what the other modality says for the right answer"));
        } else if (attention == Attention.BOTH) {
            factors.add(new Factor("modality_1", "%", "what modality 1 says for the right answer"));
            factors.add(new Factor("modality_2", "%", "what modality 2 says for the right answer"));
        }
        if (movement.isIntegrating()) {
            factors.add(new Factor("delay", "ms", "how long the answer moves before it is given"));
        }
        return Yang19Rings.signature(name, timing, ringSize, factors);
    }

    @Override
    public void plan(UniformRandomProvider random, Trial into) {
        int unit1 = random.nextInt(ringSize);
        int unit2 = (unit1 + 1 + random.nextInt(ringSize - 1)) % ringSize;
        into.setDrawn(UNIT_1, unit1);
        into.setDrawn(UNIT_2, unit2);
        timing.draw(random, into);
        double evidence = 0;
        for (int modality = 1; modality <= 2; modality++) {
            drawStrengths(random, into, modality);
            evidence += attention.counts(modality) ? difference(into, modality) : 0;
        }
        evidence = rounded(evidence);
        int coin = random.nextInt(2);
        int answer = evidence > 0 || (evidence == 0 && coin == 0) ? 1 : 2;
        into.setAnswer(answer);
        setFactors(into, evidence, answer == 1 ? 1 : -1);

        double delayMillis = isDelayed() ? into.steps(DELAY) * timing.dtMillis() : 0;
        int option1 = movement.afterDelay(1 + unit1, delayMillis, ringSize);
        int option2 = movement.afterDelay(1 + unit2, delayMillis, ringSize);
        into.setDrawn(Yang19Rings.OPTION_1, option1);
        into.setDrawn(Yang19Rings.OPTION_2, option2);
        into.setDrawn(Yang19Rings.ASKED, answer == 1 ? option1 : option2);
    }

    private void drawStrengths(UniformRandomProvider random, Trial into, int modality) {
        double first = Double.NaN;
        double second = Double.NaN;
        if (attention.shows(modality) && isDelayed()) {
            int one = random.nextInt(levels.size());
            int other = (one + 1 + random.nextInt(levels.size() - 1)) % levels.size();
            first = levels.get(one);
            second = levels.get(other);
        } else if (attention.shows(modality)) {
            double coherence = levels.get(random.nextInt(levels.size())) / 100 * (2 * random.nextInt(2) - 1);
            first = 0.5 + coherence / 2;
            second = 0.5 - coherence / 2;
        }
        into.setDrawn(strength(1, modality), first);
        into.setDrawn(strength(2, modality), second);
    }

    private void setFactors(Trial into, double evidence, int sign) {
        into.setFactor(EVIDENCE, sign * evidence);
        int place = EVIDENCE + 1;
        for (int modality = 1; modality <= 2; modality++) {
            boolean isDistractor = attention.isContext() && !attention.counts(modality);
            if (isDistractor || attention == Attention.BOTH) {
                into.setFactor(place++, sign * difference(into, modality));
            }
        }
        if (movement.isIntegrating()) {
            into.setFactor(place, timing.factorMillis(into, DELAY));
        }
    }

    /** Place of what has been drawn as the strength of stimulus 1 or 2 in modality 1 or 2. */
    static int strength(int stimulus, int modality) {
        return STRENGTHS + 2 * (modality - 1) + stimulus - 1;
    }

    /** What a modality says for stimulus 1, percent. */
    static double difference(Trial trial, int modality) {
        return rounded(100 * (trial.drawn(strength(1, modality)) - trial.drawn(strength(2, modality))));
    }

    /** Without the last digits, so that equal sums are equal. */
    private static double rounded(double percent) {
        return Math.rint(percent * 1e9) / 1e9;
    }

    @Override
    public void show(UniformRandomProvider random, Trial trial) {
        int decision = Yang19Rings.decision(timing);
        Yang19Rings.fixate(trial, fixationMode == FixationMode.UNTIL_DECISION ? decision : STIMULUS);
        int second = isDelayed() ? SECOND_STIMULUS : STIMULUS;
        for (int modality = 1; modality <= 2; modality++) {
            if (attention.shows(modality)) {
                int first = Yang19Rings.firstChannel(modality, ringSize);
                trial.add(STIMULUS, first, bump(trial, UNIT_1, strength(1, modality)));
                trial.add(second, first, bump(trial, UNIT_2, strength(2, modality)));
            }
        }
        Yang19Rings.ask(trial, decision, movement, ringSize);
        trial.addNoise(random, STIMULUS, 1, 2 * ringSize, sigmaPerStep());
        if (isDelayed()) {
            trial.addNoise(random, SECOND_STIMULUS, 1, 2 * ringSize, sigmaPerStep());
        }
    }

    private float[] bump(Trial trial, int unit, int strength) {
        return Ring.bump(ringSize, Ring.angle((int) trial.drawn(unit), ringSize), trial.drawn(strength));
    }

    /** Standard deviation of the noise at one step. */
    double sigmaPerStep() {
        return sigma / Math.sqrt(timing.dtMillis());
    }

    @Override
    public Response response(ChoiceRule rule) {
        return new Yang19Response(ringSize, true, 0.5, rule, Yang19Rings.decision(timing), movement);
    }

    @Override
    public Optional<Psychometry> psychometry() {
        return Optional.of(new Psychometry("evidence", isDelayed() ? "stim2" : "stimulus", 2));
    }

    @Override
    public Optional<IdealObserver> ideal() {
        return Optional.of(new Yang19Observer(this));
    }

    @Override
    public List<String> notes() {
        boolean areFractions = !isDelayed()
                && levels.stream().allMatch(level -> level <= 1)
                && levels.stream().anyMatch(level -> level > 0);
        return areFractions
                ? List.of("task.coherences = " + levels
                        + " are percent: the strongest evidence is 1 % at most; a fraction of 1 is written 100")
                : List.of();
    }
}
