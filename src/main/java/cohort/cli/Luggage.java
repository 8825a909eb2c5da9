package cohort.cli;

import cohort.config.Settings;
import cohort.config.UserError;
import cohort.config.UserPath;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

/**
 * The files of this machine that a command names, for a driver on another one. Where both see the same folders their names only
 * become absolute; else they travel, all into one folder, where the command finds them by their last name. A configuration travels
 * with what it includes; if it would not be the same there, because includes have folders or variables of this machine's environment
 * are in it, its resolved text travels instead. Models that it names travel too, while it goes on to name them as it did, since this is
 * in a run's id: see {@link UserPath#nameThere}.
 */
public final class Luggage {
    private static final String MODEL = "network.initial-model";
    private static final String SOURCE = "task.source";

    private final boolean travels;
    private final List<String> words = new ArrayList<>();
    private final Map<String, String> renamed = new LinkedHashMap<>();
    private final Map<String, Path> files = new LinkedHashMap<>();
    private Optional<Path> folder = Optional.empty();

    private Luggage(boolean travels) {
        this.travels = travels;
    }

    /** Prints, each ended by a zero byte: w and a word of the command, f and a file that travels, d and a folder made for it. */
    public static void main(String[] arguments) throws IOException {
        List<String> words = Arrays.asList(arguments).subList(1, arguments.length);
        try {
            Luggage luggage = of("travels".equals(arguments[0]), words);
            PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
            Stream.of(
                            luggage.words.stream().map(word -> "w" + word),
                            luggage.files.values().stream().map(file -> "f" + file),
                            luggage.folder.stream().map(made -> "d" + made))
                    .flatMap(records -> records)
                    .forEach(record -> out.print(record + '\0'));
            out.flush();
        } catch (UserError | CommandLine.ParameterException e) {
            System.err.println("error: " + e.getMessage());
            System.exit(CommandLine.ExitCode.USAGE);
        }
    }

    /** What becomes of a command. */
    static Luggage of(boolean travels, List<String> words) throws IOException {
        Luggage luggage = new Luggage(travels);
        CommandLine.ParseResult command = new CommandLine(Cohort.class)
                .parseArgs(words.toArray(String[]::new))
                .subcommand();
        try {
            if (command != null) {
                luggage.pack(command);
            }
        } catch (UserError e) {
            luggage.leave();
            throw e;
        }
        words.forEach(word -> luggage.words.add(luggage.word(word)));
        return luggage;
    }

    List<String> words() {
        return words;
    }

    /** What travels, by its name there. */
    Map<String, Path> files() {
        return files;
    }

    private void pack(CommandLine.ParseResult command) throws IOException {
        List<String> overrides =
                command.hasMatchedOption("--set") ? command.matchedOptionValue("--set", List.of()) : List.of();
        for (ArgSpec argument : Stream.concat(command.matchedOptions().stream(), command.matchedPositionals().stream())
                .toList()) {
            for (String value : argument.originalStringValues()) {
                boolean mayBeRun = argument.paramLabel().equals("CONF|RUN") && !Files.isRegularFile(Path.of(value));
                if (argument.paramLabel().startsWith("CONF") && !mayBeRun) {
                    renamed.put(value, configuration(Path.of(value), overrides));
                } else if (argument.paramLabel().equals("FILE")) {
                    local(value).ifPresent(file -> renamed.put(value, take(file)));
                }
            }
        }
    }

    /** A word of the command as it is there. */
    private String word(String word) {
        int value = word.startsWith("--") ? word.indexOf('=') + 1 : 0;
        return word.substring(0, value) + renamed.getOrDefault(word.substring(value), word.substring(value));
    }

    /** A path as a file of this machine, if there is one. */
    private static Optional<Path> local(String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        String path = UserPath.of("a file", text);
        return Optional.of(Path.of(path.replaceFirst("^file:/+", "/")))
                .filter(Files::isRegularFile)
                .map(file -> file.toAbsolutePath().normalize());
    }

    /** Lets a file travel; returns its name there. Of two with the same name the second gets another one. */
    private String take(Path file) {
        if (!travels) {
            return file.toString();
        }
        String name = file.getFileName().toString();
        for (int i = 2; files.containsKey(name) && !files.get(name).equals(file); i++) {
            name = i + "-" + file.getFileName();
        }
        take(file, name);
        return name;
    }

    /** Lets a file travel by the name that it has there. */
    private void take(Path file, String name) {
        if (name.equals(file.getFileName().toString())) {
            files.put(name, file);
            return;
        }
        try {
            Path link = folder().resolve(name);
            files.put(name, Files.exists(link) ? link : Files.createSymbolicLink(link, file));
        } catch (IOException e) {
            throw new UserError(file + " cannot travel: " + e.getMessage(), e);
        }
    }

    private String configuration(Path given, List<String> overrides) throws IOException {
        Settings settings = Settings.load(given.toFile(), overrides); // whatever is wrong with it is said here
        Path file = given.toAbsolutePath().normalize();
        if (!travels) {
            return file.toString();
        }
        Stream.concat(models(settings).stream(), Stream.of(settings.text(SOURCE)))
                .forEach(named -> local(named).ifPresent(found -> take(found, UserPath.nameThere(named))));
        List<Path> included = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Config parsed = Settings.said(file.toFile(), (name, found) -> {
            names.add(name);
            included.add(found.toPath().toAbsolutePath().normalize());
        });
        boolean isSameThere = names.stream().noneMatch(name -> name.contains("/"))
                && parsed.resolve(ConfigResolveOptions.noSystem().setAllowUnresolved(true))
                        .isResolved()
                && included.stream().allMatch(other -> other.getParent().equals(file.getParent()));
        if (isSameThere) {
            included.forEach(this::take);
            return take(file);
        }
        Config resolved = parsed.resolve(ConfigResolveOptions.defaults().setAllowUnresolved(true));
        Path text = folder().resolve(file.getFileName());
        Files.writeString(
                text, resolved.root().render(ConfigRenderOptions.defaults().setOriginComments(false)));
        return take(text);
    }

    /** All models that runs of a configuration begin with, as it names them. */
    private static Set<String> models(Settings settings) {
        Set<String> models = new LinkedHashSet<>(Set.of(settings.text(MODEL)));
        if (settings.keysIn("sweep.space").get(MODEL) instanceof ConfigList choices) {
            choices.stream().map(ConfigValue::unwrapped).forEach(choice -> models.add(choice.toString()));
        }
        return models;
    }

    private Path folder() throws IOException {
        if (folder.isEmpty()) {
            folder = Optional.of(Files.createTempDirectory("cohort-luggage-"));
        }
        return folder.get();
    }

    /** Deletes what was made for the journey. */
    void leave() throws IOException {
        if (folder.isPresent()) {
            FileUtils.deleteDirectory(folder.get().toFile());
        }
    }
}
