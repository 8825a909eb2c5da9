package cohort.warehouse;

import cohort.run.RunSpec;
import java.util.Map;

/**
 * A run of a sweep.
 *
 * @param sweep name of the sweep
 * @param run the run
 * @param setting what the sweep changed, the same text for all seeds
 * @param settings the same by configuration key
 */
public record SweepMember(String sweep, RunSpec run, String setting, Map<String, String> settings) {}
