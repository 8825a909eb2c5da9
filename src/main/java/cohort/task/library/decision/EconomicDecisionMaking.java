package cohort.task.library.decision;

import cohort.config.Settings;
import cohort.task.ChoiceRule;
import cohort.task.Factor;
import cohort.task.Group;
import cohort.task.LargestOutput;
import cohort.task.Response;
import cohort.task.Signature;
import cohort.task.Task;
import cohort.task.Timing;
import cohort.task.Trial;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A choice between two juices in different amounts: the task of Padoa-Schioppa and Assad (2006,
 * <a href="https://doi.org/10.1038/nature04676">doi</a>) in the form of neurogym's {@code EconomicDecisionMaking}, which has rewards but no
 * right answers. Here the right answer is the offer of more value: juice A is worth the exchange rate times as much as juice B.
 *
 * <p>Input channels are fixation, 1 until the decision; first offer is A, is B, second offer is A, is B; and the amounts of the first offer
 * and of the second, divided by {@value #UNIT}. Outputs are fixate, first, second. There is no noise.
 *
 * @param timing fixation, offer (at least one step), decision (at least one step)
 * @param offers amounts of B and of A; an offer and which juice comes first are drawn with equal probability
 * @param exchangeRate value of A, in units of that of B
 */
record EconomicDecisionMaking(Timing timing, List<Pair> offers, double exchangeRate) implements Task {
    static final String NAME = "economic-decision-making";

    private static final int OFFER = 1;
    private static final int DECISION = 2;

    /** Places of the factors. */
    private static final int AMOUNT_B = 0;

    private static final int AMOUNT_A = 1;
    private static final int A_FIRST = 2;

    /** First channels of what the offers are, and of how much. */
    private static final int JUICES = 1;

    private static final int AMOUNTS = 5;

    private static final double UNIT = 5;

    private static final double MOST = 1e6;

    static final String DEFAULTS = """
            task {
              dt = 100
              # Offers: amount of juice B, amount of juice A. Which of them is the first offer is drawn.
              offers = [[0, 1], [1, 3], [1, 2], [1, 1], [2, 1], [3, 1], [4, 1], [6, 1], [2, 0]]
              # How much of B is worth as much as one of A.
              exchange-rate = 2.2
              # Durations of the periods.
              timing {
                fixation = 1500
                offer = { uniform = [1000, 2000] }
                decision = 750
              }
            }
            training.period-weights {
              fixation = 1
              offer = 1
              decision = 1
            }
            """;

    EconomicDecisionMaking {
        timing.requireStep(OFFER, DECISION);
        offers = List.copyOf(offers);
    }

    static Task of(Settings settings) {
        Timing timing = Timing.of(settings, "fixation", "offer", "decision");
        double rate = settings.number("task.exchange-rate", "above 0", value -> value > 0);
        String allowed = "must be amounts of B and A, 0 to " + (long) MOST + ", such as [[1, 3], [2, 1]]";
        List<Pair> offers = Pair.list(settings, "task.offers", allowed);
        for (Pair offer : offers) {
            if (!(offer.min() >= 0) || !(offer.max() <= MOST)) {
                throw settings.error("task.offers", allowed);
            }
            if (offer.first() == rate * offer.second()) {
                throw settings.error(
                        "task.offers",
                        "none of " + offer.first() + " B and " + offer.second() + " A is worth more, at a"
                                + " task.exchange-rate of " + rate);
            }
        }
        return settings.within("task.timing", () -> new EconomicDecisionMaking(timing, offers, rate));
    }

    @Override
    public Signature signature() {
        return new Signature(
                NAME,
                timing.dtMillis(),
                List.of(
                        new Group("fixation", 0, 1),
                        new Group("first-juice", JUICES, 2),
                        new Group("second-juice", JUICES + 2, 2),
                        new Group("amounts", AMOUNTS, 2)),
                List.of(new Group("choice", 0, 3)),
                timing.periods(),
                List.of(
                        new Factor("amount_b", "", "how much of juice B is offered"),
                        new Factor("amount_a", "", "how much of juice A is offered"),
                        new Factor("a_first", "", "1: juice A is the first offer; 0: juice B is")));
    }

    @Override
    public void plan(UniformRandomProvider random, Trial into) {
        int first = random.nextInt(2);
        Pair offer = offers.get(random.nextInt(offers.size()));
        into.setFactor(AMOUNT_B, offer.first());
        into.setFactor(AMOUNT_A, offer.second());
        into.setFactor(A_FIRST, first);
        boolean isA = exchangeRate * offer.second() > offer.first();
        into.setAnswer(isA == (first == 1) ? 1 : 2);
        timing.draw(random, into);
    }

    @Override
    public void show(UniformRandomProvider random, Trial trial) {
        for (int period = 0; period < DECISION; period++) {
            trial.paint(period, 0, 1);
            trial.target(period, 0);
        }
        trial.target(DECISION, trial.answer());
        int b = (int) trial.factor(A_FIRST); // place of B: 0 first, 1 second
        trial.paint(OFFER, JUICES + 2 * (1 - b), 1);
        trial.paint(OFFER, JUICES + 2 * b + 1, 1);
        trial.paint(OFFER, AMOUNTS + 1 - b, trial.factor(AMOUNT_A) / UNIT);
        trial.paint(OFFER, AMOUNTS + b, trial.factor(AMOUNT_B) / UNIT);
    }

    @Override
    public Response response(ChoiceRule rule) {
        return new LargestOutput(2, 0.5, rule, DECISION);
    }
}
