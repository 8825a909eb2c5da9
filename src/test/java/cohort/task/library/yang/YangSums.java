package cohort.task.library.yang;

/**
 * Mean and standard deviation of values that come in trials, and trials in clusters, with standard errors that take the cluster as the unit:
 * the values of one are not independent. Clusters may have different numbers of values; then each estimate is a ratio, and has the error
 * of one. Values are counted from the first one, so that what is constant has no error of rounding.
 */
final class YangSums {
    private double origin = Double.NaN;

    /** Of the trial that is being read: number of values, their sum, and that of their squares. */
    private double trialCount;

    private double trialSum;
    private double trialSquares;

    /** Of the cluster that is being read: the same; and squared distances from trials' own means, and their degrees of freedom. */
    private double count;

    private double sum;
    private double squares;
    private double distances;
    private double freedom;

    /** Sums over clusters of these, of their squares and of their products. */
    private double c;

    private double s;
    private double q;
    private double cc;
    private double ss;
    private double qq;
    private double cs;
    private double cq;
    private double sq;
    private double d;
    private double f;
    private double dd;
    private double ff;
    private double df;

    void add(double value) {
        if (Double.isNaN(origin)) {
            origin = value;
        }
        double from = value - origin;
        trialCount++;
        trialSum += from;
        trialSquares += from * from;
    }

    void endTrial() {
        if (trialCount > 0) {
            count += trialCount;
            sum += trialSum;
            squares += trialSquares;
            distances += Math.max(0, trialSquares - trialSum * trialSum / trialCount);
            freedom += trialCount - 1;
            trialCount = 0;
            trialSum = 0;
            trialSquares = 0;
        }
    }

    void endCluster() {
        endTrial();
        c += count;
        s += sum;
        q += squares;
        cc += count * count;
        ss += sum * sum;
        qq += squares * squares;
        cs += count * sum;
        cq += count * squares;
        sq += sum * squares;
        d += distances;
        f += freedom;
        dd += distances * distances;
        ff += freedom * freedom;
        df += distances * freedom;
        count = 0;
        sum = 0;
        squares = 0;
        distances = 0;
        freedom = 0;
    }

    /** Adds a value that is a cluster by itself. */
    void addAlone(double value) {
        add(value);
        endCluster();
    }

    boolean isEmpty() {
        return c == 0;
    }

    private double shifted() {
        return s / c;
    }

    double mean() {
        return origin + shifted();
    }

    double meanError() {
        double m = shifted();
        return root(ss - 2 * m * cs + m * m * cc) / c;
    }

    private double variance() {
        return Math.max(0, q / c - shifted() * shifted());
    }

    double sd() {
        return Math.sqrt(variance());
    }

    double sdError() {
        double m = shifted();
        double k = m * m - variance();
        double spread = qq + 4 * m * m * ss + k * k * cc - 4 * m * sq + 2 * k * cq - 4 * m * k * cs;
        return sd() == 0 ? 0 : root(spread) / c / (2 * sd());
    }

    /** Standard deviation around each trial's own mean. */
    double withinSd() {
        return Math.sqrt(d / f);
    }

    double withinSdError() {
        double v = d / f;
        return v == 0 ? 0 : root(dd - 2 * v * df + v * v * ff) / f / (2 * withinSd());
    }

    private static double root(double square) {
        return Math.sqrt(Math.max(0, square));
    }
}
