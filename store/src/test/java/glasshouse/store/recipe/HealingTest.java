package glasshouse.store.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glasshouse.store.chunk.XetHash;
import glasshouse.store.disk.MemoryDisk;
import glasshouse.store.object.OnDamage;
import glasshouse.store.object.Samples;
import glasshouse.store.object.Sha256;
import glasshouse.store.object.Verification;
import glasshouse.store.xet.Term;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A flipped bit is found, named, never passed on, and healed by whoever stores the same bytes. */
class HealingTest {
    private static final byte[] BYTES = Samples.bytes(1, 1_000_000);
    private static final Sha256 NAME = Samples.named(BYTES).sha256();

    private final MemoryDisk disk = new MemoryDisk();
    private final RecipeStore store;

    HealingTest() throws IOException {
        store = Stores.open(disk);
        Stores.put(store, BYTES, Stores.SCOPE);
    }

    private void requireHealedBy(Optional<Scope> scope) throws IOException {
        if (scope.isPresent()) {
            Stores.put(store, BYTES, scope.get());
        } else {
            Samples.put(store, BYTES);
        }
        for (RecipeStore each : List.of(store, Stores.open(disk))) {
            assertThat(Samples.read(each, NAME)).isEqualTo(BYTES);
            assertThat(each.verify(NAME, OnDamage.REPORT)).isEqualTo(new Verification.Whole(BYTES.length));
        }
    }

    private String found() throws IOException {
        Verification verification = store.verify(NAME, OnDamage.REPORT);
        assertThat(verification).isInstanceOf(Verification.Corrupt.class);
        return ((Verification.Corrupt) verification).found();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_bit_in_a_chunk(boolean scoped) throws IOException {
        Term term = store.recipe(NAME).orElseThrow().terms().get(1);
        XetHash xorb = term.xorb();
        int encodedStart;
        long rawStart;
        try (OpenXorb open = store.openXorb(xorb).orElseThrow()) {
            encodedStart = open.xorb().encodedStart(1);
            rawStart = store.recipe(NAME).orElseThrow().terms().getFirst().rawBytes()
                    + open.xorb().rawStart(1);
        }
        disk.flipBit(Stores.xorbs(store, Stores.FOLDER, NAME).get(1), encodedStart + 100);
        String place = "object " + NAME + ": chunk 1 of xorb " + xorb;
        try (var object = store.open(NAME).orElseThrow()) {
            assertThat(object.readFully(0, (int) rawStart)).isEqualTo(Samples.cut(BYTES, 0, (int) rawStart));
            assertThatThrownBy(() -> object.readFully(rawStart, 1))
                    .isInstanceOf(DamagedObject.class)
                    .hasMessageContaining(place);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            assertThatThrownBy(() -> object.transferTo(0, BYTES.length, Channels.newChannel(out)))
                    .isInstanceOf(DamagedObject.class);
            assertThat(out.toByteArray()).as("never wrong bytes").isEqualTo(Samples.cut(BYTES, 0, out.size()));
        }
        assertThat(found()).contains(place);
        requireHealedBy(scoped ? Optional.of(Stores.SCOPE) : Optional.empty());
    }

    @Test
    void every_byte_of_a_small_xorb() throws IOException {
        byte[] small = Samples.bytes(2, 200);
        Sha256 name = Stores.put(store, small, Stores.SCOPE).sha256();
        Path xorb = Stores.xorbs(store, Stores.FOLDER, name).getFirst();
        long size = disk.look(xorb).orElseThrow().sizeBytes();
        int harmless = 0;
        for (long at = 0; at < size; at++) {
            disk.flipBit(xorb, at);
            RecipeStore again = Stores.open(disk);
            if (again.verify(name, OnDamage.REPORT) instanceof Verification.Corrupt corrupt) {
                assertThat(corrupt.found())
                        .contains(name.hex())
                        .contains(xorb.getFileName().toString().substring(0, 64));
                assertThatThrownBy(() -> Samples.read(again, name)).isInstanceOf(DamagedObject.class);
            } else {
                assertThat(Samples.read(again, name)).isEqualTo(small);
                harmless++;
            }
            again.refillIndex(() -> true);
            Stores.put(again, small, Stores.SCOPE);
            assertThat(Stores.open(disk).verify(name, OnDamage.REPORT)).isEqualTo(new Verification.Whole(200));
        }
        assertThat(harmless).as("the bytes of a footer that mean nothing").isLessThanOrEqualTo(16);
    }

    @Test
    void a_bit_in_a_footer() throws IOException {
        Path xorb = Stores.xorbs(store, Stores.FOLDER, NAME).getFirst();
        disk.flipBit(xorb, disk.look(xorb).orElseThrow().sizeBytes() - 200);
        // This process knows the footer and can still read; but verifying reads what is on the disk.
        assertThat(found())
                .contains(
                        "xorb "
                                + store.recipe(NAME)
                                        .orElseThrow()
                                        .terms()
                                        .getFirst()
                                        .xorb(),
                        "footer");
        assertThatThrownBy(() -> Samples.read(Stores.open(disk), NAME)).isInstanceOf(DamagedObject.class);
        requireHealedBy(Optional.of(Stores.SCOPE));
    }

    @Test
    void a_missing_xorb() throws IOException {
        disk.delete(Stores.xorbs(store, Stores.FOLDER, NAME).getFirst());
        assertThat(found()).contains("it is missing");
        assertThatThrownBy(() -> Samples.read(store, NAME))
                .isInstanceOf(DamagedObject.class)
                .hasMessageContaining("it is missing");
        requireHealedBy(Optional.of(Stores.SCOPE));
    }

    @Test
    void every_byte_of_a_recipe() throws IOException {
        Path recipe = Stores.recipe(Stores.FOLDER, NAME);
        long size = disk.look(recipe).orElseThrow().sizeBytes();
        for (long at = 0; at < size; at += 7) {
            disk.flipBit(recipe, at);
            assertThat(found()).contains("recipe");
            assertThat(store.contains(NAME)).as("it is wanted again").isFalse();
            assertThatThrownBy(() -> store.open(NAME))
                    .isInstanceOf(DamagedObject.class)
                    .hasMessageContaining(NAME.hex());
            Stores.put(store, BYTES, Stores.SCOPE);
            assertThat(store.contains(NAME)).isTrue();
        }
        requireHealedBy(Optional.empty());
        disk.flipBit(recipe, 60);
        assertThat(store.verify(NAME, OnDamage.SET_ASIDE))
                .isInstanceOfSatisfying(
                        Verification.Corrupt.class,
                        corrupt -> assertThat(corrupt.setAside()).isTrue());
        assertThat(store.list()).isEmpty();
        requireHealedBy(Optional.of(Stores.SCOPE));
    }

    @Test
    void damage_does_not_spread_to_what_is_stored_later() throws IOException {
        for (Path xorb : Stores.xorbs(store, Stores.FOLDER, NAME)) {
            disk.flipBit(xorb, 500);
        }
        byte[] longer = Samples.bytes(3, 2_000_000);
        System.arraycopy(BYTES, 0, longer, 0, BYTES.length);
        Sha256 name = Stores.put(store, longer, Stores.SCOPE).sha256();
        assertThat(Samples.read(Stores.open(disk), name)).isEqualTo(longer);
        assertThat(store.verify(name, OnDamage.REPORT)).isEqualTo(new Verification.Whole(longer.length));
        // The index points to the new places now.
        CountingDisk counting = new CountingDisk(disk);
        RecipeStore again = Stores.open(counting);
        again.refillIndex(() -> true);
        Stores.put(again, longer, Stores.SCOPE);
        counting.written.set(0);
        Stores.put(again, BYTES, Stores.SCOPE);
        assertThat(counting.written.get()).isLessThan(300_000);
    }
}
