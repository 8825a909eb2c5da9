package cohort.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "_x", "hidden-64_v1.2", "a..b", "x-"})
    void plainNamesAreAllowed(String name) {
        assertThat(Names.problemOfExperiment(name)).isEmpty();
        assertThat(Names.problemOfRun(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", ".", "..", "...", ".hidden", "-x", "a.", "a b", "a/b", "a\\b", "a'b", "ä", "a\n", "a,b=c", "~", "١"
            })
    void whatLeadsElsewhereOrHidesIsNone(String name) {
        assertThat(Names.problemOfExperiment(name)).isPresent();
        assertThat(Names.problemOfRun(name)).isPresent();
    }

    @Test
    void anIdHasRoomForANameAndMore() {
        assertThat(Names.problemOfExperiment("n".repeat(100))).isEmpty();
        assertThat(Names.problemOfExperiment("n".repeat(101))).isPresent();
        assertThat(Names.problemOfRun("n".repeat(100) + "-seed" + Long.MIN_VALUE + "-0123abcd"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"trials", "Trials2", "t_20ms", "values_of_x", "select", "values", "seed"})
    void everyWordThatSqlReadsIsATable(String name) {
        assertThat(Names.problemOfTable(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "_t",
                "1t",
                "a-b",
                "a.b",
                "a b",
                "ä",
                "models",
                "Sweeps",
                "RUNS",
                "scaling",
                "Leaderboard",
                "activity",
                "sweep_runs"
            })
    void namesOfOurOwnAreRefused(String name) {
        assertThat(Names.problemOfTable(name)).isPresent();
    }
}
