package cohort.evaluation;

import java.io.Serializable;
import java.util.Locale;

/**
 * A psychometric function psi(x) = guess + (1 - guess - lapse) F(x; location, scale), fitted to data by maximum likelihood.
 *
 * <p>With choices, guess and lapse are the rates of stimulus-independent choices 2 and 1, both free; the bias is the
 * strength at which F is 1/2 and the threshold half the distance between F = 1/4 and F = 3/4, the just noticeable
 * difference. With accuracies, guess is fixed at 1 / number of choices; the threshold is the strength at which F is 1/2.
 * For two choices without lapses that is 75 % correct, so both thresholds of an unbiased observer agree. All numbers but the
 * trials are NaN unless the status is {@link Status#FITTED}.
 *
 * @param function the sigmoid F
 * @param kind what it was fitted to
 * @param status whether there is a fit, or why not
 * @param location m of F, in the unit of the strength
 * @param scale s of F: in the unit of the strength, or the shape of a Weibull function
 * @param bias in the unit of the strength; NaN for accuracies
 * @param threshold in the unit of the strength
 * @param slope dF/dx where F is 1/2, per unit of the strength
 * @param guess rate of positive responses without evidence for them
 * @param lapse rate of negative responses however strong the evidence
 * @param deviance twice the log likelihood ratio of a model with one rate per strength to this one
 * @param trials trials it was fitted to
 * @param intervals what a bootstrap says
 */
public record PsychometricFit(
        PsychometricFunction function,
        PsychometricKind kind,
        Status status,
        double location,
        double scale,
        double bias,
        double threshold,
        double slope,
        double guess,
        double lapse,
        double deviance,
        long trials,
        PsychometricIntervals intervals)
        implements Serializable {
    /** Whether there is a fit, or why not. The first that applies, from the bottom up. */
    public enum Status {
        /** There is. */
        FITTED,
        /**
         * The data do not say where the threshold is: its estimate is beyond the largest strength, or below an eighth of the
         * smallest distance of two; or the bias is beyond the largest strength, or a rate of guesses or lapses at its upper
         * bound of 25 %.
         */
        OUT_OF_RANGE,
        /** No better than chance: a likelihood ratio test against a psi without slope is not significant at 5 %. */
        AT_CHANCE,
        /** Right wherever there is evidence, or choices parted without error: the threshold is below the strengths. */
        ALL_CORRECT,
        /** Fewer strengths at which psi is unknown than there are free parameters. */
        TOO_FEW_STRENGTHS,
        /** Nothing to fit. */
        NO_TRIALS;

        /** The name in tables: lower case with dashes. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    static PsychometricFit without(Status status, PsychometricData data, PsychometricFunction function) {
        return new PsychometricFit(
                function,
                data.kind(),
                status,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                data.totalTrials(),
                PsychometricIntervals.NONE);
    }

    public boolean isFitted() {
        return status == Status.FITTED;
    }

    /**
     * psi(x), the predicted rate of positive responses.
     *
     * @param x strength of the evidence, signed with choices
     * @return 0 to 1, NaN without a fit
     */
    public double predict(double x) {
        return isFitted() ? guess + (1 - guess - lapse) * function.value(x, location, scale) : Double.NaN;
    }
}
