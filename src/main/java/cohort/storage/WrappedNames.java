package cohort.storage;

import java.util.Collection;
import java.util.regex.Pattern;

/** What stands in front of a network's own names for its tensors, where something was wrapped around it. */
final class WrappedNames {
    private static final String READOUT = "fc.weight";
    private static final Pattern OPTIMIZER =
            Pattern.compile("(moment\\d+|outer)\\..*|(.*\\.)?(exp_avg|exp_avg_sq|momentum_buffer)(\\..*)?");

    private WrappedNames() {}

    /** What all names begin with and the network's own do not, such as {@code _orig_mod.}; or empty. */
    static String prefix(Collection<String> names) {
        for (String name : names) {
            String prefix = name.endsWith("." + READOUT) ? name.substring(0, name.length() - READOUT.length()) : "";
            if (!prefix.isEmpty()
                    && !areOptimizers(names)
                    && names.stream().allMatch(other -> other.startsWith(prefix))) {
                return prefix;
            }
        }
        return "";
    }

    /** Who is known to put this in front of names, in brackets; or nothing. */
    static String origin(String prefix) {
        return switch (prefix) {
            case "_orig_mod." -> " (torch.compile's)";
            case "module." -> " (DataParallel's)";
            default -> "";
        };
    }

    /** Whether these are the tensors of an optimizer: ours, or PyTorch's. */
    static boolean areOptimizers(Collection<String> names) {
        return !names.isEmpty()
                && names.stream().allMatch(name -> OPTIMIZER.matcher(name).matches());
    }
}
