package cohort.evaluation;

import java.util.Locale;
import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.LogisticDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.WeibullDistribution;

/**
 * The sigmoid F(x; m, s) inside a psychometric function: a distribution function of the strength x of the evidence, with a
 * location m and a scale or shape s &gt; 0 (Wichmann and Hill 2001, <a
 * href="https://doi.org/10.3758/BF03194544">doi</a>).
 */
public enum PsychometricFunction {
    /** Phi((x - m) / s): what an observer with Gaussian noise does who adds up evidence. */
    CUMULATIVE_GAUSSIAN {
        @Override
        ContinuousDistribution distribution(double location, double scale) {
            return NormalDistribution.of(location, scale);
        }

        @Override
        public double slope(double location, double scale) {
            return 1 / (scale * Math.sqrt(2 * Math.PI));
        }
    },
    /** 1 / (1 + exp(-(x - m) / s)). */
    LOGISTIC {
        @Override
        ContinuousDistribution distribution(double location, double scale) {
            return LogisticDistribution.of(location, scale);
        }

        @Override
        public double slope(double location, double scale) {
            return 1 / (4 * scale);
        }
    },
    /** 1 - exp(-(x / m)^s) for x &gt;= 0, m &gt; 0, s dimensionless; only for the accuracy. */
    WEIBULL {
        @Override
        ContinuousDistribution distribution(double location, double scale) {
            return WeibullDistribution.of(scale, location);
        }

        @Override
        public double slope(double location, double scale) {
            return scale * Math.log(2) / (2 * quantile(0.5, location, scale));
        }
    };

    /** The same sigmoid as a distribution, for values, densities and quantiles. */
    abstract ContinuousDistribution distribution(double location, double scale);

    /**
     * dF/dx where F is 1/2, per unit of the strength.
     *
     * @param location m
     * @param scale s, greater than 0
     */
    public abstract double slope(double location, double scale);

    /**
     * F(x; m, s).
     *
     * @param x strength of the evidence
     * @param location m
     * @param scale s
     * @throws IllegalArgumentException if s, or the m of a Weibull function, is not greater than 0
     */
    public double value(double x, double location, double scale) {
        return distribution(location, scale).cumulativeProbability(x);
    }

    /**
     * The strength at which F has a value.
     *
     * @param probability the value, 0 to 1
     * @param location m
     * @param scale s
     * @throws IllegalArgumentException if s, or the m of a Weibull function, is not greater than 0
     */
    public double quantile(double probability, double location, double scale) {
        return distribution(location, scale).inverseCumulativeProbability(probability);
    }

    /** Whether it can be fitted to data of this kind: a Weibull function has no negative strengths. */
    public boolean isFor(PsychometricKind kind) {
        return this != WEIBULL || kind == PsychometricKind.ACCURACY;
    }

    /** The name in tables: lower case with dashes. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
