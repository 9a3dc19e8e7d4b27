package glasshouse.store.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.store.disk.EndlessDisk;
import glasshouse.store.disk.RealDisk;
import glasshouse.store.object.Expectation;
import glasshouse.store.object.ObjectWriter;
import glasshouse.store.object.OnDamage;
import glasshouse.store.object.Samples;
import glasshouse.store.object.Sha256;
import glasshouse.store.object.Stored;
import glasshouse.store.object.StoredObject;
import glasshouse.store.object.Verification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many large uploads at once. */
class LoadTest {
    private static final int STREAMS = 8;

    @TempDir
    Path folder = Path.of("set by JUnit");

    @Test
    void eight_large_uploads_with_equal_parts_at_once() throws Exception {
        RecipeStore store = RecipeStore.open(new RealDisk(), folder, 0);
        byte[] shared = Samples.bytes(1, 20_000_000);
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Stored>> all = new ArrayList<>();
            for (int i = 0; i < STREAMS; i++) {
                byte[] bytes = new byte[30_000_000];
                System.arraycopy(Samples.bytes(100 + i, 10_000_000), 0, bytes, 0, 10_000_000);
                System.arraycopy(shared, 0, bytes, 10_000_000, shared.length);
                Callable<Stored> upload = () -> {
                    Stored named = Samples.named(bytes);
                    Stored stored = Stores.put(store, bytes, Stores.SCOPE);
                    assertThat(stored).isEqualTo(named);
                    try (StoredObject object = store.open(stored.sha256()).orElseThrow()) {
                        assertThat(object.readFully(9_999_000, 2000)).isEqualTo(Samples.cut(bytes, 9_999_000, 2000));
                    }
                    return stored;
                };
                all.add(writers.submit(upload));
            }
            for (Future<Stored> each : all) {
                Sha256 name = each.get().sha256();
                assertThat(store.verify(name, OnDamage.REPORT)).isEqualTo(new Verification.Whole(30_000_000));
            }
        }
        assertThat(new RealDisk().list(folder.resolve("tmp"))).isEmpty();
    }

    /** Generated streams in a process that has not much more memory than they may take together. */
    @Test
    void eight_streams_of_200_mb_in_little_memory() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx112m",
                        "-XX:+UseSerialGC",
                        "-XX:MaxDirectMemorySize=64m",
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Streams.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(said).contains("all stored");
    }

    /** What runs in that process; 22 MiB are for the index. */
    static final class Streams {
        private Streams() {}

        public static void main(String[] args) throws Exception {
            RecipeStore store = RecipeStore.open(new EndlessDisk(), Stores.FOLDER, 0);
            try (ExecutorService writers = Executors.newFixedThreadPool(STREAMS)) {
                List<Future<Stored>> all = new ArrayList<>();
                for (int i = 0; i < STREAMS; i++) {
                    long seed = i;
                    all.add(writers.submit(() -> stream(store, seed)));
                }
                for (Future<Stored> each : all) {
                    each.get();
                }
            }
            System.out.println("all stored");
        }

        private static Stored stream(RecipeStore store, long seed) throws IOException {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] piece = new byte[100_000];
            try (ObjectWriter writer = store.begin(Expectation.ofSize(200_000_000), Stores.SCOPE)) {
                for (int i = 0; i < 2000; i++) {
                    random.nextBytes(piece);
                    writer.write(piece, 0, piece.length);
                }
                return writer.commit();
            }
        }
    }
}
