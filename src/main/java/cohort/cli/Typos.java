package cohort.cli;

import cohort.config.Settings;
import java.util.List;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What somebody may have meant by a word that is no command and no option. */
final class Typos {
    private Typos() {}

    /** "; did you mean train?", or nothing. */
    static String meant(ParameterException exception) {
        if (!(exception instanceof UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return "";
        }
        List<String> words = unmatched.getUnmatched();
        String key = words.get(0).replaceFirst("^--", "").replaceFirst("=.*", "");
        boolean hasKeys =
                exception.getCommandLine().getCommandSpec().optionsMap().containsKey("--set");
        if (hasKeys && words.get(0).startsWith("--") && Settings.hasKey(key)) {
            return "; a key of the configuration is changed by --set " + key + "=...";
        }
        List<String> near = unmatched.getSuggestions();
        return near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?";
    }
}
