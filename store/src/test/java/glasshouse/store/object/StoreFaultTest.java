package glasshouse.store.object;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.store.disk.CrashDisk;
import glasshouse.store.disk.Disk;
import glasshouse.store.disk.FaultyDisk;
import glasshouse.store.disk.FaultyDisk.Fault;
import glasshouse.store.disk.MemoryDisk;
import glasshouse.store.disk.NoSpace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every operation on the disk fails once, and the power goes off before every one. */
class StoreFaultTest {
    private static final Path FOLDER = Path.of("/data/store");
    private static final byte[] SMALL = Samples.bytes(1, 1000);
    private static final byte[] LARGE = Samples.bytes(2, 270_000);
    private static final byte[] PASSING = Samples.bytes(3, 3000);
    private static final Stored SMALL_STORED = Samples.named(SMALL);
    private static final Stored LARGE_STORED = Samples.named(LARGE);
    private static final Stored PASSING_STORED = Samples.named(PASSING);

    private static final int LUCKS = Integer.getInteger("seeds", 3);

    /** What a client was told. */
    private record Told(Set<Sha256> stored, Set<Sha256> deleted) {
        Told() {
            this(new HashSet<>(), new HashSet<>());
        }
    }

    /** A few lives of a store; stops at the first failure, as a request would. */
    private static void live(Disk disk, Told told) throws IOException {
        FolderStore first = FolderStore.open(disk, FOLDER, 0);
        told.stored.add(Samples.put(first, SMALL, SMALL_STORED).sha256());
        told.stored.add(Samples.put(first, LARGE, LARGE_STORED).sha256());
        told.stored.add(Samples.put(first, LARGE, LARGE_STORED).sha256());
        FolderStore second = FolderStore.open(disk, FOLDER, 0);
        Sha256 passing = Samples.put(second, PASSING, PASSING_STORED).sha256();
        if (second.delete(passing)) {
            told.deleted.add(passing);
        }
        for (Stored object : List.of(SMALL_STORED, LARGE_STORED, PASSING_STORED)) {
            if (second.contains(object.sha256())) {
                // Somebody is told "already there" and relies on it.
                told.stored.add(object.sha256());
            }
        }
    }

    /** All that is there is whole, and all that was promised is there. */
    private static void check(FolderStore store, Disk disk, Told told, String when) throws IOException {
        List<Sha256> there = new ArrayList<>();
        try (Stream<Sha256> names = store.list()) {
            names.forEach(there::add);
        }
        for (Sha256 name : there) {
            assertThat(store.verify(name, OnDamage.REPORT)).as(when).isInstanceOf(Verification.Whole.class);
        }
        assertThat(Set.copyOf(there).containsAll(told.stored)).as(when).isTrue();
        assertThat(told.deleted).as(when).noneMatch(there::contains);
        assertThat(disk.list(FOLDER.resolve("tmp"))).as(when).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatever_fails_nothing_half_written_is_seen_and_the_next_try_succeeds(Fault fault) throws IOException {
        int failures = 0;
        while (true) {
            MemoryDisk memory = new MemoryDisk();
            FaultyDisk disk = new FaultyDisk(memory, fault, failures + 1);
            String when = fault + " at operation " + (failures + 1);
            Told told = new Told();
            try {
                live(disk, told);
            } catch (IOException failure) {
                assertThat(failure instanceof NoSpace).as(when).isEqualTo(fault == Fault.FULL);
            }
            if (!disk.hasFailed()) {
                break;
            }
            failures++;
            disk.mend();
            check(FolderStore.open(disk, FOLDER, 0), disk, told, when);
            Told again = new Told();
            live(disk, again);
            assertThat(again.stored).as(when).hasSize(2);
            check(FolderStore.open(disk, FOLDER, 0), disk, again, when);
        }
        assertThat(failures).isGreaterThan(20);
    }

    @Test
    void after_a_crash_at_any_operation_all_that_was_promised_is_there_and_whole() throws IOException {
        int crashes = 0;
        while (true) {
            CrashDisk disk = new CrashDisk(new MemoryDisk(), crashes + 1);
            Told told = new Told();
            try {
                live(disk, told);
            } catch (IOException off) {
                assertThat(disk.isOff()).isTrue();
            }
            if (!disk.isOff()) {
                break;
            }
            crashes++;
            checkAfterCrash(disk.restart(), told, "crash at operation " + crashes);
            for (int seed = 0; seed < LUCKS; seed++) {
                String when = "crash at operation " + crashes + ", luck " + seed;
                checkAfterCrash(disk.restart(new Random(seed * 7919L + crashes)), told, when);
            }
        }
        assertThat(crashes).isGreaterThan(50);
    }

    /** The second crash comes as soon as the store is open again: opening must not rest on what is not durable. */
    private static void checkAfterCrash(MemoryDisk left, Told told, String when) throws IOException {
        check(FolderStore.open(left, FOLDER, 0), left, told, when);
        MemoryDisk leftTwice = left.afterCrash();
        check(FolderStore.open(leftTwice, FOLDER, 0), leftTwice, told, when + ", and another");
        Told again = new Told();
        live(left, again);
        assertThat(again.stored).as(when).hasSize(2);
    }

    @Test
    void a_name_that_an_earlier_process_left_unsynced_is_synced_before_anybody_is_told() throws IOException {
        MemoryDisk memory = new MemoryDisk();
        Sha256 name = Samples.named(SMALL).sha256();
        FolderStore.open(memory, FOLDER, 0);
        // As if killed between the rename and the sync: the process is gone, the machine is not.
        int operation = 1;
        while (memory.look(new FolderLayout(FOLDER).object(name)).isEmpty()) {
            FaultyDisk killed = new FaultyDisk(memory, Fault.FOR_GOOD, operation);
            try {
                Samples.put(FolderStore.open(killed, FOLDER, 0), SMALL);
            } catch (IOException failure) {
                operation++;
            }
        }
        assertThat(memory.afterCrash().look(new FolderLayout(FOLDER).object(name)))
                .isEmpty();
        assertThat(FolderStore.open(memory, FOLDER, 0).contains(name)).isTrue();
        MemoryDisk left = memory.afterCrash();
        assertThat(FolderStore.open(left, FOLDER, 0).verify(name, OnDamage.REPORT))
                .isEqualTo(new Verification.Whole(SMALL.length));
    }

    @Test
    void a_disk_that_fills_up_keeps_what_it_has_and_takes_more_when_there_is_room() throws IOException {
        MemoryDisk disk = new MemoryDisk(600_000);
        FolderStore store = FolderStore.open(disk, FOLDER, 100_000);
        Sha256 kept = Samples.put(store, LARGE).sha256();
        // Announced: refused before a byte is sent. Not announced: refused when it no longer fits.
        assertThat(failureOf(() -> store.begin(Expectation.ofSize(300_000)))).isInstanceOf(NoSpace.class);
        assertThat(failureOf(() -> {
                    try (ObjectWriter writer = store.begin(Expectation.NONE)) {
                        writer.write(Samples.bytes(9, 400_000), 0, 400_000);
                        writer.commit();
                    }
                }))
                .isInstanceOf(NoSpace.class);
        assertThat(disk.list(FOLDER.resolve("tmp"))).isEmpty();
        assertThat(Samples.read(store, kept)).isEqualTo(LARGE);
        assertThat(store.contains(kept)).isTrue();
        assertThat(store.delete(kept)).isTrue();
        Samples.put(store, Samples.bytes(9, 400_000));
    }

    private interface Attempt {
        void run() throws IOException;
    }

    private static IOException failureOf(Attempt attempt) {
        try {
            attempt.run();
        } catch (IOException failure) {
            return failure;
        }
        throw new AssertionError("it should have failed");
    }
}
