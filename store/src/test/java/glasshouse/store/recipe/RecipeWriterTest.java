package glasshouse.store.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glasshouse.store.disk.DiskFile;
import glasshouse.store.disk.EndlessDisk;
import glasshouse.store.disk.ForwardingDisk;
import glasshouse.store.disk.MemoryDisk;
import glasshouse.store.object.Expectation;
import glasshouse.store.object.ObjectMismatch;
import glasshouse.store.object.ObjectWriter;
import glasshouse.store.object.Samples;
import glasshouse.store.object.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecipeWriterTest {
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
        RecipeStore store = RecipeStore.open(disk, Stores.FOLDER, 0);
        try (ObjectWriter writer = store.begin(Expectation.NONE)) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 40; i++) {
                            writer.write(Samples.bytes(i, 1 << 20), 0, 1 << 20);
                        }
                        writer.commit();
                    })
                    .hasMessageContaining("write-back failed");
        }
        assertThat(store.list()).isEmpty();
        assertThat(disk.list(Stores.FOLDER.resolve("tmp"))).isEmpty();
    }

    @Test
    void an_object_costs_one_write_of_each_byte_and_two_syncs_of_files_and_folders() throws IOException {
        Map<ForwardingDisk.Operation, Integer> counts = new EnumMap<>(ForwardingDisk.Operation.class);
        AtomicLong written = new AtomicLong();
        ForwardingDisk counting = new ForwardingDisk(new MemoryDisk()) {
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
        RecipeStore store = RecipeStore.open(counting, Stores.FOLDER, 0);
        byte[] bytes = Samples.bytes(1, 5_000_000);
        Sha256 name = Samples.put(store, bytes).sha256();
        counts.clear();
        written.set(0);
        Samples.put(store, bytes);
        assertThat(written.get()).as("headers, footer and recipe").isBetween(5_000_000L, 5_010_000L);
        assertThat(counts)
                .containsEntry(ForwardingDisk.Operation.SYNC, 2)
                .containsEntry(ForwardingDisk.Operation.SYNC_FOLDER, 2)
                .doesNotContainKeys(ForwardingDisk.Operation.CREATE_FOLDER, ForwardingDisk.Operation.LIST);
        counts.clear();
        assertThat(store.contains(name)).isTrue();
        assertThat(counts)
                .containsOnlyKeys(
                        ForwardingDisk.Operation.OPEN,
                        ForwardingDisk.Operation.SIZE,
                        ForwardingDisk.Operation.READ,
                        ForwardingDisk.Operation.CLOSE);
    }

    @Test
    void complete_xorbs_of_an_upload_that_lies_stay_and_are_found_by_the_next_try() throws IOException {
        CountingDisk disk = new CountingDisk(new MemoryDisk());
        RecipeStore store = Stores.open(disk);
        byte[] bytes = Samples.bytes(2, 2_000_000);
        try (ObjectWriter writer = store.begin(Expectation.of(Sha256.OF_NOTHING), Stores.SCOPE)) {
            writer.write(bytes, 0, bytes.length);
            assertThatThrownBy(writer::commit).isInstanceOf(ObjectMismatch.class);
        }
        assertThat(store.list()).isEmpty();
        assertThat(disk.list(Stores.FOLDER.resolve("tmp"))).isEmpty();
        disk.written.set(0);
        Sha256 name = Stores.put(store, bytes, Stores.SCOPE).sha256();
        assertThat(disk.written.get()).isLessThan(700_000);
        assertThat(Samples.read(store, name)).isEqualTo(bytes);
    }
}
