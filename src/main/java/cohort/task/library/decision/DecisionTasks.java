package cohort.task.library.decision;

import cohort.config.Kind;
import cohort.config.KindFamily;
import cohort.config.Settings;
import cohort.task.Task;
import cohort.task.parts.Entry;
import java.util.List;
import java.util.function.Function;

/** Tasks that end in a decision between a few alternatives, after neurogym's. */
public final class DecisionTasks implements KindFamily {
    private static final String FAMILY = "decision-making";

    /**
     * What trains them within tens of seconds: bounded activity, and first weights that keep alive what has to be remembered. Where a
     * decision is one step of many, it weighs more.
     */
    private static final String RECIPE = """
            data.form = trials
            data.batch-size = 32
            network.hidden = 64
            network.activation = tanh
            network.initialisation = orthogonal
            training.optimizer.learning-rate = 0.003
            """;

    @Override
    public List<? extends Kind> kinds() {
        return List.of(
                entry(
                        TwoAlternatives.DELAYED_RESPONSE,
                        "Inagaki et al. 2019, doi 10.1038/s41586-019-0919-7; neurogym's PerceptualDecisionMakingDelayResponse",
                        "Noisy evidence for one of two directions, which is chosen after a delay of 0.3 to 4 s.",
                        TwoAlternatives.DELAYED_RESPONSE_DEFAULTS,
                        2500,
                        TwoAlternatives::delayedResponse),
                entry(
                        ReactionTimeDecision.NAME,
                        "Roitman and Shadlen 2002, doi 10.1523/JNEUROSCI.22-21-09475.2002; neurogym's ReactionTime",
                        "Noisy evidence for one of two directions, which may be chosen at any time: first crossing of a threshold.",
                        ReactionTimeDecision.DEFAULTS,
                        1500,
                        ReactionTimeDecision::of),
                entry(
                        PulseDecisionMaking.NAME,
                        "Scott et al. 2015, doi 10.7554/eLife.11308; neurogym's PulseDecisionMaking",
                        "Which of two sides had more pulses.",
                        PulseDecisionMaking.DEFAULTS,
                        2000,
                        PulseDecisionMaking::of),
                entry(
                        TwoModalities.CONTEXT,
                        "Mante et al. 2013, doi 10.1038/nature12742; neurogym's ContextDecisionMaking",
                        "Noisy evidence in two modalities, of which the context says the one that counts.",
                        TwoModalities.CONTEXT_DEFAULTS,
                        3000,
                        TwoModalities::context),
                entry(
                        TwoModalities.MULTISENSORY,
                        "neurogym's MultiSensoryIntegration",
                        "Noisy evidence for one direction in two modalities, of which now the one and now the other says more.",
                        TwoModalities.MULTISENSORY_DEFAULTS,
                        1500,
                        TwoModalities::multisensory),
                entry(
                        TwoAlternatives.WAGER,
                        "Kiani and Shadlen 2009, doi 10.1126/science.1169405; neurogym's PostDecisionWager",
                        "Noisy evidence for one of two directions, and at times a target that pays less, but surely.",
                        TwoAlternatives.WAGER_DEFAULTS,
                        3000,
                        TwoAlternatives::wager),
                entry(
                        DelayComparison.NAME,
                        "Barak et al. 2010, doi 10.1523/JNEUROSCI.1875-10.2010; neurogym's DelayComparison",
                        "Which of two values was larger, the first or the one after a delay.",
                        DelayComparison.DEFAULTS,
                        1500,
                        DelayComparison::of),
                entry(
                        EconomicDecisionMaking.NAME,
                        "Padoa-Schioppa and Assad 2006, doi 10.1038/nature04676; neurogym's EconomicDecisionMaking",
                        "Which of two offers, amounts of two juices, is worth more.",
                        EconomicDecisionMaking.DEFAULTS,
                        1000,
                        EconomicDecisionMaking::of));
    }

    private static Entry entry(
            String name, String source, String about, String keys, int steps, Function<Settings, Task> maker) {
        return new Entry(name, FAMILY, source, about, keys + RECIPE + "training.steps = " + steps + "\n", maker);
    }
}
