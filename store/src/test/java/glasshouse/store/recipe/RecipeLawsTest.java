package glasshouse.store.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.store.disk.MemoryDisk;
import glasshouse.store.object.OnDamage;
import glasshouse.store.object.Samples;
import glasshouse.store.object.Sha256;
import glasshouse.store.object.Verification;
import glasshouse.testkit.seed.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever is stored, deleted, damaged and stored again, in whatever order: what can be read is what was stored. */
class RecipeLawsTest {
    private static final List<byte[]> PARTS =
            List.of(Samples.bytes(1, 150_000), Samples.bytes(2, 90_000), new byte[140_000], Samples.bytes(3, 20_000));

    private static byte[] composed(SplittableRandom random) {
        byte[] bytes = new byte[random.nextInt(1, 400_000)];
        int at = 0;
        while (at < bytes.length) {
            byte[] part = PARTS.get(random.nextInt(PARTS.size()));
            int n = Math.min(part.length, bytes.length - at);
            System.arraycopy(part, 0, bytes, at, n);
            at += n;
        }
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        return bytes;
    }

    private static void flip(MemoryDisk disk, SplittableRandom random) throws IOException {
        List<Path> xorbs = Stores.allXorbs(disk);
        if (!xorbs.isEmpty()) {
            Path xorb = xorbs.get(random.nextInt(xorbs.size()));
            disk.flipBit(xorb, random.nextLong(disk.look(xorb).orElseThrow().sizeBytes()));
        }
    }

    /** Reads an object: right, or an error that says what is damaged. */
    private static boolean isRight(RecipeStore store, Sha256 name, byte[] bytes) throws IOException {
        try {
            assertThat(Samples.read(store, name)).isEqualTo(bytes);
            return true;
        } catch (DamagedObject damaged) {
            assertThat(damaged).hasMessageContaining(name.hex());
            return false;
        }
    }

    @Test
    void what_is_read_is_what_was_stored() {
        Seeds.check(4, random -> {
            MemoryDisk disk = new MemoryDisk();
            RecipeStore store = Stores.open(disk);
            Map<Sha256, byte[]> stored = new TreeMap<>();
            boolean damaged = false;
            for (int step = 0; step < 40; step++) {
                switch (random.nextInt(12)) {
                    case 0 -> {
                        store = Stores.open(disk);
                        store.refillIndex(() -> true);
                    }
                    case 1 -> {
                        if (!stored.isEmpty()) {
                            Sha256 name = stored.keySet().iterator().next();
                            assertThat(store.delete(name)).isTrue();
                            stored.remove(name);
                        }
                    }
                    case 2 -> {
                        flip(disk, random);
                        damaged = true;
                    }
                    default -> {
                        byte[] bytes = composed(random);
                        Scope scope = random.nextBoolean() ? Stores.SCOPE : Stores.OTHER;
                        Sha256 name = Stores.put(store, bytes, scope).sha256();
                        stored.put(name, bytes);
                        // Whatever was damaged before: what was just stored is good, also for who has only the disk.
                        assertThat(Stores.open(disk).verify(name, OnDamage.REPORT))
                                .isEqualTo(new Verification.Whole(bytes.length));
                    }
                }
                for (Map.Entry<Sha256, byte[]> each : stored.entrySet()) {
                    assertThat(isRight(store, each.getKey(), each.getValue()) || damaged)
                            .isTrue();
                }
            }
            for (Map.Entry<Sha256, byte[]> each : new ArrayList<>(stored.entrySet())) {
                Stores.put(store, each.getValue(), Stores.SCOPE);
                assertThat(isRight(Stores.open(disk), each.getKey(), each.getValue()))
                        .as("healed")
                        .isTrue();
            }
            try (Stream<Sha256> names = store.list()) {
                assertThat(names).containsExactlyElementsOf(stored.keySet());
            }
        });
    }
}
