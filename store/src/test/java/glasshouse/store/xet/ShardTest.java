package glasshouse.store.xet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ShardTest {
    private static final String SHA256 = "22d3f39abfecb364000102030405060708090a0b0c0d0e0f1011121314151617";

    private static XetHash hash(SplittableRandom random) {
        return new XetHash(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    private static Shard some(SplittableRandom random, boolean withFooter) {
        boolean ranges = random.nextBoolean();
        List<ShardFile> files = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            List<Term> terms = new ArrayList<>();
            List<XetHash> rangeHashes = new ArrayList<>();
            for (int n = random.nextInt(4); n > 0; n--) {
                int first = random.nextInt(8000);
                int end = first + 1 + random.nextInt(100);
                terms.add(new Term(hash(random), first, end, (end - first) * (1 + random.nextInt(131_072))));
                if (ranges) {
                    rangeHashes.add(hash(random));
                }
            }
            Optional<String> sha256 = random.nextBoolean()
                    ? Optional.of(HexFormat.of().formatHex(hash(random).bytes()))
                    : Optional.empty();
            files.add(new ShardFile(hash(random), terms, rangeHashes, sha256));
        }
        List<ShardXorb> xorbs = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            List<ShardChunk> chunks = new ArrayList<>();
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                chunks.add(new ShardChunk(hash(random), 1 + random.nextInt(131_072), random.nextBoolean()));
            }
            xorbs.add(new ShardXorb(hash(random), chunks, random.nextInt(1_000_000)));
        }
        Optional<ShardFooter> footer = withFooter
                ? Optional.of(new ShardFooter(
                        hash(random),
                        random.nextLong(),
                        random.nextLong(),
                        random.nextLong(),
                        random.nextLong(),
                        random.nextLong()))
                : Optional.empty();
        return new Shard(files, xorbs, footer);
    }

    @Test
    void whatIsWrittenIsReadAndWrittenAlike() {
        Seeds.check(200, random -> {
            Shard shard = some(random, random.nextBoolean());
            byte[] bytes = shard.write();
            assertThat(Shard.read(bytes)).isEqualTo(shard);
            assertThat(Shard.read(bytes).write()).isEqualTo(bytes);
        });
    }

    @Test
    void recordsLieWhereTheDocumentHasThem() {
        XetHash file = new XetHash(1, 2, 3, 4);
        XetHash xorb = new XetHash(5, 6, 7, 8);
        XetHash chunk = new XetHash(9, 10, 11, 12);
        Shard shard = new Shard(
                List.of(new ShardFile(file, List.of(new Term(xorb, 3, 5, 77)), List.of(chunk), Optional.of(SHA256))),
                List.of(new ShardXorb(
                        xorb, List.of(new ShardChunk(chunk, 70, false), new ShardChunk(chunk, 7, true)), 99)),
                Optional.of(new ShardFooter(new XetHash(20, 21, 22, 23), 24, -1, 26, 27, 28)));
        ByteBuffer bytes = ByteBuffer.wrap(shard.write()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(HexFormat.of().formatHex(bytes.array(), 0, 48))
                .isEqualTo("48465265706f4d6574614461746100556967456a7b815783a5bdd95ccdd14aa9" + "0200000000000000"
                        + "c800000000000000");
        record(bytes, 1, file, 0xC000_0000, 1, 0, 0);
        record(bytes, 2, xorb, 0, 77, 3, 5);
        record(bytes, 3, chunk, 0, 0, 0, 0);
        assertThat(HexFormat.of().formatHex(bytes.array(), 4 * 48, 4 * 48 + 16))
                .as("reversed in groups of eight")
                .isEqualTo("64b3ecbf9af3d322" + "0706050403020100");
        record(bytes, 5, new XetHash(-1, -1, -1, -1), 0, 0, 0, 0);
        record(bytes, 6, xorb, 0, 2, 77, 99);
        record(bytes, 7, chunk, 0, 70, 0, 0);
        record(bytes, 8, chunk, 70, 7, 0x8000_0000, 0);
        record(bytes, 9, new XetHash(-1, -1, -1, -1), 0, 0, 0, 0);
        long[] footer = new long[25];
        bytes.position(480).asLongBuffer();
        for (int i = 0; i < 25; i++) {
            footer[i] = bytes.getLong(480 + 8 * i);
        }
        assertThat(footer)
                .containsExactly(
                        1, 48, 288, 0, 0, 0, 0, 0, 0, 20, 21, 22, 23, 24, -1, 0, 0, 0, 0, 0, 0, 26, 27, 28, 480);
        assertThat(bytes.capacity()).isEqualTo(680);
    }

    private static void record(ByteBuffer bytes, int number, XetHash hash, int... words) {
        int at = 48 * number;
        assertThat(XetHash.of(bytes.array(), at)).isEqualTo(hash);
        for (int i = 0; i < 4; i++) {
            assertThat(bytes.getInt(at + 32 + 4 * i))
                    .as("record %d word %d", number, i)
                    .isEqualTo(words[i]);
        }
    }

    @Test
    void aShardThatIsCutIsRefused() {
        Seeds.check(
                30,
                random -> Damage.cuts(some(random, random.nextBoolean()).write())
                        .forEach(cut -> assertThatThrownBy(() -> Shard.read(cut))
                                .isInstanceOf(BadShard.class)
                                .satisfies(bad -> assertThat(((BadShard) bad).offsetBytes())
                                        .isBetween(0L, (long) cut.length))));
    }

    @Test
    void aShardWithOneBitFlippedIsRefusedOrSaysSomethingElseOrNothingNew() {
        Seeds.check(20, random -> {
            byte[] whole = some(random, random.nextBoolean()).write();
            Damage.flips(whole, whole.length).forEach(ShardTest::readsOrRefuses);
        });
    }

    @Test
    void noiseIsRefusedOrRead() {
        Seeds.check(2000, random -> {
            readsOrRefuses(Damage.noise(some(random, random.nextBoolean()).write(), 6, random));
        });
    }

    private static void readsOrRefuses(byte[] damaged) {
        try {
            Shard read = Shard.read(damaged);
            assertThat(Shard.read(read.write())).isEqualTo(read);
        } catch (BadShard bad) {
            assertThat(bad).hasMessageContaining(bad.reason());
        }
    }

    @Test
    void countsAreComparedWithWhatCanFollow() {
        byte[] whole = new Shard(
                        List.of(new ShardFile(XetHash.ZERO, List.of(), List.of(), Optional.empty())),
                        List.of(new ShardXorb(XetHash.ZERO, List.of(new ShardChunk(XetHash.ZERO, 1, false)), 0)),
                        Optional.empty())
                .write();
        for (int count : new int[] {10, 1 << 20, Integer.MAX_VALUE, Integer.MIN_VALUE, -1}) {
            assertThatThrownBy(() -> Shard.read(with(whole, 48 + 36, count)))
                    .isInstanceOf(BadShard.class)
                    .hasMessageStartingWith("shard, byte 48: announces");
            assertThatThrownBy(() -> Shard.read(with(whole, 3 * 48 + 36, count)))
                    .isInstanceOf(BadShard.class)
                    .hasMessageStartingWith("shard, byte 144: ");
        }
        // A size that nobody announced does not make a list large either: it grows with what comes.
        byte[] announced = Arrays.copyOf(with(whole, 48 + 36, 100_000_000), 96);
        ShardReader reader = new ShardReader(new ByteArrayInputStream(announced), 1L << 40);
        assertThatThrownBy(reader::next).hasMessageContaining("cut off");
    }

    @Test
    void aHostileCountMakesNothingLarge() throws IOException {
        byte[] whole = new Shard(
                        List.of(new ShardFile(XetHash.ZERO, List.of(), List.of(), Optional.empty())),
                        List.of(),
                        Optional.empty())
                .write();
        byte[] hostile = with(whole, 48 + 36, 1_300_000);
        new ShardReader(new ByteArrayInputStream(whole), whole.length).next();
        long before = Vectors.allocatedBytes();
        ShardReader reader = new ShardReader(new ByteArrayInputStream(hostile), ShardReader.MAX_BYTES);
        assertThatThrownBy(reader::next).isInstanceOf(BadShard.class);
        assertThat(Vectors.allocatedBytes() - before).isLessThan(200_000);
    }

    @Test
    void whatBreaksTheRulesIsRefused() {
        XetHash one = new XetHash(1, 1, 1, 1);
        byte[] whole = new Shard(
                        List.of(
                                new ShardFile(one, List.of(new Term(one, 0, 2, 50)), List.of(one), Optional.empty()),
                                new ShardFile(one, List.of(new Term(one, 1, 2, 5)), List.of(one), Optional.empty())),
                        List.of(new ShardXorb(
                                one, List.of(new ShardChunk(one, 10, false), new ShardChunk(one, 20, false)), 0)),
                        Optional.empty())
                .write();
        // 48 file, 96 term, 144 range, 192 file, 240 term, 288 range, 336 end, 384 xorb, 432 and 480 chunk, 528 end
        refused(whole, 0, 0, "no shard begins");
        refused(whole, 32, 3, "version 3");
        refused(whole, 40, 199, "a footer of 199 bytes");
        refused(whole, 40, 200, "cut off");
        refused(whole, 48 + 32, 0x8000_0001, "flags");
        refused(whole, 192 + 32, 0, "either all files");
        refused(whole, 96 + 40, 2, "chunks 2 to 2");
        refused(whole, 96 + 40, -1, "chunks 4294967295 to 2");
        refused(whole, 96 + 44, 8193, "chunks 0 to 8193");
        refused(whole, 96 + 36, 1, "2 chunks and 1 bytes");
        refused(whole, 96 + 36, 262_145, "2 chunks and 262145 bytes");
        refused(whole, 384 + 36, 0, "0 chunks");
        refused(whole, 384 + 36, 8193, "8193 chunks");
        refused(whole, 384 + 40, 31, "of 31 bytes whose chunks have 30");
        refused(whole, 384 + 44, -1, "stored in 4294967295 bytes");
        refused(whole, 480 + 32, 9, "begins at 9 where the one before ended at 10");
        refused(whole, 480 + 36, 131_073, "131073 bytes");
        refused(whole, 480 + 36, 0, "0 bytes");
        refused(whole, 480 + 40, 1, "flags 1");
        assertThatThrownBy(() -> Shard.read(Arrays.copyOf(whole, whole.length + 1)))
                .hasMessageContaining("follows the end");
    }

    private static void refused(byte[] whole, int at, int value, String reason) {
        assertThatThrownBy(() -> Shard.read(with(whole, at, value)))
                .isInstanceOf(BadShard.class)
                .hasMessageContaining(reason);
    }

    private static byte[] with(byte[] bytes, int at, int value) {
        byte[] changed = bytes.clone();
        ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        return changed;
    }

    @Test
    void tablesBeforeTheFooterAreSkipped() throws IOException {
        SplittableRandom random = new SplittableRandom(8);
        for (int tableBytes : new int[] {0, 12, 160, 8192, 30_000}) {
            Shard shard = some(random, true);
            byte[] bytes = shard.write();
            int footer = bytes.length - 200;
            byte[] table = new byte[tableBytes];
            random.nextBytes(table);
            byte[] with = Lz4FrameTest.join(
                    Arrays.copyOf(bytes, footer), table, Arrays.copyOfRange(bytes, footer, bytes.length));
            ByteBuffer words = ByteBuffer.wrap(with).order(ByteOrder.LITTLE_ENDIAN);
            words.putLong(with.length - 8, footer + tableBytes);
            words.putLong(footer + tableBytes + 24, footer).putLong(footer + tableBytes + 32, tableBytes / 12);
            assertThat(Shard.read(with)).isEqualTo(shard);

            words.putLong(footer + tableBytes + 32, tableBytes / 12 + 1);
            assertThatThrownBy(() -> Shard.read(with)).hasMessageContaining("a table of");
            words.putLong(footer + tableBytes + 32, -1);
            assertThatThrownBy(() -> Shard.read(with)).hasMessageContaining("a table of");
            words.putLong(footer + tableBytes + 32, 0).putLong(with.length - 8, 1);
            assertThatThrownBy(() -> Shard.read(with)).hasMessageContaining("does not say where");
        }
    }

    @Test
    void noMoreIsReadThanAllowed() throws IOException {
        byte[] head = Arrays.copyOf(some(new SplittableRandom(1), true).write(), 48);
        byte[] ends = new byte[48];
        Arrays.fill(ends, 0, 32, (byte) -1);
        InputStream endless = new InputStream() {
            private long at;

            @Override
            public int read() {
                long i = at++;
                return i < 48 ? head[(int) i] & 0xFF : i < 144 ? ends[(int) (i % 48)] & 0xFF : 0;
            }
        };
        ShardReader reader = new ShardReader(endless, 100_000);
        assertThatThrownBy(reader::next).isInstanceOf(BadShard.class).hasMessageContaining("within 100000 bytes");
        ShardReader cut = new ShardReader(new ByteArrayInputStream(head, 0, 40), 40);
        assertThatThrownBy(cut::next).isInstanceOf(BadShard.class).hasMessageContaining("cut off");
        ShardReader small = new ShardReader(new ByteArrayInputStream(head), 40);
        assertThatThrownBy(small::next).isInstanceOf(BadShard.class).hasMessageContaining("within 40 bytes");
    }

    @Test
    void aReplyHidesTheNamesOfChunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        XorbWriter writer = new XorbWriter(body);
        byte[] bytes = {1, 2, 3};
        XetHash chunk = new XetHasher().chunk(bytes, 0, 3);
        writer.add(chunk, bytes, 0, 3);
        XetHash key = new XetHash(4, 3, 2, 1);
        ShardXorb xorb = ShardXorb.of(writer.xorb());
        assertThat(xorb.encodedBytes()).isEqualTo(11);
        assertThat(xorb.rawBytes()).isEqualTo(3);

        Shard reply = new Shard(List.of(), List.of(xorb.keyed(key)), Optional.of(ShardFooter.ofReply(key, 10, 20)));
        Shard read = Shard.read(reply.write());
        byte[] expected = org.apache.commons.codec.digest.Blake3.initKeyedHash(key.bytes())
                .update(chunk.bytes())
                .doFinalize(32);
        assertThat(read.xorbs().getFirst().chunks().getFirst().hash()).isEqualTo(XetHash.of(expected, 0));
        assertThat(read.xorbs().getFirst().hash()).isEqualTo(xorb.hash());
        assertThat(read.footer()).contains(new ShardFooter(key, 10, 20, 0, 0, 0));
    }

    @Test
    void theWriterKeepsTheOrderAndTheRules() throws IOException {
        XetHash one = new XetHash(1, 1, 1, 1);
        ShardFile with = new ShardFile(one, List.of(new Term(one, 0, 1, 5)), List.of(one), Optional.empty());
        ShardFile without = new ShardFile(one, List.of(new Term(one, 0, 1, 5)), List.of(), Optional.empty());
        ShardFile empty = new ShardFile(XetHash.ZERO, List.of(), List.of(), Optional.of(SHA256));
        assertThatThrownBy(() -> new Shard(List.of(with, without), List.of(), Optional.empty()).write())
                .isInstanceOf(IllegalArgumentException.class);
        for (ShardFile other : List.of(with, without)) {
            Shard shard = new Shard(List.of(empty, other, empty), List.of(), Optional.empty());
            assertThat(Shard.read(shard.write())).isEqualTo(shard);
        }
        ShardWriter writer = new ShardWriter(new ByteArrayOutputStream(), Optional.empty());
        writer.xorb(new ShardXorb(one, List.of(new ShardChunk(one, 1, true)), 0));
        assertThatThrownBy(() -> writer.file(with)).isInstanceOf(IllegalStateException.class);
        writer.finish();
        assertThatThrownBy(writer::finish).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void recordsRefuseWhatNoShardCanSay() {
        XetHash one = new XetHash(1, 1, 1, 1);
        XetHash end = new XetHash(-1, -1, -1, -1);
        List<ShardChunk> chunks = List.of(new ShardChunk(one, 1, true));
        assertThatThrownBy(() -> new ShardFile(end, List.of(), List.of(), Optional.empty()))
                .hasMessageContaining("name");
        assertThatThrownBy(() -> new ShardFile(one, List.of(), List.of(one), Optional.empty()))
                .hasMessageContaining("1");
        assertThatThrownBy(() -> new ShardFile(one, List.of(), List.of(), Optional.of("AB")))
                .hasMessageContaining("AB");
        assertThatThrownBy(() -> new ShardXorb(end, chunks, 0)).hasMessageContaining("name");
        assertThatThrownBy(() -> new ShardXorb(one, List.of(), 0)).hasMessageContaining("0 chunks");
        assertThatThrownBy(() -> new ShardChunk(one, 0, true)).hasMessageContaining("0 bytes");
        assertThatThrownBy(() -> new Term(one, 1, 1, 1)).hasMessageContaining("1 to 1");
        assertThatThrownBy(() -> new Term(one, 1, 2, 131_073)).hasMessageContaining("131073");
    }
}
