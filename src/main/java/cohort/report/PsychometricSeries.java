package cohort.report;

import cohort.evaluation.Evidence;
import cohort.evaluation.PsychometricData;
import cohort.evaluation.PsychometricFit;
import cohort.evaluation.PsychometricFitter;
import cohort.evaluation.PsychometricFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.apache.commons.statistics.interval.Interval;

/** Choices as figures draw them: fractions with 95 % Wilson intervals, and the function fitted to them. */
public final class PsychometricSeries {
    private static final double ERROR_RATE = 0.05;
    private static final String IDEAL = "ideal observer";

    private PsychometricSeries() {}

    /** Fractions of the positive one of two choices over the signed strength of the evidence; empty if nothing was chosen, or from more. */
    public static Optional<RateSeries> choices(String label, Evidence evidence) {
        return evidence.signed()
                .map(data -> measured(label, data, PsychometricFunction.CUMULATIVE_GAUSSIAN))
                .filter(series -> !series.points().isEmpty());
    }

    /** Accuracies over the strength of the evidence. */
    public static RateSeries accuracy(String label, Evidence evidence) {
        return measured(label, evidence.accuracy(), PsychometricFunction.WEIBULL);
    }

    /** What the ideal observer is expected to choose, as a curve; empty if none is known, or there are more than two choices. */
    public static Optional<RateSeries> idealChoices(Evidence evidence) {
        return evidence.ideal().isEmpty()
                ? Optional.empty()
                : evidence.signed()
                        .map(data -> new RateSeries(
                                IDEAL,
                                List.of(),
                                curve(data.ofIdeal(evidence.ideal()), PsychometricFunction.CUMULATIVE_GAUSSIAN)));
    }

    /**
     * The ideal observer's accuracy at each strength, and the function that is fitted to a network's, fitted to it; empty if none is
     * known.
     */
    public static Optional<RateSeries> idealAccuracy(Evidence evidence) {
        if (evidence.ideal().isEmpty()) {
            return Optional.empty();
        }
        PsychometricData data = evidence.accuracy().ofIdeal(evidence.ideal());
        List<RatePoint> points = new ArrayList<>();
        evidence.ideal().forEach((strength, accuracy) -> points.add(RatePoint.of(strength, accuracy)));
        return Optional.of(new RateSeries(IDEAL, points, curve(data, PsychometricFunction.WEIBULL)));
    }

    private static RateSeries measured(String label, PsychometricData data, PsychometricFunction function) {
        List<RatePoint> points = new ArrayList<>();
        for (int i = 0; i < data.size(); i++) {
            Interval wilson = BinomialConfidenceInterval.WILSON_SCORE.fromErrorRate(
                    Math.toIntExact(Math.round(data.trials(i))),
                    Math.toIntExact(Math.round(data.positive(i))),
                    ERROR_RATE);
            points.add(new RatePoint(data.x(i), data.rate(i), wilson.getLowerBound(), wilson.getUpperBound()));
        }
        return new RateSeries(label, points, curve(data, function));
    }

    /** The fitted function, if there is a fit. */
    private static Optional<DoubleUnaryOperator> curve(PsychometricData data, PsychometricFunction function) {
        PsychometricFit fit = PsychometricFitter.fit(data, function);
        return fit.isFitted() ? Optional.of(fit::predict) : Optional.empty();
    }
}
