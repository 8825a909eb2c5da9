package cohort.report;

import cohort.evaluation.ChoiceCount;
import cohort.evaluation.PsychometricData;
import cohort.evaluation.PsychometricFit;
import cohort.evaluation.PsychometricFitter;
import cohort.evaluation.PsychometricFunction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.apache.commons.statistics.interval.Interval;

/** Choices as figures draw them: fractions with 95 % Wilson intervals, and the function fitted to them. */
public final class PsychometricSeries {
    private static final double ERROR_RATE = 0.05;

    private PsychometricSeries() {}

    /** Fractions of choice 2 over signed coherence, of a task with two choices. */
    public static RateSeries choices(String label, Collection<ChoiceCount> counts) {
        return measured(label, PsychometricData.choices(counts), PsychometricFunction.CUMULATIVE_GAUSSIAN);
    }

    /** Accuracies over coherence. */
    public static RateSeries accuracy(String label, Collection<ChoiceCount> counts, int ringSize) {
        return measured(label, PsychometricData.accuracy(counts, ringSize), PsychometricFunction.WEIBULL);
    }

    /** What the ideal observer is expected to choose, as a curve. */
    public static RateSeries idealChoices(Collection<ChoiceCount> counts, Map<Double, Double> ideal) {
        PsychometricData data = PsychometricData.choices(counts).ofIdeal(ideal);
        return new RateSeries("ideal observer", List.of(), curve(data, PsychometricFunction.CUMULATIVE_GAUSSIAN));
    }

    /** The ideal observer's accuracy at each coherence, and the function that is fitted to a network's, fitted to it. */
    public static RateSeries idealAccuracy(Collection<ChoiceCount> counts, int ringSize, Map<Double, Double> ideal) {
        PsychometricData data = PsychometricData.accuracy(counts, ringSize).ofIdeal(ideal);
        List<RatePoint> points = new ArrayList<>();
        ideal.forEach((coherence, accuracy) -> points.add(RatePoint.of(coherence, accuracy)));
        return new RateSeries("ideal observer", points, curve(data, PsychometricFunction.WEIBULL));
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

    /** The fitted function, or null where there is no fit. */
    private static DoubleUnaryOperator curve(PsychometricData data, PsychometricFunction function) {
        PsychometricFit fit = PsychometricFitter.fit(data, function);
        return fit.isFitted() ? fit::predict : null;
    }
}
