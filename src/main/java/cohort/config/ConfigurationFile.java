package cohort.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * A file of HOCON, JSON or properties, and the files it includes. HOCON's own reader passes over includes that do not exist, and
 * fetches others from class path and network; here an include is a file beside the one it stands in, and must be there.
 */
final class ConfigurationFile {
    private static final long MOST_BYTES = 1 << 20;
    private static final int MOST_FILES = 200;
    private static final List<String> EXTENSIONS = List.of(".conf", ".json", ".properties");

    private final File file;
    private final String text;
    /** The files that are being read, this one being the last; and how many were read in all. */
    private final List<File> chain;

    private final int[] count;
    private final BiConsumer<String, File> included;

    private ConfigurationFile(File file, List<File> outer, int[] count, BiConsumer<String, File> included) {
        this.file = file;
        this.text = read(file);
        this.chain = new ArrayList<>(outer);
        this.chain.add(file);
        this.count = count;
        this.included = included;
    }

    /** Reads a file, the substitutions in it left as they are. */
    static Config parse(File file) {
        return parse(file, (name, found) -> {});
    }

    /** The same; tells the name by which each other file is included, and the file. */
    static Config parse(File file, BiConsumer<String, File> included) {
        return new ConfigurationFile(file, List.of(), new int[1], included).parse();
    }

    /** Reads a text that may not include anything. */
    static Config parse(String text, String origin) {
        return parse(text, origin, ConfigSyntax.CONF, new Includer(what -> {
            throw new UserError(origin + ": only a file can include another one");
        }));
    }

    private Config parse() {
        return parse(text, file.getPath(), syntax(), new Includer(this::include));
    }

    private static Config parse(String text, String origin, ConfigSyntax syntax, Includer includer) {
        if (syntax != ConfigSyntax.PROPERTIES) {
            ConfigurationText.check(text, origin);
        }
        try {
            return ConfigFactory.parseString(
                    text,
                    ConfigParseOptions.defaults()
                            .setSyntax(syntax)
                            .setOriginDescription(origin)
                            .setIncluder(includer));
        } catch (ConfigException e) {
            throw unreadable(e);
        }
    }

    /** What HOCON's reader says, without its advice, which is for programmers. */
    static UserError unreadable(ConfigException e) {
        String said = e.getMessage().replace('\n', ' ');
        String mend = said.contains("end of file")
                ? ""
                : said.contains("comma")
                        ? ": a comma, a closing bracket or a new line is missing before it"
                        : ": put a value with such a sign into double quotes";
        String problem = said.replaceAll(" \\(if you (intended|want).*", mend);
        return new UserError(
                problem.replace(
                        "expecting a close parentheses ')' here, not: end of file",
                        "a bracket is not closed at the end of the file"),
                e);
    }

    private ConfigSyntax syntax() {
        String name = file.getName();
        return name.endsWith(".json")
                ? ConfigSyntax.JSON
                : name.endsWith(".properties") ? ConfigSyntax.PROPERTIES : ConfigSyntax.CONF;
    }

    private static String read(File file) {
        try {
            if (file.length() > MOST_BYTES) {
                throw new UserError(file + ": has more than a megabyte, and is no configuration");
            }
            byte[] bytes = Files.readAllBytes(file.toPath());
            int first = bytes.length < 2 ? 0 : (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
            if (first == 0xfffe || first == 0xfeff) {
                throw new UserError(file + ": is written in UTF-16: save it as UTF-8");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.indexOf('\0') >= 0) {
                throw new UserError(file + ": is not a text file");
            }
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new UserError(file + ": is not a text file in UTF-8", e);
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** What an include brings in; without an extension, all files of that name, as in HOCON. */
    private ConfigObject include(String name) {
        String where = file.getPath() + lineOf(name) + ": include \"" + UserError.quoted(name) + "\"";
        if (name.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
            throw new UserError(where + ": only files can be included; write a path");
        }
        File given = new File(UserPath.of(where, name));
        String path = given.isAbsolute() ? given.getPath() : new File(file.getParentFile(), given.getPath()).getPath();
        List<String> candidates = EXTENSIONS.stream().anyMatch(path::endsWith) || new File(path).isFile()
                ? List.of(path)
                : EXTENSIONS.stream().map(extension -> path + extension).toList();
        List<File> files =
                candidates.stream().map(File::new).filter(File::isFile).toList();
        if (files.isEmpty()) {
            throw new UserError(where + ": there is no file " + candidates.get(0));
        }
        Config all = ConfigFactory.empty();
        for (File candidate : files) {
            if (isBeingRead(candidate)) {
                throw new UserError(where + ": includes itself again, by way of " + chain.size() + " files");
            }
            if (++count[0] > MOST_FILES) {
                throw new UserError(where + ": more than " + MOST_FILES + " files are included");
            }
            included.accept(name, candidate);
            all = all.withFallback(new ConfigurationFile(candidate, chain, count, included).parse());
        }
        return all.root();
    }

    private boolean isBeingRead(File candidate) {
        try {
            for (File outer : chain) {
                if (Files.isSameFile(outer.toPath(), candidate.toPath())) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UserError(candidate + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** Where something is included: the reader does not say, so the line is looked for. */
    private String lineOf(String included) {
        String last = included.substring(Math.max(included.lastIndexOf('/'), included.lastIndexOf(':')) + 1);
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.matches("[{\\s]*include\\W.*") && line.contains(last)) {
                return ": " + (i + 1);
            }
        }
        return "";
    }

    private interface Inclusion {
        ConfigObject of(String name);
    }

    /** All forms of HOCON's include, as one. */
    private static final class Includer
            implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
        private final Inclusion files;

        Includer(Inclusion files) {
            this.files = files;
        }

        @Override
        public ConfigIncluder withFallback(ConfigIncluder fallback) {
            return this; // never that of the library
        }

        @Override
        public ConfigObject include(ConfigIncludeContext context, String what) {
            return files.of(what);
        }

        @Override
        public ConfigObject includeFile(ConfigIncludeContext context, File what) {
            return files.of(what.getPath());
        }

        @Override
        public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
            return files.of(what.toString());
        }

        @Override
        public ConfigObject includeResources(ConfigIncludeContext context, String what) {
            return files.of("classpath:" + what);
        }
    }
}
