package cohort.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Compares our statistics with those of a golden file, and counts how often it did. See the README beside the files. */
public final class GoldenComparison {
    private static final double MAX_Z = 5;
    private static final double EXACT = 1e-5;
    /** What is constant has no error but that of adding up. */
    private static final double ROUNDING = 1e-9;

    private final List<String> failures = new ArrayList<>();
    private int exact;
    private int random;
    private double sumOfSquares;

    /** Reads a file below /golden. */
    public static JsonNode read(String name) {
        try (InputStream file = GoldenComparison.class.getResourceAsStream("/golden/" + name)) {
            return new ObjectMapper().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compares two estimates with standard errors; equal to 1e-5 where both errors are 0. */
    public void estimates(String what, double ours, double ourError, double golden, double goldenError) {
        double error = Math.hypot(ourError, goldenError);
        if (error < ROUNDING) {
            exact++;
            if (!(Math.abs(ours - golden) <= EXACT)) {
                failures.add(what + ": " + ours + " is not " + golden);
            }
            return;
        }
        double z = (ours - golden) / error;
        random++;
        sumOfSquares += z * z;
        if (!(Math.abs(z) <= MAX_Z)) {
            failures.add(what + ": " + ours + " and " + golden + " differ by " + z + " standard errors");
        }
    }

    /** Compares what must be equal to a tolerance. */
    public void values(String what, double ours, double golden, double tolerance) {
        exact++;
        if (!(Math.abs(ours - golden) <= tolerance)) {
            failures.add(what + ": " + ours + " is not " + golden);
        }
    }

    /** Compares how often something happened, where it happens often enough to say. */
    public void counts(String what, long ours, long ourTotal, long golden, long goldenTotal) {
        double pooled = (double) (ours + golden) / (ourTotal + goldenTotal);
        boolean isCertain = pooled == 0 || pooled == 1;
        if (isCertain || Math.min(ourTotal, goldenTotal) * pooled >= 5) {
            double spread = pooled * (1 - pooled);
            estimates(
                    what,
                    (double) ours / ourTotal,
                    Math.sqrt(spread / ourTotal),
                    (double) golden / goldenTotal,
                    Math.sqrt(spread / goldenTotal));
        }
    }

    /** Compares a mean and a standard deviation of ours with those of a file, which has the error of each. */
    public void moments(String what, JsonNode golden, double mean, double meanError, double sd, double sdError) {
        estimates(
                what,
                mean,
                meanError,
                golden.get("mean").doubleValue(),
                golden.get("se").doubleValue());
        estimates(
                what + " sd",
                sd,
                sdError,
                golden.get("sd").doubleValue(),
                golden.get("sd_se").doubleValue());
    }

    /** Fails if anything differed, or if there was nothing to compare. */
    public void assertAgreement() {
        assertThat(failures).isEmpty();
        assertThat(exact + random).isPositive();
    }

    /** Fails if anything differed, or if fewer comparisons were made than there are. */
    public void assertAgreement(int exactComparisons, int randomComparisons) {
        assertThat(failures).isEmpty();
        assertThat(List.of(exact, random))
                .as("comparisons of constants and of estimates")
                .containsExactly(exactComparisons, randomComparisons);
    }

    /** Fails if estimates differ less or more than their errors say; they must be many, of many independent quantities. */
    public void assertTypicalErrors() {
        assertThat(Math.sqrt(sumOfSquares / random)).as("root mean square of z").isBetween(0.6, 1.5);
    }
}
