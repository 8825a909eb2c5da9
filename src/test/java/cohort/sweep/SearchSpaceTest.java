package cohort.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import cohort.config.UserError;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchSpaceTest {
    private static SearchSpace space(String text) {
        Config config = ConfigFactory.parseString(text);
        NavigableMap<String, ConfigValue> keys = new TreeMap<>();
        config.root().forEach(keys::put);
        return new SearchSpace(keys);
    }

    private static List<Object> values(List<NavigableMap<String, ConfigValue>> points, String key) {
        return points.stream().map(point -> point.get(key).unwrapped()).toList();
    }

    private static double[] numbers(List<NavigableMap<String, ConfigValue>> points, String key) {
        return points.stream()
                .mapToDouble(point -> ((Number) point.get(key).unwrapped()).doubleValue())
                .toArray();
    }

    @Test
    void aGridHasAllCombinations() {
        SearchSpace space = space("a = [x, y], b { log = [0.01, 1], points = 3 }, c { integer = [1, 4], points = 2 }");

        List<NavigableMap<String, ConfigValue>> grid = space.grid();

        assertThat(space.gridSize()).isEqualTo(12);
        assertThat(grid).hasSize(12).doesNotHaveDuplicates();
        assertThat(values(grid, "a")).startsWith("x", "x", "x", "x", "x", "x", "y");
        assertThat(values(grid, "b")).startsWith(0.01, 0.01, 0.1, 0.1, 1L, 1L);
        assertThat(values(grid, "c")).startsWith(1L, 4L, 1L);
    }

    @Test
    void drawsStayInTheirRangesAndAreTheSameEveryTime() {
        String text = "a = [x, y], b { log = [1e-4, 1e-1] }, c { integer = [3, 7] }, d { linear = [-1, 1] }";

        List<NavigableMap<String, ConfigValue>> points = space(text).random(500, 3);

        assertThat(points).isEqualTo(space(text).random(500, 3));
        assertThat(points).isNotEqualTo(space(text).random(500, 4));
        assertThat(points.subList(0, 100)).isEqualTo(space(text).random(100, 3));
        assertThat(values(points, "a")).contains("x", "y");
        assertThat(values(points, "c")).containsOnly(3L, 4L, 5L, 6L, 7L);
        assertThat(Arrays.stream(numbers(points, "b"))).allMatch(b -> b >= 1e-4 && b <= 1e-1);
        assertThat(Arrays.stream(numbers(points, "b"))
                        .map(Math::log10)
                        .average()
                        .orElseThrow())
                .isCloseTo(-2.5, within(0.15));
        assertThat(Arrays.stream(numbers(points, "d")).average().orElseThrow()).isCloseTo(0, within(0.1));
    }

    /** The defining property of a (0, m, 1)-net: scrambling must not break it. */
    @Test
    void aSobolSequencePutsOnePointIntoEachOfManyIntervals() {
        SearchSpace space = space("a { linear = [0, 1] }, b { linear = [0, 1] }, c { linear = [0, 1] }");

        List<NavigableMap<String, ConfigValue>> points = space.sobol(64, 5);

        for (String key : List.of("a", "b", "c")) {
            long[] cells = Arrays.stream(numbers(points, key))
                    .mapToLong(place -> (long) (64 * place))
                    .sorted()
                    .toArray();
            assertThat(Arrays.stream(cells).distinct().count()).as(key).isGreaterThanOrEqualTo(62); // four digits
        }
        assertThat(points).isNotEqualTo(space.sobol(64, 6));
        assertThat(points.subList(0, 16)).isEqualTo(space.sobol(16, 5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a = []                                 | is empty",
                "a = 3                                  | must be a list of values, or a range",
                "a { linear = [2, 1], points = 3 }      | with a below b",
                "a { log = [0, 1], points = 3 }         | above 0",
                "a { integer = [0.5, 2], points = 2 }   | whole numbers",
                "a { integer = [1, 2], points = 3 }     | no more than there are numbers",
                "a { linear = [1, 2], points = 1 }      | points must be at least 2",
                "a { linear = [1, 2], log = [1, 2] }    | must be a list of values, or a range",
                "a { linear = [1, 2], steps = 2 }       | must be a list of values, or a range",
                "a { linear = [1, two], points = 2 }    | must be a list of values, or a range",
                "a { linear = [1, 1.0000000000000002], points = 4 } | two neighbours are the same",
                "a { linear = [1, 2], points = 2.5 }    | points must be",
                "a { integer = [1, 1e17], points = 2 }  | 2^53",
                "a { linear = [1, null], points = 2 }   | must be a list of values, or a range",
                "a { linear = [1, 2] }                  | needs points = n for a grid"
            })
    void whatIsNoDimensionIsRefused(String text, String message) {
        assertThatThrownBy(() -> space(text).grid())
                .isInstanceOf(UserError.class)
                .hasMessageContaining("sweep.space.a")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ linear = [0.2, 0.999999], points = 4 }   | 0.2 0.4667 0.7333 0.999999",
                "{ linear = [7.00001, 7.00002], points = 3 } | 7.00001 7.000015 7.00002",
                "{ log = [1.23456e-5, 9.87654e-2], points = 2 } | 1.23456e-5 9.87654e-2",
                "{ log = [0.1, 0.1001], points = 3 }        | 0.1 0.10005 0.1001",
                "{ integer = [3, 9007199254740992], points = 2 } | 3 9007199254740992"
            })
    void theEndsAreAsTheyAreWrittenAndNeighboursDiffer(String range, String values) {
        double[] expected = Arrays.stream(values.strip().split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();

        assertThat(numbers(space("a " + range).grid(), "a")).containsExactly(expected);
    }

    @Test
    void drawsFromANarrowRangeStayInItAndDiffer() {
        for (String scale : List.of("linear", "log")) {
            SearchSpace space = space("a { " + scale + " = [0.99990, 0.99999] }");

            double[] drawn = numbers(space.random(200, 4), "a");

            assertThat(Arrays.stream(drawn)).allMatch(a -> a >= 0.99990 && a <= 0.99999);
            assertThat(Arrays.stream(drawn).distinct().count()).isGreaterThan(150);
        }
    }
}
