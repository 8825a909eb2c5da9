package cohort.cluster;

import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.spark.SparkException;

/** What went wrong, in one line. */
public final class Failures {
    private Failures() {}

    /** Of a failed Spark job, the first cause: what is around it tells of stages and tasks, over pages. */
    public static String reason(Throwable failure) {
        Throwable told = failure;
        if (failure instanceof SparkException || ExceptionUtils.indexOfType(failure, SparkException.class) == 1) {
            told = ExceptionUtils.getRootCause(failure);
        }
        String message = told.getMessage();
        if (message == null || message.isBlank()) {
            return told.getClass().getSimpleName();
        }
        return message.strip().lines().findFirst().orElseThrow();
    }
}
