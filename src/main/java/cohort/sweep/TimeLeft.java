package cohort.sweep;

/**
 * Estimates how long many runs still take, from how long those took that have ended: what a run's arithmetic takes and what every run takes
 * besides, by least squares, so that it does not matter whether the large or the small ones came first. Says nothing before a tenth of the
 * work is done, and moves gently: the expected end moves a part of the way to where the last run puts it.
 */
final class TimeLeft {
    private static final int FEWEST_RUNS = 3;
    private static final double LEAST_DONE = 0.1;

    /** So much of the way the expected end moves with each tenth of the work. */
    private static final double MOVED_BY_A_TENTH = 0.6;

    private int runs;
    private double work;
    private double seconds;
    private double squares;
    private double products;
    private double workAtLastMove;
    private double end = Double.NaN;

    /**
     * Takes note of work that is done.
     *
     * @param done its floating-point operations
     * @param slotSeconds how long a slot was at it: training, evaluating and storing
     */
    void add(double done, double slotSeconds) {
        runs++;
        work += done;
        seconds += slotSeconds;
        squares += done * done;
        products += done * slotSeconds;
    }

    /**
     * Looks ahead.
     *
     * @param elapsed seconds since the beginning
     * @param workLeft floating-point operations that are still to be done
     * @param runsLeft by how many runs
     */
    void look(double elapsed, double workLeft, int runsLeft) {
        if (runs < FEWEST_RUNS || work < LEAST_DONE * (work + workLeft)) {
            return;
        }
        double busySlots = Math.max(seconds / elapsed, Double.MIN_NORMAL);
        double seen = elapsed + slotSeconds(Math.max(0, workLeft), runsLeft) / busySlots;
        double tenths = 10 * (work - workAtLastMove) / (work + workLeft);
        workAtLastMove = work;
        end = Double.isNaN(end) ? seen : end + (1 - Math.pow(1 - MOVED_BY_A_TENTH, tenths)) * (seen - end);
    }

    /** About so many seconds are left; NaN as long as nobody can say. */
    double seconds(double elapsed) {
        return Math.max(0, end - elapsed);
    }

    private double slotSeconds(double workLeft, int runsLeft) {
        double spread = squares - work * work / runs;
        double perOperation = spread > 1e-9 * squares ? (products - work * seconds / runs) / spread : seconds / work;
        perOperation = Math.max(0, Math.min(seconds / work, perOperation));
        double perRun = (seconds - perOperation * work) / runs;
        return perOperation * workLeft + perRun * runsLeft;
    }
}
