package glasshouse.store.part;

import static glasshouse.store.part.PartialObjectsContract.plan;
import static glasshouse.store.part.PartialObjectsContract.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glasshouse.store.disk.CrashDisk;
import glasshouse.store.disk.Disk;
import glasshouse.store.disk.DiskFile;
import glasshouse.store.disk.FaultyDisk;
import glasshouse.store.disk.FaultyDisk.Fault;
import glasshouse.store.disk.ForwardingDisk;
import glasshouse.store.disk.MemoryDisk;
import glasshouse.store.disk.NoSpace;
import glasshouse.store.object.FolderStore;
import glasshouse.store.object.ObjectStore;
import glasshouse.store.object.OnDamage;
import glasshouse.store.object.Samples;
import glasshouse.store.object.Verification;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FolderPartsTest implements PartialObjectsContract {
    private static final Path STORE = Path.of("/data/store");
    private static final Path PARTS = Path.of("/data/parts");
    private static final byte[] BYTES = Samples.bytes(1, 7_000);
    private static final int PART = 3_000;

    private Instant now = Instant.parse("2026-11-20T12:00:00Z");
    private final MemoryDisk disk = new MemoryDisk(10_000_000, () -> now);
    private final FolderStore store = FolderStore.open(disk, STORE, 0);
    private final FolderParts parts = FolderParts.open(disk, PARTS, store, Runnable::run);

    FolderPartsTest() throws IOException {}

    @Override
    public ObjectStore store() {
        return store;
    }

    @Override
    public PartialObjects parts() {
        return parts;
    }

    @Override
    public PartialObjects reopened() throws IOException {
        return FolderParts.open(disk, PARTS, store, Runnable::run);
    }

    @Override
    public int leftovers() throws IOException {
        return disk.list(PARTS).size() + disk.list(STORE.resolve("tmp")).size();
    }

    @Test
    void only_what_is_damaged_is_asked_for_again() throws IOException {
        parts.begin(ID, plan(BYTES, 1_000));
        for (int number = 1; number <= 7; number++) {
            put(parts, ID, BYTES, number);
        }
        PartialObjects later = reopened();
        disk.flipBit(PARTS.resolve(ID + "/data"), 1_000);
        disk.flipBit(PARTS.resolve(ID + "/data"), 6_999);
        assertThatThrownBy(() -> later.assemble(ID))
                .isInstanceOfSatisfying(
                        MissingParts.class,
                        missing -> assertThat(missing.numbers()).containsExactly(2, 7));
        put(later, ID, BYTES, 2);
        put(later, ID, BYTES, 7);
        assertThat(later.assemble(ID)).isEqualTo(Samples.named(BYTES));
    }

    @Test
    void damage_after_the_hashing_ahead_is_the_scrubs_to_find() throws IOException {
        parts.begin(ID, plan(BYTES, PART));
        put(parts, ID, BYTES, 1);
        put(parts, ID, BYTES, 2);
        disk.flipBit(PARTS.resolve(ID + "/data"), 0);
        put(parts, ID, BYTES, 3);
        assertThat(store.verify(parts.assemble(ID).sha256(), OnDamage.SET_ASIDE))
                .isInstanceOf(Verification.Corrupt.class);
    }

    @Test
    void idle_uploads_expire_and_others_stay() throws IOException {
        UploadId idle = new UploadId("idleidle");
        UploadId torn = new UploadId("torntorn");
        parts.begin(idle, plan(BYTES, PART));
        parts.begin(ID, plan(BYTES, PART));
        disk.createFolders(PARTS.resolve(torn.text()));
        disk.create(PARTS.resolve(torn.text()).resolve("data")).close();
        disk.createFolders(PARTS.resolve("Not Ours"));
        Instant begun = now;
        now = now.plusSeconds(100);
        put(parts, ID, BYTES, 1);
        assertThat(parts.expire(begun)).isEmpty();
        assertThat(reopened().expire(now)).containsExactly(idle, torn);
        assertThat(disk.list(PARTS)).containsExactly(ID.text(), "Not Ours");
        assertThat(parts.parts(ID)).hasSize(1);
    }

    @Test
    void each_byte_is_written_once() throws IOException {
        AtomicLong written = new AtomicLong();
        Disk counting = new ForwardingDisk(disk) {
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
        FolderStore counted = FolderStore.open(counting, STORE, 0);
        live(counting, counted);
        assertThat(written).hasValueBetween((long) BYTES.length, BYTES.length + 400L);
    }

    @Test
    void a_full_disk_is_told_and_what_came_stays() throws IOException {
        MemoryDisk small = new MemoryDisk(10_000);
        FolderStore full = FolderStore.open(small, STORE, 0);
        FolderParts there = FolderParts.open(small, PARTS, full, Runnable::run);
        there.begin(ID, plan(BYTES, PART));
        put(there, ID, BYTES, 1);
        assertThatThrownBy(() -> there.begin(new UploadId("another1"), plan(Samples.bytes(2, 8_000), PART)))
                .isInstanceOf(NoSpace.class);
        Samples.put(full, Samples.bytes(3, 5_000));
        assertThatThrownBy(() -> put(there, ID, BYTES, 2)).isInstanceOf(NoSpace.class);
        full.delete(Samples.named(Samples.bytes(3, 5_000)).sha256());
        put(there, ID, BYTES, 2);
        put(there, ID, BYTES, 3);
        assertThat(there.assemble(ID)).isEqualTo(Samples.named(BYTES));
    }

    private static void live(Disk disk, FolderStore store) throws IOException {
        FolderParts first = FolderParts.open(disk, PARTS, store, Runnable::run);
        first.begin(ID, plan(BYTES, PART));
        put(first, ID, BYTES, 3);
        put(first, ID, BYTES, 1);
        FolderParts second = FolderParts.open(disk, PARTS, store, Runnable::run);
        second.begin(ID, plan(BYTES, PART));
        put(second, ID, BYTES, 2);
        second.assemble(ID);
    }

    /** What a client does that was cut off: it goes on with what is there. */
    private static void goOn(Disk disk, FolderStore store, String when) throws IOException {
        if (!store.contains(Samples.named(BYTES).sha256())) {
            FolderParts parts = FolderParts.open(disk, PARTS, store, Runnable::run);
            parts.begin(ID, plan(BYTES, PART));
            for (int tries = 0; !assembled(parts); tries++) {
                assertThat(tries).as(when).isLessThan(3);
            }
        }
        assertThat(store.verify(Samples.named(BYTES).sha256(), OnDamage.REPORT))
                .as(when)
                .isEqualTo(new Verification.Whole(BYTES.length));
    }

    private static boolean assembled(FolderParts parts) throws IOException {
        try {
            parts.assemble(ID);
            return true;
        } catch (MissingParts missing) {
            for (int number : missing.numbers()) {
                put(parts, ID, BYTES, number);
            }
            return false;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatever_fails_the_upload_goes_on(Fault fault) throws IOException {
        int failures = 0;
        while (true) {
            MemoryDisk memory = new MemoryDisk();
            FolderStore.open(memory, STORE, 0);
            FaultyDisk faulty = new FaultyDisk(memory, fault, failures + 1);
            String when = fault + " at operation " + (failures + 1);
            try {
                live(faulty, FolderStore.open(faulty, STORE, 0));
            } catch (IOException failure) {
                // Told to the client.
            }
            if (!faulty.hasFailed()) {
                break;
            }
            failures++;
            goOn(memory, FolderStore.open(memory, STORE, 0), when);
        }
        assertThat(failures).isGreaterThan(20);
    }

    @Test
    void after_a_crash_at_any_operation_the_upload_goes_on() throws IOException {
        int crashes = 0;
        while (true) {
            MemoryDisk memory = new MemoryDisk();
            FolderStore.open(memory, STORE, 0);
            CrashDisk crash = new CrashDisk(memory, crashes + 1);
            boolean told = false;
            try {
                live(crash, FolderStore.open(crash, STORE, 0));
                told = true;
            } catch (IOException off) {
                // Told to nobody.
            }
            if (!crash.isOff()) {
                break;
            }
            crashes++;
            for (int luck = 0; luck < 4; luck++) {
                MemoryDisk left = luck == 0 ? crash.restart() : crash.restart(new Random(crashes * 31L + luck));
                String when = "crash at operation " + crashes + ", luck " + luck;
                FolderStore again = FolderStore.open(left, STORE, 0);
                if (told) {
                    assertThat(again.contains(Samples.named(BYTES).sha256()))
                            .as(when)
                            .isTrue();
                }
                goOn(left, again, when);
            }
        }
        assertThat(crashes).isGreaterThan(20);
    }
}
