package cohort.task.recorded;

import cohort.config.UserError;
import cohort.task.recorded.TrialFile.Numbers;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jetbrains.bio.npy.NpyArray;
import org.jetbrains.bio.npy.NpzEntry;
import org.jetbrains.bio.npy.NpzFile;

/** Arrays of numbers in a file of NumPy's {@code savez}. */
public final class NpzTrials {
    private static final int CHUNK = 1 << 16;

    private NpzTrials() {}

    /**
     * Reads all arrays.
     *
     * @throws UserError if it is no such file, or has something else than numbers
     */
    public static Map<String, Numbers> read(Path file) {
        Map<String, Numbers> arrays = new LinkedHashMap<>();
        try (NpzFile.Reader reader = NpzFile.read(file)) {
            for (NpzEntry entry : reader.introspect()) {
                arrays.put(entry.getName(), numbers(entry.getName(), reader.get(entry.getName(), CHUNK)));
            }
        } catch (UserError e) {
            throw e;
        } catch (Exception e) { // Kotlin throws IOException without saying so
            throw new UserError(
                    file + " cannot be read as a file of numpy.savez (" + e.getMessage()
                            + "): arrays of numbers are, of float32, float64, int32, int64 or bool, in C order",
                    e);
        }
        return arrays;
    }

    private static Numbers numbers(String name, NpyArray array) {
        Object data = array.getData();
        int[] shape = array.getShape();
        if (data instanceof float[] floats) {
            return new Numbers(
                    shape,
                    IntStream.range(0, floats.length)
                            .mapToDouble(i -> floats[i])
                            .toArray(),
                    false);
        }
        if (data instanceof double[] doubles) {
            return new Numbers(shape, DoubleStream.of(doubles).toArray(), false);
        }
        if (data instanceof int[] ints) {
            return new Numbers(shape, IntStream.of(ints).asDoubleStream().toArray(), true);
        }
        if (data instanceof long[] longs) {
            return new Numbers(shape, LongStream.of(longs).asDoubleStream().toArray(), true);
        }
        if (data instanceof short[] shorts) {
            return new Numbers(
                    shape,
                    IntStream.range(0, shorts.length)
                            .mapToDouble(i -> shorts[i])
                            .toArray(),
                    true);
        }
        if (data instanceof byte[] bytes) {
            return new Numbers(
                    shape,
                    IntStream.range(0, bytes.length).mapToDouble(i -> bytes[i]).toArray(),
                    true);
        }
        if (data instanceof boolean[] flags) {
            return new Numbers(
                    shape,
                    IntStream.range(0, flags.length)
                            .mapToDouble(i -> flags[i] ? 1 : 0)
                            .toArray(),
                    true);
        }
        throw new UserError("array " + name + " holds no numbers");
    }
}
