package cohort.warehouse;

import cohort.evaluation.Evidence;
import cohort.evaluation.PsychometricData;
import cohort.evaluation.PsychometricFit;
import cohort.evaluation.PsychometricFitter;
import cohort.evaluation.PsychometricFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** Every psychometric function there is, fitted to the choices of one network or of several, as rows of table psychometric_fits. */
public final class PsychometricRows {
    /** Simulations behind the intervals: their ends are then good to about a tenth of their length. */
    private static final int SAMPLES = 400;

    private PsychometricRows() {}

    public static List<Row> of(FittedFunction.Subject subject, Evidence evidence) {
        List<FittedFunction> fits = new ArrayList<>();
        evidence.signed().ifPresent(data -> add(fits, subject, evidence, data));
        add(fits, subject, evidence, evidence.accuracy());
        return TestTables.PSYCHOMETRIC_FITS.rows(fits);
    }

    private static void add(
            List<FittedFunction> fits, FittedFunction.Subject subject, Evidence evidence, PsychometricData data) {
        long seed = subject.seed() == null ? 0 : subject.seed();
        Optional<PsychometricData> ideal =
                evidence.ideal().isEmpty() ? Optional.empty() : Optional.of(data.ofIdeal(evidence.ideal()));
        for (PsychometricFunction function : PsychometricFunction.values()) {
            if (function.isFor(data.kind())) {
                PsychometricFit fit = PsychometricFitter.fit(data, function, SAMPLES, seed);
                fits.add(new FittedFunction(
                        subject, evidence, fit, ideal.map(expected -> PsychometricFitter.fit(expected, function))));
            }
        }
    }
}
