package cohort.config;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles a Java file in memory, with the classes of this program at hand. */
final class JavaFile {
    private static final int MOST_ERRORS = 3;

    private JavaFile() {}

    /**
     * Compiles a file for Java 17, whatever runs here: executors may have an older one.
     *
     * @param text how its user calls it, in messages
     * @return the bytes of its classes by their names
     * @throws UserError if it does not compile: the first mistakes, each with file and line
     */
    static Map<String, byte[]> compile(Path file, String text) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new UserError(text + " cannot be compiled: this Java has no compiler; set JAVA_HOME to a JDK");
        }
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        try (StandardJavaFileManager standard =
                        compiler.getStandardFileManager(said, Locale.ROOT, StandardCharsets.UTF_8);
                InMemory files = new InMemory(standard)) {
            boolean isCompiled = compiler.getTask(
                            new StringWriter(),
                            files,
                            said,
                            List.of("--release", "17", "-proc:none", "-Xlint:none", "-classpath", classPath()),
                            null,
                            List.of(new Source(file)))
                    .call();
            if (!isCompiled) {
                throw new UserError(said.getDiagnostics().stream()
                        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                        .limit(MOST_ERRORS)
                        .map(diagnostic -> text + ":" + diagnostic.getLineNumber() + ": "
                                + diagnostic.getMessage(Locale.ROOT).lines().collect(Collectors.joining("; ")))
                        .collect(Collectors.joining("\n       ")));
            }
            return files.classes();
        }
    }

    /** What this program runs on, and the program itself, which on a cluster is loaded apart. */
    private static String classPath() {
        try {
            Path program = Path.of(JavaFile.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return program + System.getProperty("path.separator") + System.getProperty("java.class.path");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The file, whatever it is called: it may have travelled under another name than its class. */
    private static final class Source extends SimpleJavaFileObject {
        private final String content;

        Source(Path file) throws IOException {
            super(file.toUri(), Kind.SOURCE);
            content = Files.readString(file);
        }

        @Override
        public boolean isNameCompatible(String simpleName, Kind kind) {
            return kind == Kind.SOURCE;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreErrors) {
            return content;
        }
    }

    /** Keeps what is compiled. */
    private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> outputs = new TreeMap<>();

        InMemory(JavaFileManager standard) {
            super(standard);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + className.replace('.', '/') + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return outputs.computeIfAbsent(className, name -> new ByteArrayOutputStream());
                }
            };
        }

        Map<String, byte[]> classes() {
            Map<String, byte[]> classes = new TreeMap<>();
            outputs.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
            return classes;
        }
    }
}
