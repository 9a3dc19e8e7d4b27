package glasshouse.store.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glasshouse.store.disk.CrashDisk;
import glasshouse.store.disk.Disk;
import glasshouse.store.disk.FaultyDisk;
import glasshouse.store.disk.FaultyDisk.Fault;
import glasshouse.store.disk.ForwardingDisk;
import glasshouse.store.disk.MemoryDisk;
import glasshouse.store.disk.NoSpace;
import glasshouse.store.object.Expectation;
import glasshouse.store.object.FolderStore;
import glasshouse.store.object.ObjectWriter;
import glasshouse.store.object.OnDamage;
import glasshouse.store.object.Samples;
import glasshouse.store.object.Sha256;
import glasshouse.store.object.Verification;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Every operation on the disk fails once, and the power goes off before every one: a store that was upgraded, and goes on. */
class RecipeFaultTest {
    private static final byte[] SMALL = Samples.bytes(1, 1000);
    private static final byte[] LARGE = Samples.bytes(2, 150_000);
    private static final byte[] CHANGED = changed(LARGE);
    private static final byte[] PASSING = Samples.bytes(3, 3000);
    private static final byte[] PLAIN = Samples.bytes(4, 5000);
    private static final List<byte[]> ALL = List.of(SMALL, LARGE, CHANGED, PASSING, PLAIN);
    private static final List<Sha256> NAMES =
            ALL.stream().map(bytes -> Samples.named(bytes).sha256()).toList();
    private static final Sha256 PASSING_NAME = NAMES.get(3);
    private static final int LUCKS = Integer.getInteger("seeds", 1);

    private static byte[] changed(byte[] bytes) {
        byte[] changed = bytes.clone();
        changed[75_000] ^= 1;
        return changed;
    }

    /** So small that the larger objects have several xorbs. */
    private static RecipeStore opened(Disk disk) throws IOException {
        return RecipeStore.open(disk, Stores.FOLDER, 0, 64, 60_000);
    }

    /** What a client was told. */
    private record Told(Set<Sha256> stored, Set<Sha256> deleted) {
        Told() {
            this(new HashSet<>(), new HashSet<>());
        }
    }

    /** A few lives of a store; stops at the first failure, as a request would. */
    private static void live(Disk disk, Told told) throws IOException {
        RecipeStore first = opened(disk);
        told.stored.add(Stores.put(first, SMALL, Stores.SCOPE).sha256());
        told.stored.add(Stores.put(first, LARGE, Stores.SCOPE).sha256());
        told.stored.add(Stores.put(first, CHANGED, Stores.SCOPE).sha256());
        RecipeStore second = opened(disk);
        second.refillIndex(() -> true);
        told.stored.add(Stores.put(second, LARGE, Stores.SCOPE).sha256());
        new Conversion(second).run(() -> true);
        Stores.put(second, PASSING, Stores.OTHER);
        if (second.delete(PASSING_NAME)) {
            told.deleted.add(PASSING_NAME);
        }
        for (Sha256 name : NAMES) {
            if (second.contains(name)) {
                // Somebody is told "already there" and relies on it.
                told.stored.add(name);
            }
        }
    }

    /** A store as an earlier version left it, with an object. */
    private static Told earlier(Disk disk) throws IOException {
        Told told = new Told();
        told.stored.add(
                Samples.put(FolderStore.open(disk, Stores.FOLDER, 0), PLAIN).sha256());
        return told;
    }

    /** All that is there is whole, and all that was promised is there. */
    private static void check(RecipeStore store, Disk disk, Told told, String when) throws IOException {
        List<Sha256> there = new ArrayList<>();
        try (Stream<Sha256> names = store.list()) {
            names.forEach(there::add);
        }
        for (Sha256 name : there) {
            assertThat(store.verify(name, OnDamage.REPORT)).as(when).isInstanceOf(Verification.Whole.class);
        }
        assertThat(Set.copyOf(there).containsAll(told.stored)).as(when).isTrue();
        assertThat(told.deleted).as(when).noneMatch(there::contains);
        assertThat(disk.list(Stores.FOLDER.resolve("tmp"))).as(when).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatever_fails_nothing_half_written_is_seen_and_the_next_try_succeeds(Fault fault) throws IOException {
        int failures = 0;
        while (true) {
            MemoryDisk memory = new MemoryDisk();
            Told told = earlier(memory);
            FaultyDisk disk = new FaultyDisk(memory, fault, failures + 1);
            String when = fault + " at operation " + (failures + 1);
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
            check(opened(disk), disk, told, when);
            Told again = new Told();
            live(disk, again);
            assertThat(again.stored).as(when).hasSize(4);
            check(opened(disk), disk, again, when);
        }
        assertThat(failures).isGreaterThan(50);
    }

    @Test
    void after_a_crash_at_any_operation_all_that_was_promised_is_there_and_whole() throws IOException {
        assertThat(crashes("nothing")).isGreaterThan(150);
    }

    @ParameterizedTest
    @ValueSource(strings = {"recipes", "xorbs"})
    void a_store_that_does_not_sync_the_folder_of_a_recipe_or_a_xorb_would_be_caught(String forgotten) {
        assertThatThrownBy(() -> crashes(forgotten))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("crash at operation");
    }

    /** Crashes at every operation once; returns how many there are. */
    private static int crashes(String forgotten) throws IOException {
        int crashes = 0;
        while (true) {
            MemoryDisk memory = new MemoryDisk();
            Told told = earlier(memory);
            CrashDisk disk = new CrashDisk(memory, crashes + 1);
            try {
                live(withoutSyncOf(forgotten, disk), told);
            } catch (IOException off) {
                assertThat(disk.isOff()).isTrue();
            }
            if (!disk.isOff()) {
                return crashes;
            }
            crashes++;
            checkAfterCrash(disk.restart(), told, "crash at operation " + crashes);
            for (int seed = 0; seed < LUCKS; seed++) {
                String when = "crash at operation " + crashes + ", luck " + seed;
                checkAfterCrash(disk.restart(new Random(seed * 7919L + crashes)), told, when);
            }
        }
    }

    /** The second crash comes as soon as the store is open again: opening must not rest on what is not durable. */
    private static void checkAfterCrash(MemoryDisk left, Told told, String when) throws IOException {
        check(opened(left), left, told, when);
        MemoryDisk leftTwice = left.afterCrash();
        check(opened(leftTwice), leftTwice, told, when + ", and another");
        Told again = new Told();
        live(left, again);
        assertThat(again.stored).as(when).hasSize(4);
    }

    /** A disk that forgets to sync the folders below a folder of the store. */
    private static Disk withoutSyncOf(String forgotten, Disk disk) {
        return new ForwardingDisk(disk) {
            @Override
            protected void before(Operation operation) {
                // nothing to tell
            }

            @Override
            public void syncFolder(Path folder) throws IOException {
                if (!folder.startsWith(Stores.FOLDER.resolve(forgotten))) {
                    super.syncFolder(folder);
                }
            }
        };
    }

    @Test
    void a_disk_that_fills_up_keeps_what_it_has_and_takes_more_when_there_is_room() throws IOException {
        MemoryDisk disk = new MemoryDisk(600_000);
        RecipeStore store = RecipeStore.open(disk, Stores.FOLDER, 100_000, 1024, 64 << 20);
        Sha256 kept = Samples.put(store, LARGE).sha256();
        assertThatThrownBy(() -> store.begin(Expectation.ofSize(360_000))).isInstanceOf(NoSpace.class);
        assertThatThrownBy(() -> {
                    try (ObjectWriter writer = store.begin(Expectation.NONE)) {
                        writer.write(Samples.bytes(9, 480_000), 0, 480_000);
                        writer.commit();
                    }
                })
                .isInstanceOf(NoSpace.class);
        assertThat(disk.list(Stores.FOLDER.resolve("tmp"))).isEmpty();
        assertThat(Samples.read(store, kept)).isEqualTo(LARGE);
        assertThat(Samples.put(store, SMALL).sizeBytes()).isEqualTo(1000);
    }
}
