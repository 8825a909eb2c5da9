package cohort.report;

/** The mean state of the units over a trial, in the plane of two principal components. */
public final class Trajectory {
    private final String label;
    private final String family;
    private final int choice;
    private final double strength;
    private final double[] first;
    private final double[] second;

    private Trajectory(String label, String family, int choice, double strength, double[] first, double[] second) {
        this.label = label;
        this.family = family;
        this.choice = choice;
        this.strength = strength;
        this.first = first;
        this.second = second;
    }

    /**
     * The mean over the trials of one condition.
     *
     * @param label what the legend calls it, for instance "-12.8 %"
     * @param choice for which there is evidence, from 1; it does not matter without evidence
     * @param strength of the evidence, unsigned; NaN where there is no such thing
     * @param first the first principal component at each step
     * @param second the second principal component at each step
     * @throws IllegalArgumentException if the components differ in length
     */
    public static Trajectory of(String label, int choice, double strength, double[] first, double[] second) {
        if (first.length != second.length) {
            throw new IllegalArgumentException(
                    first.length + " steps of the first component, but " + second.length + " of the second");
        }
        return new Trajectory(label, "choice " + choice, choice, strength, first.clone(), second.clone());
    }

    /** The same as one of a family that has a hue, by another name than that of the choice. */
    Trajectory inFamily(int number, String name) {
        return new Trajectory(label, name, number, strength, first, second);
    }

    String label() {
        return label;
    }

    /** What the legend calls all trajectories of this hue, where there are too many to name each. */
    String family() {
        return family;
    }

    int choice() {
        return choice;
    }

    double strength() {
        return strength;
    }

    /** The first component, [steps]; not to be changed. */
    double[] first() {
        return first;
    }

    /** The second component, [steps]; not to be changed. */
    double[] second() {
        return second;
    }
}
