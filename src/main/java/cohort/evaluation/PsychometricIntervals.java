package cohort.evaluation;

import java.io.Serializable;

/**
 * How far the estimates of a {@link PsychometricFit} can be trusted, from refits of simulated responses. Intervals are
 * 95 % percentile intervals. An end beyond what the strengths can resolve is open: a threshold of 0 or infinity, a
 * slope of infinity or 0, a bias of -infinity or infinity. All values are NaN if nothing was simulated.
 *
 * @param biasLow lower end, in the unit of the strength; NaN for accuracies
 * @param biasHigh upper end, in the unit of the strength; NaN for accuracies
 * @param thresholdLow lower end, in the unit of the strength
 * @param thresholdHigh upper end, in the unit of the strength
 * @param slopeLow lower end, per unit of the strength
 * @param slopeHigh upper end, per unit of the strength
 * @param deviancePValue fraction of simulations whose deviance is at least the data's: small if the function does not fit
 * @param samples simulations
 * @param unresolved simulations whose threshold the strengths cannot resolve
 */
public record PsychometricIntervals(
        double biasLow,
        double biasHigh,
        double thresholdLow,
        double thresholdHigh,
        double slopeLow,
        double slopeHigh,
        double deviancePValue,
        int samples,
        int unresolved)
        implements Serializable {
    /** Nothing was simulated. */
    public static final PsychometricIntervals NONE = new PsychometricIntervals(
            Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0, 0);
}
