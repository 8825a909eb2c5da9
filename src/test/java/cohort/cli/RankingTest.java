package cohort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class RankingTest {
    private static final StructType LEADERBOARD = new StructType()
            .add("rank", DataTypes.IntegerType)
            .add("setting", DataTypes.StringType)
            .add("runs", DataTypes.LongType)
            .add("trained", DataTypes.LongType)
            .add("failed", DataTypes.LongType)
            .add("stopped", DataTypes.LongType)
            .add("efficiency", DataTypes.DoubleType)
            .add("efficiency_sem", DataTypes.DoubleType)
            .add("worst_efficiency", DataTypes.DoubleType)
            .add("no_response", DataTypes.DoubleType)
            .add("held_out_loss", DataTypes.DoubleType);

    private static Row row(Object... values) {
        return new GenericRowWithSchema(values, LEADERBOARD);
    }

    @Test
    void whoNeverRespondsIsMarked() {
        String table = Ranking.render(List.of(
                row(1, "hidden=96", 5L, 5L, 0L, 0L, 0.97, 0.011, 0.94, 0.0123, 0.03),
                row(2, "hidden=8", 5L, 4L, 0L, 0L, -1.06, null, -1.06, 1.0, 0.4)));

        assertThat(table).contains("5 of 5", "0.970 ± 0.011", "1.2 %", "4 of 5", "-1.060 |", "always");
    }

    @Test
    void settingsWithManyKeysAreBrokenAndFitATerminal() {
        String setting =
                "network.hidden=128, training.optimizer.learning-rate=0.0031623, averaging.local-steps=100, layers=2";

        String table = Ranking.render(List.of(
                row(1, setting, 16L, 12L, 3L, 1L, 0.97123, 0.011, 0.94, 0.0, 0.03),
                row(2, "x", 16L, 0L, 16L, 0L, null, null, null, null, null)));

        assertThat(table.lines()).allMatch(line -> line.length() <= 100);
        assertThat(table).contains("12 of 16", "network.hidden=128");
        assertThat(table.replaceAll("[|\\s]", "")).contains("layers=2");
    }
}
