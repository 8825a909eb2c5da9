package cohort.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * The right to work on something that two processes would spoil for each other, such as a run or a sweep with all its runs. It is
 * three files in a folder, on any file system whose listings show what was written before:
 *
 * <ul>
 *   <li>TOKEN.json, the mark: who claims what. It never changes; without it the right is lost.
 *   <li>TOKEN.beat, touched every other second. An owner that does not do so for twelve seconds of somebody else's looking is
 *       taken for dead, whatever the clocks say; one whose process has ended on the same machine at once.
 *   <li>TOKEN.held: the claim has been granted.
 * </ul>
 *
 * <p>Who claims puts up his mark first, and looks at those of others afterwards; so of two that claim at the same time at least
 * one sees the other. If it is granted already, the claim is refused. Else the one with the greater token withdraws, and the other
 * one waits for that. An owner that was suspended, and finds its mark gone, may not write any more: see {@link Fence}.
 */
public final class Ownership implements AutoCloseable {
    private static final String MARK = ".json";
    private static final String BEAT = ".beat";
    private static final String HELD = ".held";

    /** An owner that lives is heard of after at most ten looks. */
    private static final Pace PACE = new Pace(2_000, 200);
    /** Looks, not time: who looks may have been suspended himself in between. */
    private static final int SILENT_LOOKS = 60;
    /** After so many it is told what takes so long. */
    private static final int LOOKS_WITHOUT_WORD = 15;
    /** Clocks of machines that differ by more are rare. */
    private static final long LATE_MILLIS = 60_000;
    /** Hadoop closes its file systems at 10. */
    private static final int SHUTDOWN_PRIORITY = 20;

    /** How often owners touch their file, and others look. */
    record Pace(long beatMillis, long lookMillis) {}

    private final Files files;
    private final Pace pace;
    private final Owner owner;
    private final String path;
    private final Thread beating;
    private final Runnable atShutdown = this::remove;
    private volatile boolean held = true;

    /**
     * Claims something; waits as long as it is not known whether an earlier owner is still alive.
     *
     * @param folder where marks lie, the same for all that may meet
     * @param doing what is done: "trained", "evaluated", "deleted"
     * @param of names of what is claimed, such as "run X"; the first one comprises the others
     * @param waiting hears why it takes long
     * @throws OwnedException if somebody else owns some of it
     */
    public static Ownership claim(Files files, String folder, String doing, List<String> of, Consumer<String> waiting)
            throws IOException, OwnedException {
        return claim(files, folder, doing, of, waiting, PACE);
    }

    static Ownership claim(
            Files files, String folder, String doing, List<String> of, Consumer<String> waiting, Pace pace)
            throws IOException, OwnedException {
        Map<String, Silence> silences = new HashMap<>();
        while (true) {
            Owner owner = new Owner(
                    UUID.randomUUID().toString(), ProcessId.own(), doing, List.copyOf(of), System.currentTimeMillis());
            Ownership claim = new Ownership(files, folder, owner, pace);
            boolean granted = false;
            try {
                granted = claim.prevails(folder, silences, waiting);
            } finally {
                if (!granted) {
                    claim.close();
                }
            }
            if (granted) {
                ShutdownHookManager.get().addShutdownHook(claim.atShutdown, SHUTDOWN_PRIORITY);
                return claim;
            }
            pause(pace.lookMillis); // somebody claimed at the same time, and goes first
        }
    }

    /**
     * What is owned, and what is done with it, as far as one look can tell: a process that died on another machine counts as long
     * as a late sign of life is possible.
     *
     * @param folder where marks lie
     * @return "trained" by "run X"
     */
    public static Map<String, String> owned(Files files, String folder) throws IOException {
        Map<String, String> owned = new HashMap<>();
        for (String name : files.list(folder)) {
            if (!name.endsWith(MARK) || name.startsWith(".")) {
                continue;
            }
            String token = name.substring(0, name.length() - MARK.length());
            OptionalLong beat = files.modified(folder + "/" + token + BEAT);
            try {
                Owner owner = Owner.decode(files.read(folder + "/" + name));
                if (beat.isPresent()
                        && System.currentTimeMillis() - beat.getAsLong() < LATE_MILLIS
                        && !owner.process().hasEnded()) {
                    owner.of().forEach(what -> owned.put(what, owner.doing()));
                }
            } catch (IOException e) {
                if (files.exists(folder + "/" + name)) {
                    throw e;
                }
                // Its owner has just ended.
            }
        }
        return owned;
    }

    private Ownership(Files files, String folder, Owner owner, Pace pace) throws IOException {
        this.files = files;
        this.pace = pace;
        this.owner = owner;
        this.path = folder + "/" + owner.token();
        files.write(path + MARK, owner.encode());
        files.touch(path + BEAT);
        beating = new Thread(this::beat, "owner of " + owner.of().get(0));
        beating.setDaemon(true);
        beating.start();
    }

    /** Waits until no other mark is in the way; false: another claim goes first. */
    private boolean prevails(String folder, Map<String, Silence> silences, Consumer<String> waiting)
            throws IOException, OwnedException {
        while (true) {
            boolean free = true;
            Set<String> names = new HashSet<>(files.list(folder));
            sweepUp(folder, names);
            for (Owner other : others(folder, names)) {
                String shared = owner.shares(other).orElse(null);
                if (shared == null) {
                    continue;
                }
                String otherPath = folder + "/" + other.token();
                Silence silence = silences.computeIfAbsent(other.token(), token -> new Silence());
                silence.look(files.modified(otherPath + BEAT));
                if (other.process().hasEnded() || silence.looks >= SILENT_LOOKS) {
                    remove(files, otherPath);
                } else if (names.contains(other.token() + HELD)) {
                    if (silence.isBroken) {
                        throw new OwnedException(other.describe(shared));
                    }
                    free = false;
                } else if (other.token().compareTo(owner.token()) < 0) {
                    return false;
                } else {
                    free = false;
                }
                if (silence.looks == LOOKS_WITHOUT_WORD) {
                    waiting.accept("Waiting some seconds to see whether this is still so: " + other.describe(shared));
                }
            }
            if (free) {
                files.write(path + HELD, new byte[0]);
                return files.exists(path + MARK); // else this process was suspended while it claimed
            }
            pause(pace.lookMillis);
        }
    }

    private List<Owner> others(String folder, Set<String> names) throws IOException {
        List<Owner> others = new ArrayList<>();
        for (String name : names) {
            if (name.endsWith(MARK) && !name.startsWith(owner.token())) {
                try {
                    others.add(Owner.decode(files.read(folder + "/" + name)));
                } catch (IOException e) {
                    if (files.exists(folder + "/" + name)) {
                        throw e;
                    }
                    // Its owner has just ended.
                }
            }
        }
        return others;
    }

    /** What is to be asked before something is written that is owned. */
    public Fence fence() {
        return new Mark(path + MARK, owner.of().get(0));
    }

    private record Mark(String mark, String owned) implements Fence {
        @Override
        public void check(Files files) throws IOException {
            if (!files.exists(mark)) {
                throw new TakenOverException(owned);
            }
        }
    }

    /** Whether it was still owned some seconds ago, without asking the file system. */
    public boolean isHeld() {
        return held;
    }

    private synchronized void beat() {
        while (held) {
            try {
                wait(pace.beatMillis);
                if (held && !files.exists(path + MARK)) {
                    held = false;
                }
                if (held) {
                    files.touch(path + BEAT);
                }
            } catch (IOException | RuntimeException e) {
                // The next time it may do; if not, what is to be written fails as well, and tells why.
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Gives the right up. */
    @Override
    public void close() {
        if (!ShutdownHookManager.get().isShutdownInProgress()) {
            ShutdownHookManager.get().removeShutdownHook(atShutdown);
        }
        remove();
    }

    private synchronized void remove() {
        held = false;
        notifyAll();
        try {
            remove(files, path);
        } catch (IOException e) {
            // What is left is taken for that of a dead owner, as it is.
        }
    }

    private static void remove(Files files, String path) throws IOException {
        files.delete(path + MARK); // first: without it the others mean nothing
        files.delete(path + HELD);
        files.delete(path + BEAT);
    }

    /** Removes what somebody left who was killed while he put his mark up or took it down. */
    private void sweepUp(String folder, Set<String> names) throws IOException {
        for (String name : names) {
            String token = name.substring(0, Math.max(0, name.lastIndexOf('.')));
            boolean isBeingWritten = name.startsWith(".");
            if (!isBeingWritten && !names.contains(token + MARK) && !files.exists(folder + "/" + token + MARK)) {
                files.delete(folder + "/" + name);
            }
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** How long an owner has not been heard of, by one who looks. */
    private static final class Silence {
        private OptionalLong last = OptionalLong.empty();
        private int looks;
        private boolean isBroken;

        void look(OptionalLong modified) {
            isBroken = looks > 0 && !modified.equals(last);
            looks = isBroken ? 1 : looks + 1;
            last = modified;
        }
    }
}
