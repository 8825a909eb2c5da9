package cohort.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A key and the value it is changed to, written key=value. The value is what stands behind the first =, as it stands: only what is a
 * number, true, false, a text in double quotes, a list or { ... } from its first sign to its last is read as HOCON; all other text
 * means itself, whatever // # , : $ or = there is in it.
 *
 * @param key a path of names and dots
 * @param value knows where it comes from
 */
public record SetOption(String key, ConfigValue value) {
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
    private static final Pattern PLAIN = Pattern.compile("true|false|[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern QUOTED = Pattern.compile("\"(\\\\.|[^\"\\\\\\n])*\"|(?s)\"\"\".*\"\"\"");

    /**
     * Reads a text "key=value".
     *
     * @throws UserError if it is none
     */
    public static SetOption of(String text) {
        String origin = "--set " + UserError.quoted(text);
        int equals = text.indexOf('=');
        String key = text.substring(0, Math.max(0, equals)).strip();
        if (key.endsWith("+")) {
            throw new UserError(origin + ": += is of files only; write the whole value, key=value");
        }
        if (!KEY.matcher(key).matches()) {
            throw new UserError(origin + ": write key=value, the key as in the configuration: network.hidden=64");
        }
        boolean isSpaced = Character.isWhitespace(text.charAt(equals - 1)); // key = value, as in a file
        String value = isSpaced ? text.substring(equals + 1).strip() : text.substring(equals + 1);
        if (value.isBlank()) {
            throw new UserError(origin + ": write key=value; an empty text is \"\", in quotes that reach the program: '"
                    + UserError.quoted(key) + "=\"\"'");
        }
        if (value.strip().equals("null")) {
            throw new UserError(origin + ": null is no value; leave the option out for what the file says");
        }
        return new SetOption(key, value(value, origin).withOrigin(ConfigOriginFactory.newSimple(origin)));
    }

    private static ConfigValue value(String text, String origin) {
        String stripped = text.strip();
        boolean isQuote = stripped.startsWith("\"");
        boolean isBracket = stripped.startsWith("[") || stripped.startsWith("{");
        if (isQuote && !QUOTED.matcher(stripped).matches()) {
            throw new UserError(origin + ": the quotes must be around the whole value");
        }
        if (!isQuote && !isBracket && !PLAIN.matcher(stripped).matches()) {
            return ConfigValueFactory.fromAnyRef(text);
        }
        Config parsed = ConfigurationFile.parse("value = " + stripped, origin);
        if (parsed.root().size() != 1) {
            throw new UserError(origin + ": one option sets one key; give --set once for each");
        }
        return parsed.root().get("value");
    }

    /** The configuration with this value; a section is added to, and anything else replaced. */
    Config over(Config config, boolean isSection) {
        Config changed = only(value).toConfig();
        if (isSection) {
            return changed.withFallback(config);
        }
        return changed.withFallback(only(ConfigValueFactory.fromAnyRef(null))).withFallback(config);
    }

    /** A configuration of this key alone; its sections come from where the value does. */
    private ConfigObject only(ConfigValue ofKey) {
        ConfigValue object = ofKey;
        List<String> names = ConfigUtil.splitPath(key);
        for (int i = names.size() - 1; i >= 0; i--) {
            object = ConfigValueFactory.fromMap(Map.of(names.get(i), object)).withOrigin(value.origin());
        }
        return (ConfigObject) object;
    }
}
