package glasshouse.store.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every object store does. */
public interface ObjectStoreContract {
    /** An empty store, the same one during a test. */
    ObjectStore store() throws IOException;

    /** Changes a bit of an object behind the store's back. */
    void damage(Sha256 sha256, long at) throws IOException;

    /** How many files that are not finished objects lie about. */
    int leftovers() throws IOException;

    @Test
    default void gives_back_what_it_took() throws IOException {
        long start = Long.getLong("seed", System.nanoTime());
        int seeds = Integer.getInteger("seeds", 3);
        for (long seed = start; seed < start + seeds; seed++) {
            Random random = new Random(seed);
            for (int size : List.of(0, 1, 65_535, 65_536, 65_537, 262_143, 262_144, 262_145, 3_000_017)) {
                byte[] bytes = Samples.bytes(random.nextLong(), size);
                Stored stored;
                try (ObjectWriter writer = store().begin(Expectation.NONE)) {
                    Samples.writeInOddPieces(writer, bytes, random);
                    assertThat(writer.takenBytes()).isEqualTo(size);
                    stored = writer.commit();
                }
                assertThat(stored).as("seed %d", seed).isEqualTo(Samples.named(bytes));
                assertThat(Samples.read(store(), stored.sha256()))
                        .as("seed %d", seed)
                        .isEqualTo(bytes);
                assertThat(store().sizeBytes(stored.sha256())).hasValue(size);
                assertThat(store().verify(stored.sha256(), OnDamage.REPORT)).isEqualTo(new Verification.Whole(size));
            }
        }
        assertThat(leftovers()).isZero();
    }

    @Test
    default void takes_streams_and_direct_buffers() throws IOException {
        byte[] bytes = Samples.bytes(1, 700_001);
        try (ObjectWriter writer = store().begin(Expectation.NONE)) {
            assertThat(writer.writeAll(new ByteArrayInputStream(bytes, 0, 400_000)))
                    .isEqualTo(400_000);
            ByteBuffer direct = ByteBuffer.allocateDirect(300_001)
                    .put(bytes, 400_000, 300_001)
                    .flip();
            writer.write(direct);
            assertThat(direct.hasRemaining()).isFalse();
            assertThat(writer.commit()).isEqualTo(Samples.named(bytes));
        }
    }

    @Test
    default void reads_anywhere() throws IOException {
        byte[] bytes = Samples.bytes(2, 600_000);
        Stored stored = Samples.put(store(), bytes);
        try (StoredObject object = store().open(stored.sha256()).orElseThrow()) {
            assertThat(object.sha256()).isEqualTo(stored.sha256());
            assertThat(object.sizeBytes()).isEqualTo(600_000);
            assertThat(object.readFully(599_000, 1000)).isEqualTo(Samples.cut(bytes, 599_000, 1000));
            assertThat(object.read(600_000, new byte[1], 0, 1)).isEqualTo(-1);
            assertThat(object.read(700_000, ByteBuffer.allocate(1))).isEqualTo(-1);
            assertThat(object.read(0, new byte[0], 0, 0)).isZero();
            assertThatThrownBy(() -> object.readFully(599_000, 1001)).isInstanceOf(EOFException.class);

            ByteArrayOutputStream out = new ByteArrayOutputStream();
            object.transferTo(1, 599_999, Channels.newChannel(out));
            assertThat(out.toByteArray()).isEqualTo(Samples.cut(bytes, 1, 599_999));
            assertThatThrownBy(() -> object.transferTo(1, 600_000, Channels.newChannel(out)))
                    .isInstanceOf(EOFException.class);
        }
    }

    @Test
    default void sends_to_a_socket() throws Exception {
        byte[] bytes = Samples.bytes(3, 5_000_000);
        Stored stored = Samples.put(store(), bytes);
        try (ServerSocketChannel server =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                ExecutorService receiver = Executors.newVirtualThreadPerTaskExecutor();
                StoredObject object = store().open(stored.sha256()).orElseThrow()) {
            Future<byte[]> received = receiver.submit(() -> {
                try (SocketChannel in = server.accept()) {
                    return Channels.newInputStream(in).readAllBytes();
                }
            });
            try (SocketChannel out = SocketChannel.open(server.getLocalAddress())) {
                object.transferTo(100, 4_999_900, out);
            }
            assertThat(received.get()).isEqualTo(Samples.cut(bytes, 100, 4_999_900));
        }
    }

    @Test
    default void does_not_have_what_nobody_gave_it() throws IOException {
        Sha256 other = Samples.named(new byte[] {1}).sha256();
        assertThat(store().contains(other)).isFalse();
        assertThat(store().open(other)).isEmpty();
        assertThat(store().verify(other, OnDamage.SET_ASIDE)).isEqualTo(new Verification.Missing());
        assertThat(store().delete(other)).isFalse();
        assertThat(list()).isEmpty();
    }

    @Test
    default void keeps_nothing_of_an_upload_that_lies() throws IOException {
        byte[] bytes = Samples.bytes(4, 300_000);
        Stored actual = Samples.named(bytes);
        Sha256 other = Samples.named(new byte[] {1}).sha256();
        for (Expectation lie : List.of(
                Expectation.of(other),
                Expectation.of(other, 300_000),
                Expectation.of(actual.sha256(), 300_001),
                Expectation.ofSize(300_001))) {
            try (ObjectWriter writer = store().begin(lie)) {
                writer.write(bytes, 0, bytes.length);
                assertThatThrownBy(writer::commit).isInstanceOfSatisfying(ObjectMismatch.class, mismatch -> {
                    assertThat(mismatch.expected()).isEqualTo(lie);
                    assertThat(mismatch.actualSizeBytes()).isEqualTo(300_000);
                    assertThat(mismatch.actualSha256()).hasValue(actual.sha256());
                });
                assertThatThrownBy(writer::commit).isInstanceOf(IllegalStateException.class);
            }
            assertThat(list()).isEmpty();
            assertThat(leftovers()).isZero();
        }
    }

    @Test
    default void ends_an_upload_as_soon_as_it_is_too_long() throws IOException {
        byte[] bytes = Samples.bytes(5, 1000);
        try (ObjectWriter writer = store().begin(Expectation.ofSize(1999))) {
            writer.write(bytes, 0, 1000);
            assertThatThrownBy(() -> writer.write(ByteBuffer.wrap(bytes)))
                    .isInstanceOfSatisfying(
                            ObjectMismatch.class,
                            mismatch -> assertThat(mismatch.actualSha256()).isEmpty());
            assertThat(leftovers()).isZero();
            assertThatThrownBy(() -> writer.write(bytes, 0, 1)).isInstanceOf(IllegalStateException.class);
        }
        assertThat(list()).isEmpty();
    }

    @Test
    default void keeps_nothing_of_an_upload_that_is_given_up() throws IOException {
        try (ObjectWriter writer = store().begin(Expectation.NONE)) {
            writer.write(Samples.bytes(6, 1_000_000), 0, 1_000_000);
        }
        assertThat(list()).isEmpty();
        assertThat(leftovers()).isZero();
    }

    @Test
    default void lists_and_deletes() throws IOException {
        List<Sha256> names = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            names.add(Samples.put(store(), Samples.bytes(100 + i, i)).sha256());
        }
        assertThat(list()).containsExactlyElementsOf(names.stream().sorted().toList());
        try (StoredObject reading = store().open(names.get(9)).orElseThrow()) {
            assertThat(store().delete(names.get(9))).isTrue();
            assertThat(store().delete(names.get(9))).isFalse();
            assertThat(reading.readFully(0, 9)).isEqualTo(Samples.bytes(109, 9));
        }
        assertThat(store().contains(names.get(9))).isFalse();
        assertThat(list()).hasSize(29).doesNotContain(names.get(9));
        assertThat(store().usableBytes()).isPositive();
    }

    @Test
    default void an_upload_heals() throws IOException {
        byte[] bytes = Samples.bytes(7, 100_000);
        Sha256 name = Samples.put(store(), bytes).sha256();
        damage(name, 50_000);
        assertThat(store().verify(name, OnDamage.REPORT))
                .isInstanceOfSatisfying(
                        Verification.Corrupt.class,
                        corrupt -> assertThat(corrupt.setAside()).isFalse());
        assertThat(store().contains(name)).isTrue();
        Samples.put(store(), bytes);
        assertThat(store().verify(name, OnDamage.SET_ASIDE)).isEqualTo(new Verification.Whole(100_000));
        assertThat(Samples.read(store(), name)).isEqualTo(bytes);
    }

    @Test
    default void what_is_corrupt_can_be_set_aside_and_is_wanted_again() throws IOException {
        byte[] bytes = Samples.bytes(8, 100_000);
        Sha256 name = Samples.put(store(), bytes).sha256();
        damage(name, 0);
        assertThat(store().verify(name, OnDamage.SET_ASIDE))
                .isInstanceOfSatisfying(
                        Verification.Corrupt.class,
                        corrupt -> assertThat(corrupt.setAside()).isTrue());
        assertThat(store().contains(name)).isFalse();
        assertThat(list()).isEmpty();
        Samples.put(store(), bytes);
        assertThat(store().verify(name, OnDamage.REPORT)).isEqualTo(new Verification.Whole(100_000));
    }

    @Test
    default void many_write_the_same_and_others_at_once() throws Exception {
        List<byte[]> samples = IntStream.range(0, 5)
                .mapToObj(i -> Samples.bytes(200 + i, 400_000 + i))
                .toList();
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Stored>> all = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                byte[] bytes = samples.get(i % 5);
                Callable<Stored> upload = () -> {
                    Stored stored = Samples.put(store(), bytes);
                    assertThat(store().sizeBytes(stored.sha256())).hasValue(bytes.length);
                    return stored;
                };
                all.add(writers.submit(upload));
            }
            for (int i = 0; i < 40; i++) {
                assertThat(all.get(i).get()).isEqualTo(Samples.named(samples.get(i % 5)));
            }
        }
        assertThat(list()).hasSize(5);
        for (Sha256 name : list()) {
            assertThat(store().verify(name, OnDamage.REPORT)).isInstanceOf(Verification.Whole.class);
        }
        assertThat(leftovers()).isZero();
    }

    private List<Sha256> list() throws IOException {
        try (Stream<Sha256> names = store().list()) {
            return names.toList();
        }
    }
}
