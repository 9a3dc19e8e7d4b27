package glasshouse.store.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glasshouse.store.disk.Disk;
import glasshouse.store.disk.DiskFile;
import glasshouse.store.disk.EndlessDisk;
import glasshouse.store.disk.ForwardingDisk;
import glasshouse.store.disk.MemoryDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FolderStoreTest {
    private static final Path FOLDER = Path.of("/data/store");

    private final MemoryDisk disk = new MemoryDisk();

    private void put(String name, String text) throws IOException {
        disk.createFolders(FOLDER.resolve(name).resolve("..").normalize());
        try (DiskFile file = disk.create(FOLDER.resolve(name))) {
            file.write(0, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void has_the_layout_that_later_versions_will_find() throws IOException {
        FolderStore store = FolderStore.open(disk, FOLDER, 0);
        Samples.put(store, "hello world".getBytes(StandardCharsets.UTF_8));
        assertThat(disk.list(FOLDER)).containsExactly("aside", "format", "objects", "tmp");
        assertThat(disk.list(FOLDER.resolve("objects/b9/4d")))
                .containsExactly("b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9");
        assertThat(StoreMarker.FOLDER_1.text())
                .isEqualTo("GLASSHOUSE STORE\nlayout folder\nversion 1\ncrc32c ced59fcf\n");
        assertThat(FolderStore.open(disk, FOLDER, 0)
                        .contains(new Sha256("b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9")))
                .isTrue();
    }

    @Test
    void opening_deletes_only_temporary_names_of_its_own() throws IOException {
        FolderStore.open(disk, FOLDER, 0);
        put("tmp/glasshouse-0123456789abcdef-17.part", "unfinished");
        put("tmp/glasshouse-0123456789abcdef-17.part.bak", "theirs");
        put("tmp/notes.txt", "theirs");
        put("tmp/glasshouse-.part", "theirs");
        put("objects/readme", "theirs");
        put("objects/ab/cd/readme", "theirs");
        FolderStore store = FolderStore.open(disk, FOLDER, 0);
        assertThat(disk.list(FOLDER.resolve("tmp")))
                .containsExactly("glasshouse-.part", "glasshouse-0123456789abcdef-17.part.bak", "notes.txt");
        assertThat(store.list()).isEmpty();
    }

    @Test
    void does_not_touch_a_folder_that_is_not_its_own() throws IOException {
        put("thesis.txt", "precious");
        assertThatThrownBy(() -> FolderStore.open(disk, FOLDER, 0))
                .isInstanceOf(NotAStore.class)
                .hasMessageContaining("is not empty");
        assertThat(disk.list(FOLDER)).containsExactly("thesis.txt");
    }

    @Test
    void refuses_what_a_later_version_wrote_and_what_is_damaged() throws IOException {
        put("format", new StoreMarker("chunks", 2).text());
        assertThatThrownBy(() -> FolderStore.open(disk, FOLDER, 0))
                .isInstanceOf(NotAStore.class)
                .hasMessageContaining("layout `chunks`, version 2");
        disk.delete(FOLDER.resolve("format"));
        put("format", StoreMarker.FOLDER_1.text().replace("1\n", "2\n"));
        assertThatThrownBy(() -> FolderStore.open(disk, FOLDER, 0))
                .isInstanceOf(NotAStore.class)
                .hasMessageContaining("is damaged");
        disk.delete(FOLDER.resolve("format"));
        put("format", "#!/bin/sh\n");
        assertThatThrownBy(() -> FolderStore.open(disk, FOLDER, 0))
                .isInstanceOf(NotAStore.class)
                .hasMessageContaining("is not the marker of a store");
    }

    @Test
    void an_object_costs_one_write_of_each_byte_and_two_syncs() throws IOException {
        Map<ForwardingDisk.Operation, Integer> counts = new EnumMap<>(ForwardingDisk.Operation.class);
        AtomicLong written = new AtomicLong();
        ForwardingDisk counting = new ForwardingDisk(disk) {
            @Override
            protected void before(Operation operation) {
                counts.merge(operation, 1, Integer::sum);
            }

            @Override
            protected void write(DiskFile file, long at, ByteBuffer from) throws IOException {
                written.addAndGet(from.remaining());
                super.write(file, at, from);
            }
        };
        FolderStore store = FolderStore.open(counting, FOLDER, 0);
        byte[] bytes = Samples.bytes(1, 1_000_000);
        Samples.put(store, bytes);
        counts.clear();
        written.set(0);
        Samples.put(store, bytes);
        assertThat(written).hasValue(1_000_000);
        assertThat(counts)
                .containsEntry(ForwardingDisk.Operation.SYNC, 1)
                .containsEntry(ForwardingDisk.Operation.SYNC_FOLDER, 1)
                .containsEntry(ForwardingDisk.Operation.WRITE, 4)
                .doesNotContainKeys(ForwardingDisk.Operation.CREATE_FOLDER, ForwardingDisk.Operation.READ);
        counts.clear();
        assertThat(store.contains(Samples.named(bytes).sha256())).isTrue();
        assertThat(counts).containsOnlyKeys(ForwardingDisk.Operation.LOOK);
    }

    @Test
    void holds_less_than_a_mebibyte_of_an_upload() throws IOException {
        AtomicLong written = new AtomicLong();
        ForwardingDisk counting = new ForwardingDisk(new EndlessDisk()) {
            @Override
            protected void before(Operation operation) {
                // only writes count
            }

            @Override
            protected void write(DiskFile file, long at, ByteBuffer from) throws IOException {
                written.addAndGet(from.remaining());
                super.write(file, at, from);
            }
        };
        FolderStore store = FolderStore.open(counting, FOLDER, 0);
        written.set(0);
        byte[] piece = Samples.bytes(1, 100_001);
        long size = piece.length * 2500L;
        try (ObjectWriter writer = store.begin(Expectation.ofSize(size))) {
            for (long at = 0; at < size; at += piece.length) {
                writer.write(piece, 0, piece.length);
                assertThat(writer.takenBytes() - written.get()).isLessThan(1 << 20);
            }
            assertThat(writer.commit().sizeBytes()).isEqualTo(size);
        }
        assertThat(written).hasValue(size);
    }

    @Test
    void an_early_sync_that_failed_fails_the_upload() throws IOException {
        AtomicLong syncs = new AtomicLong();
        ForwardingDisk disk = new ForwardingDisk(new EndlessDisk()) {
            @Override
            protected void before(Operation operation) throws IOException {
                // The marker is the first; the early one is told of the lost write-back, the last one is not told
                // again.
                if (operation == Operation.SYNC && syncs.incrementAndGet() == 2) {
                    throw new IOException("planted: write-back failed");
                }
            }
        };
        FolderStore store = FolderStore.open(disk, FOLDER, 0);
        byte[] piece = new byte[1 << 20];
        try (ObjectWriter writer = store.begin(Expectation.NONE)) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 40; i++) {
                            writer.write(piece, 0, piece.length);
                        }
                        writer.commit();
                    })
                    .hasMessageContaining("write-back failed");
        }
        assertThat(store.list()).isEmpty();
        assertThat(disk.list(FOLDER.resolve("tmp"))).isEmpty();
    }

    /** A disk that does something once, just before an operation, as another thread might. */
    private static Disk doing(Disk disk, ForwardingDisk.Operation when, AtomicReference<@Nullable Step> what) {
        return new ForwardingDisk(disk) {
            @Override
            protected void before(Operation operation) throws IOException {
                if (operation == when) {
                    Step step = what.getAndSet(null);
                    if (step != null) {
                        step.run();
                    }
                }
            }
        };
    }

    private interface Step {
        void run() throws IOException;
    }

    @Test
    void does_not_set_aside_the_good_upload_that_has_just_replaced_the_corrupt_one() throws IOException {
        AtomicReference<@Nullable Step> meanwhile = new AtomicReference<>();
        FolderStore store = FolderStore.open(doing(disk, ForwardingDisk.Operation.READ, meanwhile), FOLDER, 0);
        byte[] bytes = Samples.bytes(1, 1000);
        Sha256 name = Samples.put(store, bytes).sha256();
        disk.flipBit(new FolderLayout(FOLDER).object(name), 0);
        meanwhile.set(() -> Samples.put(store, bytes));
        assertThat(store.verify(name, OnDamage.SET_ASIDE))
                .isInstanceOfSatisfying(
                        Verification.Corrupt.class,
                        corrupt -> assertThat(corrupt.setAside()).isFalse());
        assertThat(store.verify(name, OnDamage.SET_ASIDE)).isEqualTo(new Verification.Whole(1000));
    }

    @Test
    void whoever_is_told_of_an_object_before_its_writer_can_rely_on_it() throws IOException {
        AtomicReference<@Nullable Step> meanwhile = new AtomicReference<>();
        FolderStore store = FolderStore.open(doing(disk, ForwardingDisk.Operation.SYNC_FOLDER, meanwhile), FOLDER, 0);
        byte[] bytes = Samples.bytes(1, 1000);
        Sha256 name = Samples.named(bytes).sha256();
        Samples.put(store, bytes);
        store.delete(name);
        AtomicBoolean asked = new AtomicBoolean();
        meanwhile.set(() -> {
            assertThat(store.contains(name)).isTrue();
            assertThat(disk.afterCrash().look(new FolderLayout(FOLDER).object(name)))
                    .isPresent();
            asked.set(true);
        });
        Samples.put(store, bytes);
        assertThat(asked).isTrue();
    }
}
