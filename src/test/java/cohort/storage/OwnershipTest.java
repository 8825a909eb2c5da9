package cohort.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnershipTest {
    private final Files files = localFiles();
    private final List<String> waited = new ArrayList<>();

    @TempDir
    private Path folder;

    private static Files localFiles() {
        Configuration configuration = new Configuration();
        configuration.set("fs.file.impl", LocalFiles.class.getName());
        return new Files(configuration);
    }

    /** A tenth of the real times. */
    private static final Ownership.Pace PACE = new Ownership.Pace(200, 20);

    private Ownership claim(String... of) throws IOException, OwnedException {
        return Ownership.claim(files, marks(), "trained", List.of(of), waited::add, PACE);
    }

    /** Another process that owns run a until it is killed: says so, and when it finds that it does not any more. */
    static final class Other {
        public static void main(String[] arguments) throws Exception {
            Files files = localFiles();
            Ownership ownership =
                    Ownership.claim(files, arguments[0], "trained", List.of("run a"), System.out::println, PACE);
            System.out.println("owns");
            try {
                while (true) {
                    ownership.fence().check(files);
                    Thread.sleep(20);
                }
            } catch (TakenOverException e) {
                System.out.println(e.getMessage() + ", held: " + ownership.isHeld());
            }
        }
    }

    private Process other() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Other.class.getName(),
                        marks())
                .redirectErrorStream(true)
                .start();
        String line;
        do {
            line = process.inputReader().readLine();
        } while (!"owns".equals(line));
        return process;
    }

    private static void signal(Process process, String signal) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void aKilledOwnerOfThisMachineIsFoundOutAtOnce() throws Exception {
        Process other = other();
        assertThatThrownBy(() -> claim("run a")).hasMessageContaining("(process " + other.pid() + ")");
        other.destroyForcibly(); // and nobody waits for it: it may still be there as a zombie

        claim("run a").close();

        assertThat(waited).isEmpty();
        assertThat(files.list(marks())).isEmpty();
    }

    @Test
    void anEndedProcessTakesItsMarkDown() throws Exception {
        Process other = other();
        signal(other, "-TERM");
        other.waitFor();

        assertThat(files.list(marks())).isEmpty();
    }

    @Test
    void aSuspendedOwnerIsFoundOutByItsSilenceAndWritesNoMore() throws Exception {
        Process other = other();
        signal(other, "-STOP");
        try (Ownership mine = claim("sweep s", "run a")) {
            signal(other, "-CONT");

            assertThat(other.inputReader().readLine())
                    .startsWith("run a was taken over by another process while this one stood still");
            assertThat(other.waitFor()).isZero();
            mine.fence().check(files);
        }
        assertThat(waited)
                .hasSize(1)
                .first()
                .asString()
                .contains("run a is being trained by ", " (process " + other.pid());
    }

    /** As somebody on another machine sees it: the process' number says nothing there. */
    @Test
    void anOwnerOfAnotherMachineIsWatched() throws Exception {
        Owner there = new Owner(
                "0-token",
                new ProcessId(
                        "ann", "hpc", "another boot", ProcessHandle.current().pid(), "7"),
                "deleted",
                List.of("run a"),
                0);
        files.write(marks() + "/0-token.json", there.encode());
        files.write(marks() + "/0-token.held", new byte[0]);
        Thread beating = new Thread(() -> {
            try {
                while (true) {
                    files.touch(marks() + "/0-token.beat");
                    Thread.sleep(200);
                }
            } catch (IOException | InterruptedException e) {
                // It was enough.
            }
        });
        beating.start();
        assertThatThrownBy(() -> claim("run a"))
                .isInstanceOf(OwnedException.class)
                .hasMessageStartingWith("run a is being deleted by ann on hpc (process ");
        beating.interrupt();
        beating.join();

        claim("run a").close();
        assertThat(files.list(marks())).isEmpty();
    }

    @Test
    void whatAKilledProcessLeftHalfWrittenIsSweptUp() throws Exception {
        files.touch(marks() + "/never-marked.beat");
        files.write(marks() + "/half-removed.held", new byte[0]);

        claim("run a").close();

        assertThat(files.list(marks())).isEmpty();
    }

    /** As object stores do: a file's time is that of its last writing. */
    static final class TimeOfWritingOnly extends RawLocalFileSystem {
        @Override
        public void setTimes(org.apache.hadoop.fs.Path path, long modified, long accessed) {
            // ignored
        }
    }

    @Test
    void aFileSystemThatSetsNoTimesIsWrittenTo() throws Exception {
        Configuration configuration = new Configuration();
        configuration.setClass("fs.file.impl", TimeOfWritingOnly.class, org.apache.hadoop.fs.FileSystem.class);
        configuration.setBoolean("fs.file.impl.disable.cache", true);
        Files store = new Files(configuration);
        store.touch(marks() + "/beat");
        long first = store.modified(marks() + "/beat").orElseThrow();
        while (store.modified(marks() + "/beat").orElseThrow() == first) {
            store.touch(marks() + "/beat");
        }
    }

    private String marks() {
        return folder.resolve("owner's marks").toString();
    }

    @Test
    void theSecondIsToldWhoIsAtIt() throws Exception {
        try (Ownership first = claim("sweep s", "run a", "run b")) {
            String me = System.getProperty("user.name");
            String process = "(process " + ProcessHandle.current().pid() + ") since 20";

            assertThatThrownBy(() -> claim("run b"))
                    .isInstanceOf(OwnedException.class)
                    .hasMessageStartingWith("run b is being trained by sweep s of " + me + " on ")
                    .hasMessageContaining(process);
            assertThatThrownBy(() -> claim("sweep s", "run c"))
                    .isInstanceOf(OwnedException.class)
                    .hasMessageStartingWith("sweep s is being trained by " + me + " on ");
            assertThat(first.isHeld()).isTrue();
        }
        claim("run b").close();
        assertThat(files.list(marks())).isEmpty();
    }

    @Test
    void othersMayBeOwnedMeanwhile() throws Exception {
        try (Ownership a = claim("run a");
                Ownership b = claim("sweep t", "run b")) {
            a.fence().check(files);
            b.fence().check(files);
        }
    }

    @Test
    void ofManyThatClaimAtOnceOneOwns() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            for (int round = 0; round < 2; round++) {
                CountDownLatch done = new CountDownLatch(1);
                List<Future<Boolean>> claims = new ArrayList<>();
                Callable<Boolean> owner = () -> {
                    try (Ownership ownership = claim("run a")) {
                        done.await(); // as long as others claim
                        return ownership.isHeld();
                    } catch (OwnedException e) {
                        return false;
                    }
                };
                for (int i = 0; i < 6; i++) {
                    claims.add(threads.submit(owner));
                }
                while (claims.stream().filter(Future::isDone).count() < 5) {
                    Thread.onSpinWait();
                }
                done.countDown();
                int owners = 0;
                for (Future<Boolean> claim : claims) {
                    owners += claim.get() ? 1 : 0;
                }

                assertThat(owners).isEqualTo(1);
            }
        } finally {
            threads.shutdown();
        }
    }
}
