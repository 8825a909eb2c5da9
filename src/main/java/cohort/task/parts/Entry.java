package cohort.task.parts;

import cohort.config.Settings;
import cohort.task.Task;
import cohort.task.TaskFactory;
import java.util.function.Function;

/**
 * A task of a family that has several.
 *
 * @param name as task.kind has it
 * @param family name of the family
 * @param source where it comes from
 * @param about what it is, in a sentence or two
 * @param defaults its keys; see {@link cohort.config.Kind#defaults}
 * @param maker makes it from its settings
 */
public record Entry(
        String name, String family, String source, String about, String defaults, Function<Settings, Task> maker)
        implements TaskFactory {
    @Override
    public Task of(Settings settings) {
        return maker.apply(settings);
    }
}
