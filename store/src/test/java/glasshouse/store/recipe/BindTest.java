package glasshouse.store.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import glasshouse.store.chunk.Vectors;
import glasshouse.store.chunk.XetHash;
import glasshouse.store.disk.MemoryDisk;
import glasshouse.store.object.OnDamage;
import glasshouse.store.object.Samples;
import glasshouse.store.object.Sha256;
import glasshouse.store.object.Stored;
import glasshouse.store.object.Verification;
import glasshouse.store.recipe.BadRecipe.Reason;
import glasshouse.store.xet.BadXorb;
import glasshouse.store.xet.Shard;
import glasshouse.store.xet.ShardFile;
import glasshouse.store.xet.Term;
import glasshouse.store.xet.XorbFooter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a Xet client sends becomes an object, if all that is said of it is so. */
class BindTest {
    private static final byte[] BYTES = Samples.bytes(1, 1_000_000);
    private static final Sha256 NAME = Samples.named(BYTES).sha256();

    private final MemoryDisk disk = new MemoryDisk();
    private final RecipeStore store;
    private final ShardFile good;

    /** Takes xorbs and recipe from another store, as a client would make them. */
    BindTest() throws IOException {
        store = Stores.open(disk);
        RecipeStore client = Stores.open(new MemoryDisk());
        Samples.put(client, BYTES);
        good = client.recipe(NAME).orElseThrow().shardFile();
        for (Term term : good.terms()) {
            assertThat(store.putXorb(term.xorb(), new ByteArrayInputStream(body(client, term.xorb())))
                            .isNew())
                    .isTrue();
        }
    }

    private static byte[] body(RecipeStore store, XetHash xorb) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OpenXorb open = store.openXorb(xorb).orElseThrow()) {
            open.transferTo(0, open.xorb().encodedBytes(), Channels.newChannel(out));
        }
        return out.toByteArray();
    }

    private void requireRefused(ShardFile file, Reason reason) throws IOException {
        assertThatThrownBy(() -> store.bind(file, Stores.SCOPE))
                .isInstanceOfSatisfying(
                        BadRecipe.class, bad -> assertThat(bad.reason()).isEqualTo(reason));
        assertThat(store.list()).isEmpty();
        assertThat(disk.list(Stores.FOLDER.resolve("tmp"))).isEmpty();
    }

    private ShardFile withTerm(int number, Term term) {
        List<Term> terms = new ArrayList<>(good.terms());
        terms.set(number, term);
        return new ShardFile(good.hash(), terms, good.ranges(), good.sha256());
    }

    @Test
    void what_is_true_is_bound() throws IOException {
        Stored stored = store.bind(good, Stores.SCOPE);
        assertThat(stored).isEqualTo(new Stored(NAME, BYTES.length));
        assertThat(Samples.read(store, NAME)).isEqualTo(BYTES);
        assertThat(store.verify(NAME, OnDamage.REPORT)).isEqualTo(new Verification.Whole(BYTES.length));
        assertThat(store.recipe(NAME).orElseThrow().shardFile()).isEqualTo(good);
        assertThat(Samples.read(Stores.open(disk.afterCrash()), NAME)).isEqualTo(BYTES);
        // The chunks are found by what is stored in the same scope afterwards, and only there.
        CountingDisk counting = new CountingDisk(disk);
        RecipeStore again = Stores.open(counting);
        again.refillIndex(() -> true);
        Stores.put(again, BYTES, Stores.SCOPE);
        assertThat(counting.written.get()).isLessThan(2000);
    }

    @Test
    void a_file_without_a_claim_is_named_by_what_is_read() throws IOException {
        ShardFile unclaimed = new ShardFile(good.hash(), good.terms(), good.ranges(), Optional.empty());
        assertThat(store.bind(unclaimed, Stores.SCOPE)).isEqualTo(new Stored(NAME, BYTES.length));
        ShardFile empty = new ShardFile(XetHash.ZERO, List.of(), List.of(), Optional.empty());
        assertThat(store.bind(empty, Stores.SCOPE)).isEqualTo(new Stored(Sha256.OF_NOTHING, 0));
    }

    @Test
    void each_lie_is_refused() throws IOException {
        Term first = good.terms().getFirst();
        int chunks = first.endChunk();
        XetHash unknown = new XetHash(1, 2, 3, 4);
        requireRefused(withTerm(0, new Term(unknown, 0, chunks, first.rawBytes())), Reason.MISSING_XORB);
        requireRefused(withTerm(0, new Term(first.xorb(), 0, chunks + 1, first.rawBytes())), Reason.NO_SUCH_CHUNKS);
        requireRefused(withTerm(0, new Term(first.xorb(), 0, chunks, first.rawBytes() - 1)), Reason.WRONG_SIZE);
        requireRefused(new ShardFile(good.hash(), good.terms(), List.of(), good.sha256()), Reason.NO_RANGE_HASH);
        List<XetHash> ranges = new ArrayList<>(good.ranges());
        ranges.set(1, unknown);
        requireRefused(new ShardFile(good.hash(), good.terms(), ranges, good.sha256()), Reason.WRONG_RANGE_HASH);
        requireRefused(new ShardFile(unknown, good.terms(), good.ranges(), good.sha256()), Reason.WRONG_FILE_HASH);
        List<Term> swapped = new ArrayList<>(good.terms());
        List<XetHash> swappedRanges = new ArrayList<>(good.ranges());
        swapped.add(swapped.removeFirst());
        swappedRanges.add(swappedRanges.removeFirst());
        requireRefused(new ShardFile(good.hash(), swapped, swappedRanges, good.sha256()), Reason.WRONG_FILE_HASH);
        requireRefused(
                new ShardFile(
                        good.hash(),
                        good.terms(),
                        good.ranges(),
                        Optional.of(Samples.named(new byte[1]).sha256().hex())),
                Reason.WRONG_SHA256);
        requireRefused(new ShardFile(XetHash.ZERO, List.of(), List.of(), good.sha256()), Reason.WRONG_SHA256);
    }

    @Test
    void a_damaged_xorb_is_refused_and_may_be_sent_again() throws IOException {
        Term term = good.terms().get(1);
        Path file = new XorbFolders(Stores.FOLDER.resolve("xorbs")).file(term.xorb());
        byte[] body = body(store, term.xorb());
        disk.flipBit(file, 1000);
        requireRefused(good, Reason.DAMAGED_XORB);
        assertThat(store.putXorb(term.xorb(), new ByteArrayInputStream(body))
                        .xorb()
                        .hash())
                .isEqualTo(term.xorb());
        disk.flipBit(file, body.length + 5);
        requireRefused(good, Reason.DAMAGED_XORB);
        assertThat(store.putXorb(term.xorb(), new ByteArrayInputStream(body)).isNew())
                .isTrue();
        store.bind(good, Stores.SCOPE);
        assertThat(Samples.read(store, NAME)).isEqualTo(BYTES);
    }

    @Test
    void a_xorb_is_kept_only_if_it_is_what_its_name_says() throws IOException {
        XetHash name = good.terms().getFirst().xorb();
        byte[] body = body(store, name);
        RecipeStore other = Stores.open(new MemoryDisk());
        assertThatThrownBy(() -> other.putXorb(new XetHash(1, 2, 3, 4), new ByteArrayInputStream(body)))
                .isInstanceOf(XorbMismatch.class);
        assertThatThrownBy(() -> other.putXorb(name, new ByteArrayInputStream(Arrays.copyOf(body, body.length - 1))))
                .isInstanceOf(BadXorb.class);
        assertThat(other.containsXorb(name)).isFalse();
        assertThat(other.openXorb(name)).isEmpty();
        Put put = other.putXorb(name, new ByteArrayInputStream(body));
        assertThat(put.isNew()).isTrue();
        assertThat(other.putXorb(name, new ByteArrayInputStream(body)).isNew()).isFalse();
        assertThat(other.containsXorb(name)).isTrue();
        // With its footer behind it is the same.
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(body);
        whole.writeBytes(XorbFooter.write(put.xorb()));
        assertThat(other.putXorb(name, new ByteArrayInputStream(whole.toByteArray()))
                        .isNew())
                .isFalse();
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        try (OpenXorb open = other.openXorb(name).orElseThrow()) {
            open.decode(1, open.xorb().chunks().size(), Channels.newChannel(raw));
            assertThat(raw.toByteArray())
                    .isEqualTo(Samples.cut(BYTES, open.xorb().rawStart(1), raw.size()));
            assertThatThrownBy(() -> open.transferTo(0, body.length + 1, Channels.newChannel(raw)))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void a_good_xorb_whose_chunks_lie_elsewhere_is_kept_and_a_damaged_one_is_not() throws IOException {
        byte[] equal = new byte[100_000];
        Arrays.fill(equal, (byte) 7);
        Sha256 name = Samples.put(store, equal).sha256();
        XetHash xorb = store.recipe(name).orElseThrow().terms().getFirst().xorb();
        byte[] compressed = body(store, xorb);
        byte[] stored = new byte[8 + equal.length];
        new glasshouse.store.xet.ChunkHeader(glasshouse.store.xet.Scheme.STORED, equal.length, equal.length)
                .write(stored, 0);
        System.arraycopy(equal, 0, stored, 8, equal.length);
        assertThat(store.putXorb(xorb, new ByteArrayInputStream(stored)).isNew())
                .isFalse();
        assertThat(body(store, xorb)).as("the first is kept").isEqualTo(compressed);
        disk.flipBit(new XorbFolders(Stores.FOLDER.resolve("xorbs")).file(xorb), 20);
        try (OpenXorb before = store.openXorb(xorb).orElseThrow()) {
            assertThat(store.putXorb(xorb, new ByteArrayInputStream(stored)).isNew())
                    .isTrue();
            assertThat(before.xorb().encodedBytes()).isEqualTo(compressed.length);
        }
        assertThat(body(store, xorb)).isEqualTo(stored);
        assertThat(Samples.read(store, name)).isEqualTo(equal);
    }

    @Test
    @Tag("recorded")
    void what_the_reference_client_sent_is_taken_and_read_back() throws IOException {
        byte[] body = recorded("four-files.xorb-body");
        Shard shard = Shard.read(recorded("four-files.shard"));
        XetHash xorb = shard.xorbs().getFirst().hash();
        assertThat(store.putXorb(xorb, new ByteArrayInputStream(body)).isNew()).isTrue();
        List<Stored> bound = new ArrayList<>();
        for (ShardFile file : shard.files()) {
            bound.add(store.bind(file, Stores.SCOPE));
        }
        List<byte[]> files =
                List.of(Vectors.helloWorld(), Vectors.semicolons(), Vectors.splitMix(1, 256_000), Vectors.floats());
        assertThat(bound)
                .containsExactlyInAnyOrderElementsOf(
                        files.stream().map(Samples::named).toList());
        for (byte[] file : files) {
            Sha256 name = Samples.named(file).sha256();
            assertThat(Samples.read(store, name)).isEqualTo(file);
            assertThat(Samples.cut(Samples.read(store, name), 5, 6)).isEqualTo(Samples.cut(file, 5, 6));
            assertThat(store.verify(name, OnDamage.REPORT)).isEqualTo(new Verification.Whole(file.length));
        }
        assertThat(body(store, xorb)).isEqualTo(body);
    }

    private static byte[] recorded(String name) throws IOException {
        Optional<Path> file = Vectors.recorded(name);
        assumeTrue(file.isPresent(), "the recorded upload is not on this machine");
        return Files.readAllBytes(file.orElseThrow());
    }
}
