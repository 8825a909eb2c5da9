package cohort.task.declared;

import cohort.config.Settings;
import cohort.task.Group;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Groups of input channels, or of outputs, by name. */
final class Groups {
    private static final int MOST = 4096;
    private static final String WEIGHT = "weight";

    /** What may be a name of a group, of a period, of a task. */
    private static final String NAME = "[A-Za-z][A-Za-z0-9_-]*";

    private final String what;
    private final List<Group> all;

    private Groups(String what, List<Group> all) {
        this.what = what;
        this.all = all;
    }

    /**
     * Reads a list such as [fixation, { symbol = 2 }].
     *
     * @param what the last part of the key, "inputs"
     * @param areWeighted whether groups can count more or less in the loss: { fixation = 1, weight = 2 }
     */
    static Groups of(Settings settings, String what, boolean areWeighted) {
        String path = "task." + what;
        String allowed = "must name groups and how many " + what + " they have, such as [fixation, { symbol = 2 }]";
        List<Group> all = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        for (ConfigValue value : Fields.elements(settings.value(path))) {
            int first = all.isEmpty() ? 0 : all.get(all.size() - 1).end();
            String name;
            int size = 1;
            double weight = 1;
            if (value instanceof ConfigObject object) {
                Set<String> keys = new TreeSet<>(object.keySet());
                if (areWeighted && keys.size() > 1) {
                    keys.remove(WEIGHT);
                }
                if (keys.size() != 1) {
                    throw Settings.error(path, value, allowed + "; a comma may be missing");
                }
                name = keys.iterator().next();
                Fields fields = Fields.of(path, value, "{ symbol = 2 }");
                size = fields.whole(name, 1, MOST);
                weight = fields.number(WEIGHT, 1, "how much an error counts, from 0 to 1e12", v -> v >= 0 && v <= 1e12);
            } else {
                name = Fields.text(path, value);
            }
            requireName(path, value, name);
            if (!names.add(name)) {
                throw Settings.error(path, value, "is there twice");
            }
            all.add(new Group(name, first, size, (float) weight));
        }
        if (all.isEmpty()) {
            throw settings.error(path, allowed + "; a whole task is in conf/own/go-nogo.conf");
        }
        return new Groups(what.substring(0, what.length() - 1), List.copyOf(all));
    }

    static void requireName(String path, ConfigValue value, String name) {
        if (!name.matches(NAME)) {
            throw Settings.error(path, value, "must be a name of letters, digits, dashes and underscores");
        }
    }

    List<Group> all() {
        return all;
    }

    /** The group that a name stands for. */
    Group of(String path, ConfigValue value) {
        String name = Fields.text(path, value);
        return all.stream()
                .filter(group -> group.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Names.unknown(
                        path,
                        value,
                        "group of " + what + "s",
                        name,
                        all.stream().map(Group::name).toList()));
    }

    /** The group that a key names; if it is not there, the only one. */
    Group of(Fields fields, String key) {
        if (!fields.has(key) && all.size() == 1) {
            return all.get(0);
        }
        return of(fields.path(key), fields.value(key));
    }
}
