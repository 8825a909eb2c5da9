package cohort.sweep;

import cohort.task.Purpose;
import cohort.task.RandomStreams;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.commons.rng.UniformRandomProvider;
import org.hipparchus.random.SobolSequenceGenerator;

/** The settings of a sweep: points of a space whose axes are keys of the configuration. A pure function of the file. */
final class SearchSpace {
    /** How points are chosen. */
    enum Search {
        GRID,
        RANDOM,
        SOBOL
    }

    private static final int SOBOL_BITS = 52;

    private final List<Dimension> dimensions = new ArrayList<>();

    /**
     * Reads a space.
     *
     * @param keys what is to be tried, by key of the configuration
     */
    SearchSpace(NavigableMap<String, ConfigValue> keys) {
        keys.forEach((key, value) -> dimensions.add(new Dimension(key, value)));
    }

    boolean isEmpty() {
        return dimensions.isEmpty();
    }

    /** Number of points of the grid, as a double: there may be very many. */
    double gridSize() {
        double size = 1;
        for (Dimension dimension : dimensions) {
            size *= dimension.size();
        }
        return size;
    }

    /** All combinations; the last key varies fastest. */
    List<NavigableMap<String, ConfigValue>> grid() {
        List<NavigableMap<String, ConfigValue>> points = new ArrayList<>();
        for (int number = 0; number < gridSize(); number++) {
            NavigableMap<String, ConfigValue> point = new TreeMap<>();
            int rest = number;
            for (int d = dimensions.size() - 1; d >= 0; d--) {
                Dimension dimension = dimensions.get(d);
                point.put(dimension.key(), dimension.grid(rest % dimension.size()));
                rest /= dimension.size();
            }
            points.add(point);
        }
        return points;
    }

    /** Independent draws. */
    List<NavigableMap<String, ConfigValue>> random(int samples, long seed) {
        List<NavigableMap<String, ConfigValue>> points = new ArrayList<>();
        for (int sample = 0; sample < samples; sample++) {
            UniformRandomProvider random = RandomStreams.of(seed, Purpose.SEARCH, sample);
            double[] place = new double[dimensions.size()];
            for (int d = 0; d < place.length; d++) {
                place[d] = random.nextDouble();
            }
            points.add(at(place));
        }
        return points;
    }

    /** Points of a scrambled Sobol sequence: evenly spread, and more samples keep the ones there are. */
    List<NavigableMap<String, ConfigValue>> sobol(int samples, long seed) {
        List<NavigableMap<String, ConfigValue>> points = new ArrayList<>();
        if (dimensions.isEmpty()) {
            return points;
        }
        SobolSequenceGenerator sequence = new SobolSequenceGenerator(dimensions.size());
        for (int sample = 0; sample < samples; sample++) {
            double[] place = sequence.nextVector();
            for (int d = 0; d < place.length; d++) {
                place[d] = scramble(place[d], d, seed);
            }
            points.add(at(place));
        }
        return points;
    }

    /**
     * Owen's nested uniform scrambling (1995): each bit is flipped or not, by a coin of its own for every value of the bits
     * before it. It keeps the evenness, and takes away that the first points lie on corners and middles.
     */
    private static double scramble(double place, int dimension, long seed) {
        long bits = (long) (place * (1L << SOBOL_BITS));
        long scrambled = 0;
        for (int bit = SOBOL_BITS - 1; bit >= 0; bit--) {
            long before = bits >>> (bit + 1);
            // The bits before this one, with a 1 in front of them that says how many there are.
            long node = before | 1L << (SOBOL_BITS - 1 - bit);
            boolean flip = RandomStreams.of(seed + dimension * 0x9E3779B97F4A7C15L, Purpose.SEARCH, node)
                    .nextBoolean();
            scrambled |= ((bits >>> bit & 1) ^ (flip ? 1 : 0)) << bit;
        }
        return (scrambled + 0.5) / (1L << SOBOL_BITS);
    }

    private NavigableMap<String, ConfigValue> at(double[] place) {
        NavigableMap<String, ConfigValue> point = new TreeMap<>();
        for (int d = 0; d < place.length; d++) {
            point.put(dimensions.get(d).key(), dimensions.get(d).at(place[d]));
        }
        return point;
    }
}
