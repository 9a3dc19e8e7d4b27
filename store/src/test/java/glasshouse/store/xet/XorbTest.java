package glasshouse.store.xet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glasshouse.store.chunk.ChunkSplitter;
import glasshouse.store.chunk.Vectors;
import glasshouse.store.chunk.XetHash;
import glasshouse.store.chunk.XetHasher;
import glasshouse.testkit.bytes.Damage;
import glasshouse.testkit.seed.Seeds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class XorbTest {
    private record Read(Xorb xorb, List<byte[]> raw, byte[] encoded) {}

    private static Read read(byte[] body) throws IOException {
        return read(new ByteArrayInputStream(body));
    }

    private static Read read(InputStream body) throws IOException {
        XorbReader reader = new XorbReader(body);
        List<byte[]> raw = new ArrayList<>();
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        while (reader.next()) {
            raw.add(Arrays.copyOf(reader.raw(), reader.header().rawBytes()));
            encoded.write(reader.encoded(), 0, reader.encodedBytes());
        }
        assertThat(reader.next()).isFalse();
        return new Read(reader.xorb(), raw, encoded.toByteArray());
    }

    /** A chunk of any header before any bytes. */
    private static byte[] chunk(int version, int stored, int scheme, int raw, byte[] bytes) {
        byte[] chunk = new byte[8 + bytes.length];
        ByteBuffer.wrap(chunk)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(version | stored << 8)
                .putInt(scheme | raw << 8)
                .put(bytes);
        return chunk;
    }

    private static byte[] stored(byte... bytes) {
        return chunk(0, bytes.length, 0, bytes.length, bytes);
    }

    private static byte[] small(SplittableRandom random, int chunks) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        XorbWriter writer = new XorbWriter(out);
        for (int i = 0; i < chunks; i++) {
            byte[] bytes = Lz4FrameTest.compressible(random, 1 + random.nextInt(200));
            writer.add(new XetHasher().chunk(bytes, 0, bytes.length), Scheme.values()[i % 3], bytes, 0, bytes.length);
        }
        if (random.nextBoolean()) {
            out.writeBytes(XorbFooter.write(writer.xorb()));
        }
        return out.toByteArray();
    }

    @Test
    void whatIsWrittenIsReadAndNamedAlike() {
        Seeds.check(15, random -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            XorbWriter writer = new XorbWriter(out);
            XetHasher hasher = new XetHasher();
            List<byte[]> chunks = new ArrayList<>();
            int count = 1 + random.nextInt(40);
            for (int i = 0; i < count; i++) {
                byte[] bytes =
                        Lz4FrameTest.compressible(random, 1 + random.nextInt(random.nextInt(5) == 0 ? 131_072 : 3000));
                chunks.add(bytes);
                XetHash hash = hasher.chunk(bytes, 0, bytes.length);
                assertThat(writer.chunks()).isEqualTo(i);
                if (random.nextBoolean()) {
                    writer.add(hash, bytes, 0, bytes.length);
                } else {
                    writer.add(hash, Scheme.values()[random.nextInt(3)], bytes, 0, bytes.length);
                }
            }
            byte[] body = out.toByteArray();
            Read read = read(body);
            assertThat(read.raw()).containsExactlyElementsOf(chunks);
            assertThat(read.encoded()).isEqualTo(body);
            assertThat(read.xorb()).isEqualTo(writer.xorb());
            assertThat(read.xorb().encodedBytes()).isEqualTo(body.length);

            byte[] footer = XorbFooter.write(read.xorb());
            assertThat(XorbFooter.bytesFromEnd(Arrays.copyOfRange(footer, footer.length - 4, footer.length)))
                    .isEqualTo(footer.length);
            assertThat(XorbFooter.read(footer)).isEqualTo(read.xorb());
            footer[footer.length - 20] = (byte) random.nextInt();
            Read withFooter = read(Lz4FrameTest.join(body, footer));
            assertThat(withFooter.xorb()).isEqualTo(read.xorb());
            assertThat(withFooter.encoded()).isEqualTo(body);

            ChunkCodec codec = new ChunkCodec();
            byte[] raw = new byte[131_072];
            int i = random.nextInt(count);
            int start = read.xorb().encodedStart(i);
            int size = codec.decode(body, start, read.xorb().encodedStart(i + 1) - start, raw, 0);
            assertThat(Arrays.copyOf(raw, size)).isEqualTo(chunks.get(i));
        });
    }

    @Test
    void theWriterPicksTheWayThatSuits() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        XorbWriter writer = new XorbWriter(out);
        List<byte[]> chunks = List.of(
                Vectors.splitMix(1, 40_000),
                Arrays.copyOf(Vectors.semicolons(), 131_072),
                Arrays.copyOf(Vectors.floats(), 131_072));
        for (byte[] bytes : chunks) {
            writer.add(new XetHasher().chunk(bytes, 0, bytes.length), bytes, 0, bytes.length);
        }
        XorbReader reader = new XorbReader(new ByteArrayInputStream(out.toByteArray()));
        List<Scheme> schemes = new ArrayList<>();
        while (reader.next()) {
            schemes.add(reader.header().scheme());
        }
        assertThat(schemes).containsExactly(Scheme.STORED, Scheme.LZ4, Scheme.GROUPED_LZ4);
        assertThat(reader.xorb().encodedStart(2) - reader.xorb().encodedStart(1))
                .isLessThan(700);
        assertThat(reader.xorb().encodedBytes() - reader.xorb().encodedStart(2)).isLessThan(120_000);
    }

    @Test
    void aXorbThatIsCutIsRefusedOrAnotherOne() {
        Seeds.check(6, random -> {
            byte[] whole = small(random, 6);
            XetHash name = read(whole).xorb().hash();
            int without = read(whole).xorb().encodedBytes();
            Damage.cuts(whole).forEach(cut -> {
                try {
                    Read read = read(cut);
                    assertThat(read.xorb().hash().equals(name)).isEqualTo(cut.length == without);
                } catch (BadXorb bad) {
                    assertThat(bad.reason()).isNotBlank();
                    assertThat(bad.offsetBytes()).isBetween(0L, (long) cut.length);
                } catch (IOException other) {
                    throw new AssertionError(other);
                }
            });
        });
    }

    @Test
    void aXorbWithOneBitFlippedIsRefusedOrHasTheSameChunksOrAnotherName() {
        Seeds.check(2, random -> {
            byte[] whole = small(random, 6);
            Read right = read(whole);
            Damage.flips(whole, whole.length).forEach(damaged -> {
                try {
                    Read read = read(damaged);
                    boolean same = read.raw().size() == right.raw().size();
                    for (int i = 0; same && i < read.raw().size(); i++) {
                        same = Arrays.equals(read.raw().get(i), right.raw().get(i));
                    }
                    assertThat(read.xorb().hash().equals(right.xorb().hash())).isEqualTo(same);
                } catch (BadXorb bad) {
                    assertThat(bad.reason()).isNotBlank();
                } catch (IOException other) {
                    throw new AssertionError(other);
                }
            });
        });
    }

    @Test
    void noiseIsRefusedOrRead() {
        Seeds.check(300, random -> {
            byte[] damaged = Damage.noise(small(random, 5), 8, random);
            try {
                read(damaged);
            } catch (BadXorb bad) {
                assertThat(bad).hasMessageContaining(bad.reason());
            }
        });
    }

    @Test
    void everyFootersBitCounts() {
        Seeds.check(3, random -> {
            byte[] footer = XorbFooter.write(read(small(random, 5)).xorb());
            Xorb right = XorbFooter.read(footer);
            for (int bit = 0; bit < footer.length * 8; bit++) {
                byte[] damaged = footer.clone();
                damaged[bit / 8] ^= (byte) (1 << bit % 8);
                try {
                    // A place where an encoded chunk ends says nothing that the footer could check.
                    Xorb read = XorbFooter.read(damaged);
                    assertThat(read.hash()).isEqualTo(right.hash());
                } catch (BadXorb bad) {
                    assertThat(bad.reason()).isNotBlank();
                }
            }
            Damage.cuts(footer)
                    .forEach(cut ->
                            assertThatThrownBy(() -> XorbFooter.read(cut)).isInstanceOf(BadXorb.class));
            assertThatThrownBy(() -> XorbFooter.bytesFromEnd(new byte[] {-1, -1, -1, -1}))
                    .hasMessageContaining("4294967295");
            assertThatThrownBy(() -> XorbFooter.bytesFromEnd(new byte[] {0, 0, 0, 0}))
                    .isInstanceOf(BadXorb.class);
        });
    }

    @Test
    void headersThatBreakALimitAreRefused() {
        byte[] one = {7};
        refused("no chunk at all");
        refused("cut off", 0, 1, 0);
        refused("version 1", chunk(1, 1, 0, 1, one));
        refused("version 255", chunk(255, 1, 0, 1, one));
        for (int scheme : List.of(3, 4, 99, 255)) {
            refused("compression scheme " + scheme, chunk(0, 1, scheme, 1, one));
        }
        refused("a chunk of 0 bytes", chunk(0, 1, 1, 0, one));
        refused("a chunk of 131073 bytes", chunk(0, 131_073, 0, 131_073, new byte[131_073]));
        refused("a chunk of 16777215 bytes", chunk(0, 5, 1, 0xFFFFFF, new byte[5]));
        refused("stored in 0 bytes", chunk(0, 0, 1, 1, new byte[0]));
        refused("stored in 262145 bytes", chunk(0, 262_145, 1, 1, new byte[262_145]));
        refused("stored in 16777215 bytes", chunk(0, 0xFFFFFF, 2, 1, one));
        refused("as it is, in 2", chunk(0, 2, 0, 1, new byte[2]));
        refused("of which 1 are there", chunk(0, 2, 0, 2, one));
        refused("lz4 frame", chunk(0, 20, 1, 20, new byte[20]));
    }

    @Test
    void aFooterAloneIsNoXorb() {
        byte[] magic = "XETBLOB".getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> read(Arrays.copyOf(magic, 300))).hasMessageContaining("version 88");
    }

    private static void refused(String reason, int... bytes) {
        byte[] body = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            body[i] = (byte) bytes[i];
        }
        refused(reason, body);
    }

    private static void refused(String reason, byte[] body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(BadXorb.class).hasMessageContaining(reason);
        if (body.length > 0) {
            byte[] second = Lz4FrameTest.join(stored((byte) 1), body);
            assertThatThrownBy(() -> read(second))
                    .isInstanceOf(BadXorb.class)
                    .hasMessageStartingWith("xorb, byte 9: ")
                    .hasMessageContaining(reason);
        }
    }

    @Test
    void aFooterHasToAgree() throws IOException {
        byte[] body = Lz4FrameTest.join(stored((byte) 1, (byte) 2), stored((byte) 3));
        byte[] footer = XorbFooter.write(read(body).xorb());
        assertThat(read(Lz4FrameTest.join(body, footer)).raw()).hasSize(2);
        byte[] old = footer.clone();
        old[7] = 0;
        refusedFooter(body, old, "does not agree");
        byte[] other = footer.clone();
        other[60] ^= 1;
        refusedFooter(body, other, "does not agree");
        refusedFooter(body, Arrays.copyOf(footer, footer.length - 1), "cut off");
        refusedFooter(body, Arrays.copyOf(footer, footer.length + 1), "follows");
        refusedFooter(Lz4FrameTest.join(body, stored((byte) 3)), footer, "does not agree");
    }

    private static void refusedFooter(byte[] body, byte[] footer, String reason) {
        assertThatThrownBy(() -> read(Lz4FrameTest.join(body, footer)))
                .isInstanceOf(BadXorb.class)
                .hasMessageContaining(reason);
    }

    @Test
    void moreThan8192ChunksAreRefused() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        XorbWriter writer = new XorbWriter(out);
        byte[] bytes = new byte[1];
        XetHash hash = new XetHasher().chunk(bytes, 0, 1);
        while (writer.hasRoomFor(1)) {
            writer.add(hash, bytes, 0, 1);
        }
        assertThatThrownBy(() -> writer.add(hash, bytes, 0, 1)).isInstanceOf(IllegalStateException.class);
        assertThat(read(out.toByteArray()).raw()).hasSize(8192);
        byte[] footer = XorbFooter.write(writer.xorb());
        assertThat(footer).hasSize(XorbFooter.MAX_BYTES);
        assertThat(read(Lz4FrameTest.join(out.toByteArray(), footer)).xorb()).isEqualTo(writer.xorb());
        assertThat(XorbFooter.read(footer)).isEqualTo(writer.xorb());
        out.writeBytes(stored((byte) 1));
        assertThatThrownBy(() -> read(out.toByteArray())).hasMessageContaining("more than 8192 chunks");
    }

    /** The same chunk again and again; it stops being asked when the reader has seen enough. */
    private static InputStream endless(byte[] chunk) {
        return new InputStream() {
            private int at;

            @Override
            public int read() {
                at = at == chunk.length ? 1 : at + 1;
                return chunk[at - 1] & 0xFF;
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                int n = Math.min(length, chunk.length - at % chunk.length);
                System.arraycopy(chunk, at % chunk.length, into, offset, n);
                at = (at + n) % chunk.length;
                return n;
            }
        };
    }

    @Test
    void moreThan64MiBAreRefusedButIncompressibleChunksMayFillThem() {
        byte[] chunk = stored(new byte[131_072]);
        XorbReader reader = new XorbReader(endless(chunk));
        assertThatThrownBy(() -> {
                    while (reader.next()) {
                        assertThat(reader.header().rawBytes()).isEqualTo(131_072);
                    }
                })
                .isInstanceOf(BadXorb.class)
                .hasMessageContaining("more than 67174400 bytes")
                .satisfies(
                        bad -> assertThat(((BadXorb) bad).offsetBytes()).isGreaterThanOrEqualTo(512L * chunk.length));
    }

    @Test
    void aBombIsRefusedAtItsFirstByteTooMany() throws IOException {
        byte[] zeros = new byte[262_144];
        byte[] out = new byte[262_144];
        int end = Lz4Frame.encode(new Lz4Encoder(), zeros, 0, zeros.length, out, 0, out.length);
        byte[] frame = Arrays.copyOf(out, end);
        refused("more bytes than it may", chunk(0, end, 1, 131_072, frame));
        refused("more bytes than it may", chunk(0, end, 2, 131_072, frame));
        int half = Lz4Frame.encode(new Lz4Encoder(), zeros, 0, 131_072, out, 0, out.length);
        byte[] two = Lz4FrameTest.join(Arrays.copyOf(out, half), Arrays.copyOf(out, half));
        refused("more bytes than it may", chunk(0, two.length, 1, 131_072, two));
        refused("decodes to 131072", chunk(0, half, 1, 131_071, Arrays.copyOf(out, half)), "more bytes");
        assertThat(read(chunk(0, half, 1, 131_072, Arrays.copyOf(out, half)))
                        .raw()
                        .getFirst())
                .isEqualTo(new byte[131_072]);
        byte[] ten = Lz4FrameTest.frame(0x60, new byte[10], new byte[] {(byte) 0xA0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
        refused("a chunk of 11 bytes decodes to 10", chunk(0, ten.length, 1, 11, ten));
    }

    @Test
    void whateverComesMemoryStaysBounded() throws IOException {
        byte[] zeros = new byte[131_072];
        byte[] out = new byte[ChunkCodec.MAX_ENCODED_BYTES];
        int size = new ChunkCodec().encode(Scheme.GROUPED_LZ4, zeros, 0, zeros.length, out, 0);
        read(Arrays.copyOf(out, size));
        long before = Vectors.allocatedBytes();
        // A gibibyte in four megabytes: as much as there can be.
        XorbReader reader = new XorbReader(endless(Arrays.copyOf(out, size)));
        for (int i = 0; i < 300; i++) {
            assertThat(reader.next()).isTrue();
        }
        assertThat(Vectors.allocatedBytes() - before).isLessThan(1_500_000);
    }

    private static void refused(String either, byte[] body, String or) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOf(BadXorb.class)
                .satisfies(bad -> assertThat(bad.getMessage()).containsAnyOf(either, or));
    }

    @Test
    void aFileOfManyChunksGoesThroughSplitterWriterAndReader() throws IOException {
        byte[] bytes = Lz4FrameTest.compressible(new SplittableRandom(3), 3_000_000);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        XorbWriter writer = new XorbWriter(out);
        XetHasher hasher = new XetHasher();
        ChunkSplitter splitter = new ChunkSplitter(
                (chunk, offset, length) -> writer.add(hasher.chunk(chunk, offset, length), chunk, offset, length));
        splitter.write(bytes, 0, bytes.length);
        splitter.finish();
        Read read = read(out.toByteArray());
        assertThat(Lz4FrameTest.join(read.raw().toArray(byte[][]::new))).isEqualTo(bytes);
        assertThat(read.xorb()).isEqualTo(writer.xorb());
    }
}
