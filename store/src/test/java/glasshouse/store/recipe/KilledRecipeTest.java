package glasshouse.store.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.store.disk.RealDisk;
import glasshouse.store.object.FolderStore;
import glasshouse.store.object.OnDamage;
import glasshouse.store.object.Samples;
import glasshouse.store.object.Sha256;
import glasshouse.store.object.Verification;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process is killed (SIGKILL) while it stores and converts objects, again and again on the same folder. */
class KilledRecipeTest {
    private static final int KILLS = Integer.getInteger("seeds", 4);

    @TempDir
    Path folder = Path.of("set by JUnit");

    @Test
    void what_it_acknowledged_is_there_and_nothing_else_is_half_there() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        Set<String> acknowledged = new HashSet<>();
        FolderStore earlier = FolderStore.open(new RealDisk(), folder, 0);
        for (int i = 0; i < 40; i++) {
            acknowledged.add(Samples.put(earlier, Samples.bytes(random.nextLong(), 20_000))
                    .sha256()
                    .hex());
        }
        for (int kill = 0; kill < KILLS; kill++) {
            String when = "seed " + seed + ", kill " + kill;
            int before = acknowledged.size();
            storeUntilKilled(random, acknowledged);
            assertThat(acknowledged.size()).as(when).isGreaterThan(before);
            RecipeStore store = RecipeStore.open(new RealDisk(), folder, 0);
            Set<String> there = new HashSet<>();
            try (Stream<Sha256> names = store.list()) {
                for (Sha256 name : (Iterable<Sha256>) names::iterator) {
                    assertThat(store.verify(name, OnDamage.REPORT)).as(when).isInstanceOf(Verification.Whole.class);
                    there.add(name.hex());
                }
            }
            assertThat(there.containsAll(acknowledged)).as(when).isTrue();
            assertThat(new RealDisk().list(folder.resolve("tmp"))).as(when).isEmpty();
        }
    }

    private void storeUntilKilled(Random random, Set<String> acknowledged) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx192m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        folder.toString(),
                        Long.toString(random.nextLong()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("ready");
            // So many are waited for, and then it is killed in the middle of whatever it does.
            int wanted = 1 + random.nextInt(40);
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

    /** Stores objects that share parts and prints their names once they are acknowledged, and converts meanwhile. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] args) throws IOException {
            RecipeStore store = Stores.open(new RealDisk(), Path.of(args[0]));
            store.refillIndex(() -> true);
            PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
            out.println("ready");
            byte[] shared = Samples.bytes(1, 900_000);
            for (int thread = 0; thread < 3; thread++) {
                Random random = new Random(Long.parseLong(args[1]) * 31 + thread);
                start(() -> {
                    while (true) {
                        byte[] bytes = Samples.bytes(random.nextLong(), random.nextInt(5000));
                        if (random.nextInt(4) == 0) {
                            byte[] longer = shared.clone();
                            System.arraycopy(bytes, 0, longer, random.nextInt(800_000), bytes.length);
                            bytes = longer;
                        }
                        out.println(Stores.put(store, bytes, Stores.SCOPE).sha256());
                    }
                });
            }
            start(() -> new Conversion(store).run(() -> true));
        }

        private interface Work {
            void run() throws IOException;
        }

        private static void start(Work work) {
            Thread.ofPlatform().start(() -> {
                try {
                    work.run();
                } catch (IOException failure) {
                    throw new IllegalStateException(failure);
                }
            });
        }
    }
}
