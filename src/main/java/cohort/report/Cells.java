package cohort.report;

/** The values of a heat map, wherever they are kept. */
public interface Cells {
    /** The value in a row and a column, both from 0; NaN where there is none. */
    double at(int row, int column);
}
