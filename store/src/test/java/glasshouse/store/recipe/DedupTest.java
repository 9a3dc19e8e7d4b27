package glasshouse.store.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.store.chunk.Chunker;
import glasshouse.store.chunk.XetHash;
import glasshouse.store.disk.MemoryDisk;
import glasshouse.store.object.OnDamage;
import glasshouse.store.object.Samples;
import glasshouse.store.object.Sha256;
import glasshouse.store.object.Stored;
import glasshouse.store.object.Verification;
import glasshouse.store.xet.Term;
import glasshouse.store.xet.Xorb;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Equal chunks are stored once, within what a scope may know. */
class DedupTest {
    private static final byte[] BYTES = Samples.bytes(1, 5_000_000);

    private final MemoryDisk memory = new MemoryDisk();
    private final CountingDisk disk = new CountingDisk(memory);
    private final RecipeStore store;

    DedupTest() throws IOException {
        store = RecipeStore.open(disk, Stores.FOLDER, 0, 4096, Xorb.MAX_WRITTEN_RAW_BYTES);
    }

    private long writtenBy(byte[] bytes, Scope scope) throws IOException {
        return writtenBy(store, bytes, scope);
    }

    private long writtenBy(RecipeStore into, byte[] bytes, Scope scope) throws IOException {
        disk.written.set(0);
        Stored stored = Stores.put(into, bytes, scope);
        assertThat(Samples.read(into, stored.sha256())).isEqualTo(bytes);
        return disk.written.get();
    }

    @Test
    void the_same_bytes_twice_are_stored_once() throws IOException {
        assertThat(writtenBy(BYTES, Stores.SCOPE)).isBetween(5_000_000L, 5_100_000L);
        assertThat(writtenBy(BYTES, Stores.SCOPE)).isLessThan(1000);
        assertThat(Stores.allXorbs(memory)).hasSize(1);
        Recipe recipe = store.recipe(Samples.named(BYTES).sha256()).orElseThrow();
        assertThat(recipe.terms()).as("neighbours are one term").hasSize(1);
        assertThat(recipe.sizeBytes()).isEqualTo(5_000_000);
    }

    @Test
    void a_changed_byte_costs_two_chunks_at_most() throws IOException {
        writtenBy(BYTES, Stores.SCOPE);
        byte[] changed = BYTES.clone();
        changed[2_500_000] ^= 1;
        assertThat(writtenBy(changed, Stores.SCOPE)).isLessThan(2 * Chunker.MAX_BYTES + 2000);
        Recipe recipe = store.recipe(Samples.named(changed).sha256()).orElseThrow();
        assertThat(recipe.terms()).hasSizeLessThanOrEqualTo(3);
        XetHash added = recipe.terms().get(1).xorb();
        try (OpenXorb xorb = store.openXorb(added).orElseThrow()) {
            assertThat(xorb.xorb().chunks()).hasSizeLessThanOrEqualTo(2);
        }
        // An inserted one, too: what follows is cut at the same places again.
        byte[] longer = new byte[BYTES.length + 1];
        System.arraycopy(BYTES, 0, longer, 0, 1_000_000);
        System.arraycopy(BYTES, 1_000_000, longer, 1_000_001, BYTES.length - 1_000_000);
        assertThat(writtenBy(longer, Stores.SCOPE)).isLessThan(3 * Chunker.MAX_BYTES + 2000);
    }

    @Test
    void another_scope_stores_its_own() throws IOException {
        writtenBy(BYTES, Stores.SCOPE);
        assertThat(writtenBy(BYTES, Stores.OTHER)).isGreaterThan(5_000_000);
        disk.written.set(0);
        Samples.put(store, BYTES);
        assertThat(disk.written.get()).as("no scope").isGreaterThan(5_000_000);
        // And each then has its own.
        assertThat(writtenBy(BYTES, Stores.SCOPE)).isLessThan(1000);
        assertThat(writtenBy(BYTES, Stores.OTHER)).isLessThan(1000);
    }

    @Test
    void chunks_are_found_again_after_a_restart() throws IOException {
        writtenBy(BYTES, Stores.SCOPE);
        Sha256 name = Samples.named(BYTES).sha256();
        writtenBy(BYTES, Stores.OTHER);
        RecipeStore again = RecipeStore.open(disk, Stores.FOLDER, 0, 4096, Xorb.MAX_WRITTEN_RAW_BYTES);
        assertThat(again.refillIndex(() -> false)).isZero();
        assertThat(again.refillIndex(() -> true)).isEqualTo(1);
        assertThat(writtenBy(again, BYTES, Stores.SCOPE)).isLessThan(1000);
        assertThat(writtenBy(again, BYTES, Stores.OTHER)).isLessThan(1000);
        assertThat(writtenBy(again, BYTES, new Scope("eve/guesses"))).isGreaterThan(5_000_000);
        assertThat(again.verify(name, OnDamage.REPORT)).isEqualTo(new Verification.Whole(5_000_000));
    }

    @Test
    void equal_parts_of_one_object_are_stored_once_even_without_a_scope() throws IOException {
        byte[] equal = new byte[3_000_000];
        Arrays.fill(equal, (byte) 0x3b);
        disk.written.set(0);
        Sha256 name = Samples.put(store, equal).sha256();
        assertThat(disk.written.get()).isLessThan(10_000);
        assertThat(Samples.read(store, name)).isEqualTo(equal);

        // Through several xorbs: those that are complete are read back.
        RecipeStore small = Stores.open(disk);
        byte[] part = Samples.bytes(5, 1_500_000);
        byte[] thrice = new byte[4_500_000];
        for (int i = 0; i < 3; i++) {
            System.arraycopy(part, 0, thrice, i * part.length, part.length);
        }
        disk.written.set(0);
        Sha256 large = Samples.put(small, thrice).sha256();
        assertThat(disk.written.get()).isLessThan(2_000_000);
        assertThat(Samples.read(small, large)).isEqualTo(thrice);
        assertThat(small.verify(large, OnDamage.REPORT)).isEqualTo(new Verification.Whole(thrice.length));
    }

    @Test
    void what_compresses_is_compressed() throws IOException {
        byte[] text = new byte[2_000_000];
        byte[] noise = Samples.bytes(6, text.length);
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) ('a' + (noise[i] & 3));
        }
        assertThat(writtenBy(text, Stores.SCOPE)).isLessThan(1_500_000);
    }

    @Test
    void an_object_in_too_many_pieces_is_stored_anew() {
        TermList terms = new TermList(new glasshouse.store.chunk.XetHasher());
        int first = terms.numberOf(new XetHash(1, 1, 1, 1));
        int second = terms.numberOf(new XetHash(2, 2, 2, 2));
        int added = 0;
        while (terms.takes(added % 2 == 0 ? first : second, 7)) {
            terms.add(added % 2 == 0 ? first : second, 7, new XetHash(3, 3, 3, 3), 10);
            added++;
        }
        assertThat(added).isBetween(TermList.MOST_PIECES, TermList.MOST_PIECES + 1);
        assertThat(terms.takes(added % 2 == 0 ? second : first, 8))
                .as("goes on")
                .isTrue();
        List<Term> made = terms.recipe(Sha256.OF_NOTHING, XetHash.ZERO).terms();
        assertThat(made).hasSize(added);
    }

    @Test
    void the_index_is_bounded_and_knows_the_last() throws IOException {
        RecipeStore little = RecipeStore.open(disk, Stores.FOLDER, 0, 64, Xorb.MAX_WRITTEN_RAW_BYTES);
        writtenBy(little, BYTES, Stores.SCOPE);
        for (int i = 0; i < 30; i++) {
            writtenBy(little, Samples.bytes(100 + i, 200_000), Stores.SCOPE);
        }
        assertThat(writtenBy(little, Samples.bytes(129, 200_000), Stores.SCOPE)).isLessThan(200_000);
        writtenBy(little, BYTES, Stores.SCOPE);
    }
}
