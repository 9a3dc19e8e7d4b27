package glasshouse.store.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glasshouse.store.disk.CrashDisk;
import glasshouse.store.disk.Disk;
import glasshouse.store.disk.DiskFile;
import glasshouse.store.disk.ForwardingDisk;
import glasshouse.store.disk.MemoryDisk;
import glasshouse.store.object.FolderStore;
import glasshouse.store.object.NotAStore;
import glasshouse.store.object.OnDamage;
import glasshouse.store.object.Samples;
import glasshouse.store.object.Sha256;
import glasshouse.store.object.StoreMarker;
import glasshouse.store.object.StoredObject;
import glasshouse.store.object.TwoLevels;
import glasshouse.store.object.Verification;
import glasshouse.store.part.FolderParts;
import glasshouse.store.part.PartWriter;
import glasshouse.store.part.UploadId;
import glasshouse.store.part.UploadPlan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A store of layout {@code folder} becomes one of layout {@code chunks}. */
class UpgradeTest {
    private static final List<byte[]> OBJECTS =
            List.of(new byte[0], Samples.bytes(1, 1000), Samples.bytes(2, 130_000), Samples.bytes(3, 70_000));

    private static final List<Sha256> NAMES =
            OBJECTS.stream().map(bytes -> Samples.named(bytes).sha256()).toList();

    private static MemoryDisk earlier() throws IOException {
        MemoryDisk disk = new MemoryDisk();
        FolderStore store = FolderStore.open(disk, Stores.FOLDER, 0);
        for (byte[] bytes : OBJECTS) {
            Samples.put(store, bytes);
        }
        return disk;
    }

    private static Path plain(byte[] bytes) {
        return new TwoLevels(Stores.FOLDER.resolve("objects"), "")
                .file(Samples.named(bytes).sha256());
    }

    private static void requireAll(RecipeStore store, String when) throws IOException {
        for (int i = 0; i < OBJECTS.size(); i++) {
            byte[] bytes = OBJECTS.get(i);
            Sha256 name = NAMES.get(i);
            assertThat(store.sizeBytes(name)).as(when).hasValue(bytes.length);
            assertThat(Samples.read(store, name)).as(when).isEqualTo(bytes);
            assertThat(store.verify(name, OnDamage.REPORT)).as(when).isEqualTo(new Verification.Whole(bytes.length));
        }
        try (Stream<Sha256> names = store.list()) {
            assertThat(names)
                    .as(when)
                    .containsExactlyElementsOf(NAMES.stream().sorted().toList());
        }
    }

    @Test
    void has_the_layout_that_later_versions_will_find() throws IOException {
        MemoryDisk disk = new MemoryDisk();
        RecipeStore store = RecipeStore.open(disk, Stores.FOLDER, 0);
        Samples.put(store, "hello world".getBytes(StandardCharsets.UTF_8));
        assertThat(disk.list(Stores.FOLDER)).containsExactly("aside", "format", "objects", "recipes", "tmp", "xorbs");
        assertThat(disk.list(Stores.FOLDER.resolve("recipes/b9/4d")))
                .containsExactly("b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9.r");
        assertThat(disk.list(Stores.FOLDER.resolve("xorbs/4e")))
                .containsExactly("4e39378b9d359f118190557a1f44130219a54e5fcfa07bd96cf50b466fe651b1.x");
        assertThat(RecipeStore.CHUNKS_1.text()).startsWith("GLASSHOUSE STORE\nlayout chunks\nversion 1\ncrc32c ");
        assertThat(disk.look(Stores.FOLDER.resolve("recipes/b9/4d/"
                                + "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9.r"))
                        .orElseThrow()
                        .sizeBytes())
                .as("header, file, term, range, sha256, two ends; then the length of no scopes, and a checksum")
                .isEqualTo(7 * 48 + 8);
    }

    @Test
    void everything_is_readable_at_once_and_the_older_kind_refuses_it() throws IOException {
        MemoryDisk disk = earlier();
        RecipeStore store = Stores.open(disk);
        requireAll(store, "before");
        assertThatThrownBy(() -> FolderStore.open(disk, Stores.FOLDER, 0))
                .isInstanceOf(NotAStore.class)
                .hasMessageContaining("layout `chunks`, version 1");
        assertThat(store.delete(Samples.named(OBJECTS.get(1)).sha256())).isTrue();
        assertThat(store.contains(Samples.named(OBJECTS.get(1)).sha256())).isFalse();
        Samples.put(store, OBJECTS.get(1));
        requireAll(Stores.open(disk), "after");
    }

    @Test
    void refuses_what_a_later_version_wrote() throws IOException {
        MemoryDisk disk = new MemoryDisk();
        disk.createFolders(Stores.FOLDER);
        try (DiskFile file = disk.create(Stores.FOLDER.resolve("format"))) {
            file.write(0, ByteBuffer.wrap(new StoreMarker("chunks", 2).text().getBytes(StandardCharsets.US_ASCII)));
        }
        assertThatThrownBy(() -> Stores.open(disk))
                .isInstanceOf(NotAStore.class)
                .hasMessageContaining("layout `chunks`, version 2");
    }

    @Test
    void converts_and_counts() throws IOException {
        MemoryDisk disk = earlier();
        RecipeStore store = Stores.open(disk);
        Conversion conversion = new Conversion(store);
        AtomicInteger asked = new AtomicInteger();
        assertThat(conversion.run(() -> asked.incrementAndGet() < 4))
                .as("stopped")
                .isFalse();
        requireAll(store, "in the middle");
        assertThat(conversion.run(() -> true)).isTrue();
        assertThat(conversion.converted()).isEqualTo(4);
        assertThat(conversion.convertedBytes()).isEqualTo(201_000);
        assertThat(conversion.damaged()).isZero();
        requireAll(store, "after");
        try (Stream<Sha256> left = store.plainObjects().list()) {
            assertThat(left).isEmpty();
        }
        assertThat(conversion.run(() -> true)).isTrue();
        assertThat(conversion.converted()).isEqualTo(4);
        requireAll(Stores.open(disk), "later");
    }

    @Test
    void what_is_damaged_stays_and_is_counted() throws IOException {
        MemoryDisk disk = earlier();
        disk.flipBit(plain(OBJECTS.get(2)), 5);
        RecipeStore store = Stores.open(disk);
        Conversion conversion = new Conversion(store);
        assertThat(conversion.run(() -> true)).isTrue();
        assertThat(conversion.converted()).isEqualTo(3);
        assertThat(conversion.damaged()).isEqualTo(1);
        assertThat(disk.look(plain(OBJECTS.get(2)))).isPresent();
        Stores.put(store, OBJECTS.get(2), Stores.SCOPE);
        requireAll(store, "healed");
        assertThat(conversion.run(() -> true)).isTrue();
        assertThat(disk.look(plain(OBJECTS.get(2)))).isEmpty();
        requireAll(store, "converted");
    }

    @Test
    void is_resumed_after_a_crash_at_any_operation() throws IOException {
        MemoryDisk before = earlier();
        int crashes = 0;
        while (true) {
            CrashDisk disk = new CrashDisk(before.afterCrash(), crashes + 1);
            try {
                new Conversion(RecipeStore.open(disk, Stores.FOLDER, 0, 64, 60_000)).run(() -> true);
            } catch (IOException off) {
                assertThat(disk.isOff()).isTrue();
            }
            if (!disk.isOff()) {
                break;
            }
            crashes++;
            List<MemoryDisk> left = new ArrayList<>(List.of(disk.restart()));
            for (int luck = 0; luck < 1; luck++) {
                left.add(disk.restart(new Random(luck * 7919L + crashes)));
            }
            for (MemoryDisk each : left) {
                RecipeStore store = RecipeStore.open(each, Stores.FOLDER, 0, 64, 60_000);
                requireAll(store, "crash at operation " + crashes);
                assertThat(new Conversion(store).run(() -> true)).isTrue();
                requireAll(Stores.open(each), "resumed after a crash at operation " + crashes);
                try (Stream<Sha256> plain = store.plainObjects().list()) {
                    assertThat(plain).isEmpty();
                }
            }
        }
        assertThat(crashes).isGreaterThan(80);
    }

    private interface Step {
        void run() throws IOException;
    }

    /** A disk that does something once, when a file below a folder is opened, as another thread might. */
    private static Disk doing(Disk disk, Path below, AtomicReference<Step> what) {
        return new ForwardingDisk(disk) {
            @Override
            protected void before(Operation operation) {
                // only opening counts
            }

            @Override
            public DiskFile open(Path file) throws IOException {
                if (file.startsWith(below)) {
                    Step step = what.getAndSet(() -> {});
                    step.run();
                }
                return super.open(file);
            }
        };
    }

    @Test
    void an_object_that_is_converted_between_two_looks_is_found() throws IOException {
        AtomicReference<Step> meanwhile = new AtomicReference<>(() -> {});
        MemoryDisk memory = earlier();
        RecipeStore store = Stores.open(doing(memory, Stores.FOLDER.resolve("objects"), meanwhile));
        meanwhile.set(() -> new Conversion(Stores.open(memory)).run(() -> true));
        Sha256 name = Samples.named(OBJECTS.get(3)).sha256();
        try (StoredObject object = store.open(name).orElseThrow()) {
            assertThat(object.readFully(0, 70_000)).isEqualTo(OBJECTS.get(3));
        }
    }

    @Test
    void an_object_that_is_deleted_while_it_is_converted_does_not_come_back() throws IOException {
        AtomicReference<Step> meanwhile = new AtomicReference<>(() -> {});
        AtomicReference<RecipeStore> store = new AtomicReference<>();
        MemoryDisk memory = earlier();
        store.set(Stores.open(doing(memory, Stores.FOLDER.resolve("objects"), meanwhile)));
        List<Sha256> deleted = new ArrayList<>();
        // When the first one is opened to be converted, all are deleted.
        meanwhile.set(() -> {
            for (byte[] bytes : OBJECTS) {
                Sha256 name = Samples.named(bytes).sha256();
                assertThat(store.get().delete(name)).isTrue();
                deleted.add(name);
            }
        });
        AtomicInteger asked = new AtomicInteger();
        assertThat(new Conversion(store.get()).run(() -> {
                    if (asked.incrementAndGet() == 2) {
                        // In the middle of the second, if it is that far: nothing is there any more.
                        assertThat(deleted).hasSize(4);
                    }
                    return true;
                }))
                .isTrue();
        assertThat(deleted).hasSize(4);
        try (Stream<Sha256> names = store.get().list()) {
            assertThat(names).isEmpty();
        }
    }

    @Test
    void nor_if_it_is_deleted_after_it_was_read() throws IOException {
        RecipeStore store = Stores.open(earlier());
        AtomicInteger asked = new AtomicInteger();
        assertThat(new Conversion(store).run(() -> {
                    if (asked.incrementAndGet() == 2) {
                        for (byte[] bytes : OBJECTS) {
                            delete(store, bytes);
                        }
                    }
                    return true;
                }))
                .isTrue();
        try (Stream<Sha256> names = store.list()) {
            assertThat(names).isEmpty();
        }
    }

    private static void delete(RecipeStore store, byte[] bytes) {
        try {
            store.delete(Samples.named(bytes).sha256());
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    void what_comes_in_parts_is_plain_until_it_is_converted() throws IOException {
        MemoryDisk disk = new MemoryDisk();
        RecipeStore store = Stores.open(disk);
        FolderParts parts = FolderParts.open(disk, Path.of("/data/parts"), store.plainObjects(), Runnable::run);
        byte[] bytes = OBJECTS.get(3);
        UploadId id = new UploadId("someupload");
        parts.begin(id, new UploadPlan(NAMES.get(3), bytes.length, bytes.length));
        try (PartWriter writer = parts.put(id, 1)) {
            writer.write(bytes, 0, bytes.length);
            writer.commit();
        }
        parts.assemble(id);
        assertThat(Samples.read(store, NAMES.get(3))).isEqualTo(bytes);
        assertThat(store.recipe(NAMES.get(3))).isEmpty();
        assertThat(new Conversion(store).run(() -> true)).isTrue();
        assertThat(store.recipe(NAMES.get(3))).isPresent();
        assertThat(Samples.read(store, NAMES.get(3))).isEqualTo(bytes);
    }
}
