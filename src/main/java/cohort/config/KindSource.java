package cohort.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A kind that a user wrote: in a Java file, which is compiled when a configuration names it, or in a jar. Its classes are in a jar of this
 * machine's temporary folder, or the user's own, which executors get too.
 *
 * @param kind the kind
 * @param jar has its classes
 * @param digest SHA-256 of the file that the configuration names
 */
public record KindSource(Kind kind, Path jar, String digest) {
    /** By digest, section and name: a file is compiled once, and a jar opened once. */
    private static final Map<String, KindSource> KNOWN = new ConcurrentHashMap<>();

    /** The jars of all kinds that were read so far. */
    public static List<Path> jars() {
        return KNOWN.values().stream().map(KindSource::jar).distinct().sorted().toList();
    }

    /**
     * The kind in the file that a section's key source names.
     *
     * @param given what the user says of the section, resolved
     * @throws UserError if there is no such file, it does not compile, or has no such kind
     */
    static KindSource of(String section, Config given) {
        String key = section + ".source";
        ConfigValue value = given.getValue(key);
        if (value.valueType() != ConfigValueType.STRING) {
            throw Settings.error(key, value, "must be the name of a .java or .jar file");
        }
        String text = given.getString(key);
        File travelled = new File(UserPath.nameThere(text));
        Path file = travelled.isFile()
                ? travelled.toPath()
                : Path.of(UserPath.of(Settings.where(value) + ": " + key, text).replaceFirst("^file:/+", "/"));
        if (!Files.isRegularFile(file) || !text.matches(".*\\.(java|jar)")) {
            throw Settings.error(key, value, "must be a .java or .jar file of this machine, and there is none");
        }
        String name = given.hasPath(section + ".kind") ? given.getString(section + ".kind") : "";
        try {
            String digest = DigestUtils.sha256Hex(Files.readAllBytes(file));
            String recorded = section + ".source-digest";
            if (given.hasPath(recorded)
                    && !given.getString(recorded).isEmpty()
                    && !given.getString(recorded).equals(digest)) {
                throw Settings.error(
                        key, value, "has changed since the run was trained (" + section + ".source-digest)");
            }
            return KNOWN.computeIfAbsent(
                    String.join("/", digest, section, name), known -> read(section, name, value, file, text, digest));
        } catch (IOException e) {
            throw Settings.error(key, value, "cannot be read: " + e.getMessage());
        }
    }

    private static KindSource read(
            String section, String name, ConfigValue value, Path file, String text, String digest) {
        String key = section + ".source";
        try {
            boolean isJar = text.endsWith(".jar");
            Path jar = isJar ? file.toAbsolutePath() : compiled(file, text, digest);
            ClassLoader own = Kinds.class.getClassLoader();
            URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, own);
            List<Kind> kinds = (isJar ? served(loader) : compiledKinds(loader, jar))
                    .stream()
                            .filter(kind -> kind.section().equals(section))
                            .filter(kind -> name.isEmpty() || kind.name().equals(name))
                            .toList();
            if (kinds.size() != 1) {
                String which = name.isEmpty() ? "" : " called " + name;
                throw Settings.error(
                        key,
                        value,
                        kinds.isEmpty()
                                ? "has no " + section + which
                                        + ": no public class with a constructor without arguments implements "
                                        + (section.equals("task") ? "cohort.task.TaskFactory" : Kind.class.getName())
                                        + (isJar ? ", and is named in META-INF/services/cohort.config.Kind" : "")
                                : "has several kinds of " + section + "; " + section + ".kind chooses: "
                                        + kinds.stream().map(Kind::name).collect(Collectors.joining(", ")));
            }
            return new KindSource(kinds.get(0), jar, digest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (LinkageError | ReflectiveOperationException | java.util.ServiceConfigurationError e) {
            throw Settings.error(key, value, "cannot be loaded: " + e);
        }
    }

    private static List<Kind> served(URLClassLoader loader) {
        return ServiceLoader.load(Kind.class, loader).stream()
                .filter(provider -> provider.type().getClassLoader() == loader)
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    private static List<Kind> compiledKinds(URLClassLoader loader, Path jar)
            throws IOException, ReflectiveOperationException {
        List<Kind> kinds = new ArrayList<>();
        try (JarFile classes = new JarFile(jar.toFile())) {
            for (JarEntry entry : classes.stream().toList()) {
                Class<?> type = loader.loadClass(
                        entry.getName().replaceFirst("\\.class$", "").replace('/', '.'));
                if (Kind.class.isAssignableFrom(type)
                        && !Modifier.isAbstract(type.getModifiers())
                        && Modifier.isPublic(type.getModifiers())
                        && Stream.of(type.getConstructors()).anyMatch(made -> made.getParameterCount() == 0)) {
                    kinds.add((Kind) type.getConstructor().newInstance());
                }
            }
        }
        return kinds;
    }

    /** Compiles a file to a jar of its classes. */
    private static Path compiled(Path file, String text, String digest) throws IOException {
        Map<String, byte[]> classes = JavaFile.compile(file, text);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> type : classes.entrySet()) {
                jar.putNextEntry(new JarEntry(type.getKey().replace('.', '/') + ".class"));
                jar.write(type.getValue());
                jar.closeEntry();
            }
        }
        Path folder = Files.createTempDirectory("cohort-kinds-");
        Path jar = folder.resolve(
                file.getFileName().toString().replaceFirst("\\.java$", "") + "-" + digest.substring(0, 8) + ".jar");
        Files.write(jar, bytes.toByteArray());
        jar.toFile().deleteOnExit(); // the file first: hooks run in the opposite order
        folder.toFile().deleteOnExit();
        return jar;
    }

    /** What the user says, with the name of the kind and the digest of its file. */
    Config noted(Config given) {
        String section = kind.section();
        return given.withValue(section + ".kind", ConfigValueFactory.fromAnyRef(kind.name()))
                .withValue(section + ".source-digest", ConfigValueFactory.fromAnyRef(digest));
    }
}
