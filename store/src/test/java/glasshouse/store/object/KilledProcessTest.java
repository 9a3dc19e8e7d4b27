package glasshouse.store.object;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.store.disk.RealDisk;
import glasshouse.store.part.FolderParts;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process is killed (SIGKILL) while it stores objects, again and again on the same folder. */
class KilledProcessTest {
    private static final int KILLS = Integer.getInteger("seeds", 4);

    @TempDir
    Path folder = Path.of("set by JUnit");

    @Test
    void what_it_acknowledged_is_there_and_nothing_else_is_half_there() throws Exception {
        Set<String> acknowledged = new HashSet<>();
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (int kill = 0; kill < KILLS; kill++) {
            String when = "seed " + seed + ", kill " + kill;
            int before = acknowledged.size();
            storeUntilKilled(random, acknowledged);
            assertThat(acknowledged.size()).as(when).isGreaterThan(before);
            FolderStore store = FolderStore.open(new RealDisk(), folder.resolve("store"), 0);
            FolderParts parts = FolderParts.open(new RealDisk(), folder.resolve("parts"), store, Runnable::run);
            Set<String> there = new HashSet<>();
            try (Stream<Sha256> names = store.list()) {
                for (Sha256 name : (Iterable<Sha256>) names::iterator) {
                    assertThat(store.verify(name, OnDamage.REPORT)).as(when).isInstanceOf(Verification.Whole.class);
                    there.add(name.hex());
                }
            }
            assertThat(there.containsAll(acknowledged)).as(when).isTrue();
            assertThat(new RealDisk().list(folder.resolve("store/tmp")))
                    .as(when)
                    .isEmpty();
            parts.expire(Instant.now().plusSeconds(60));
            assertThat(new RealDisk().list(folder.resolve("parts"))).as(when).isEmpty();
        }
    }

    private void storeUntilKilled(Random random, Set<String> acknowledged) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        folder.toString(),
                        Long.toString(random.nextLong()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("ready");
            // So many are waited for, and then it is killed in the middle of whatever it does.
            int wanted = 1 + random.nextInt(60);
            for (int i = 0; i < wanted; i++) {
                acknowledged.add(out.readLine());
            }
            TimeUnit.MICROSECONDS.sleep(random.nextInt(3000));
            // By its handle: killed through the process, its output would be closed unread.
            process.toHandle().destroyForcibly();
            process.waitFor();
            // What it still said before it died counts. A line that was cut off does not.
            out.lines().filter(Sha256::isOne).forEach(acknowledged::add);
        } finally {
            process.destroyForcibly();
        }
    }
}
