package cohort.warehouse;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All tables that runs and sweeps write. */
public final class ResultTables {
    public static final Map<String, Table<?>> BY_NAME = new TreeMap<>(Stream.<Table<?>>of(
                    Tables.RUNS,
                    Tables.TASKS,
                    Tables.TRAINING_CURVE,
                    TestTables.TRIAL_OUTCOMES,
                    TestTables.CONDITION_ACCURACY,
                    TestTables.CHOICE_COUNTS,
                    TestTables.PSYCHOMETRIC_FITS,
                    TestTables.ACTIVITY,
                    TimeTables.RESPONSE_TIMES,
                    TimeTables.PSYCHOPHYSICAL_KERNELS,
                    Tables.SWEEP_RUNS)
            .collect(Collectors.toMap(Table::name, table -> table)));

    private ResultTables() {}
}
