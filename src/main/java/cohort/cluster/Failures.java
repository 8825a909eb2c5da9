package cohort.cluster;

import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.spark.SparkException;

/** What went wrong, in one line. */
public final class Failures {
    private static final int LONGEST = 280;

    /** What a machine may have too little of. */
    private enum Shortage {
        THREADS(
                "unable to create native thread",
                "the system allows no more threads: raise the limit of processes (ulimit -u, or the container's), or use fewer"
                        + " cores (COHORT_CORES)"),
        // Spark's exit code for memory.
        EXECUTOR_MEMORY(
                "exited with code 52",
                "an executor's memory is too small for this: more of it (--executor-memory), or a smaller batch or network"),
        CONTAINER_MEMORY(
                "exceeding memory limits",
                "an executor's container is too small for this: --executor-memory, or --conf spark.executor.memoryOverhead=1g"),
        KILLED(
                "exited with code 137",
                "an executor was killed, as systems do that have no memory left: fewer or smaller executors"),
        MEMORY(
                "java.lang.OutOfMemoryError",
                "memory is too small for this: COHORT_DRIVER_MEMORY=4g submit/local ..., or a smaller batch or network;"
                        + " on a cluster --executor-memory, --driver-memory"),
        DISK("No space left on device", "the disk is full"),
        QUOTA("Disk quota exceeded", "the disk's quota is used up"),
        FILES("Too many open files", "the system allows no more open files: raise their limit (ulimit -n)");

        /** How it is told by who met it. */
        private final String sign;

        private final String meaning;

        Shortage(String sign, String meaning) {
            this.sign = sign;
            this.meaning = meaning;
        }

        private static Optional<Shortage> behind(List<Throwable> chain) {
            return Arrays.stream(values())
                    .filter(shortage ->
                            chain.stream().anyMatch(link -> link.toString().contains(shortage.sign)))
                    .findFirst();
        }
    }

    private Failures() {}

    /** Of a failed Spark job, the first cause: what is around it tells of stages and tasks, over pages. */
    public static String reason(Throwable failure) {
        List<Throwable> chain = ExceptionUtils.getThrowableList(failure);
        Throwable told = failure;
        if (failure instanceof SparkException || ExceptionUtils.indexOfType(failure, SparkException.class) == 1) {
            told = chain.get(chain.size() - 1);
        }
        String words = inWords(told);
        return Shortage.behind(chain)
                .map(shortage -> words.contains("cannot write") ? words : shortage.meaning)
                .orElse(words);
    }

    private static String inWords(Throwable told) {
        String message = told.getMessage() == null ? "" : told.getMessage().strip();
        String line = message.lines().findFirst().orElse("");
        if (told instanceof FileSystemException file && file.getReason() == null) { // their message is the file alone
            return file.getFile() + ": " + withoutReason(file);
        }
        if (told instanceof UnknownHostException) {
            return "there is no host " + line.replaceAll(".*: ", "");
        }
        if (line.isEmpty() || isOurs(told)) {
            return "an error of the program: "
                    + (told.getClass().getSimpleName() + " " + line).strip()
                    + Arrays.stream(told.getStackTrace())
                            .findFirst()
                            .map(place -> " in " + place.getClassName() + ":" + place.getLineNumber())
                            .orElse("");
        }
        return line.length() > LONGEST ? line.substring(0, LONGEST - 4) + " ..." : line;
    }

    private static String withoutReason(FileSystemException failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no such file or folder";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        return failure instanceof FileAlreadyExistsException ? "exists already" : "the system refuses it";
    }

    /** Whether it tells of a mistake in the program, in words for who wrote it. */
    private static boolean isOurs(Throwable told) {
        return told instanceof NullPointerException
                || told instanceof ClassCastException
                || told instanceof IndexOutOfBoundsException
                || told instanceof LinkageError;
    }
}
