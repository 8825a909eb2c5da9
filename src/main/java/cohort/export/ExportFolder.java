package cohort.export;

import cohort.config.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** A new folder of this machine that appears when all is in it: until then its files are in another, which goes if it is closed. */
public final class ExportFolder implements AutoCloseable {
    private final Path target;
    private final boolean isThere;
    private final Path unfinished;

    private ExportFolder(Path target, boolean isThere, Path unfinished) {
        this.target = target;
        this.isThere = isThere;
        this.unfinished = unfinished;
    }

    /**
     * Makes the folder to write into.
     *
     * @throws UserError if it cannot be made, or {@link #requireEmpty} says so
     */
    public static ExportFolder create(Path path) {
        requireEmpty(path);
        Path target = path.toAbsolutePath().normalize();
        boolean isThere = Files.exists(target);
        // A folder that is there may be a mount, a link or the shell's own: it stays, and is filled.
        Path parent = isThere ? target : target.getParent();
        Path unfinished = parent.resolve("." + target.getFileName() + "." + UUID.randomUUID());
        try {
            Files.createDirectories(unfinished);
        } catch (IOException e) {
            throw new UserError(path + " cannot be made: " + e.getMessage() + "; choose another folder", e);
        }
        return new ExportFolder(target, isThere, unfinished);
    }

    /**
     * Refuses what is no place for an export.
     *
     * @throws UserError if there is a file, or a folder with something in it
     */
    public static void requireEmpty(Path path) {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new UserError(path + " is a file: name a folder that is not there yet");
        }
        if (Files.isDirectory(path)) {
            List<String> there = names(path);
            if (!there.isEmpty()) {
                throw new UserError(path + " is not empty (" + there.get(0) + (there.size() > 1 ? ", ..." : "")
                        + "): name another folder, or remove it first");
            }
        }
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UserError(folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Where the files are to be written. */
    public Path unfinished() {
        return unfinished;
    }

    /** Puts the files in their place. */
    public void commit() throws IOException {
        if (isThere) {
            for (String name : names(unfinished)) {
                Files.move(unfinished.resolve(name), target.resolve(name));
            }
        } else {
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Removes what has not been put in its place. */
    @Override
    public void close() throws IOException {
        if (Files.exists(unfinished)) {
            delete(unfinished);
        }
    }

    /** Deletes a folder and all in it. */
    static void delete(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> tree = Files.walk(folder)) {
            deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
