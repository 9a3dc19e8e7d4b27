package glasshouse.store.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.testkit.seed.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ChunkerTest {
    static final List<Vectors.Known> KNOWN = Vectors.ALL;

    @ParameterizedTest
    @FieldSource("KNOWN")
    void cutsWhereTheReferenceImplementationCuts(Vectors.Known known) {
        assertThat(ends(known.bytes(), known.bytes().length)).isEqualTo(known.ends());
        assertThat(naive(known.bytes())).isEqualTo(known.ends());
    }

    @ParameterizedTest
    @FieldSource("KNOWN")
    void namesChunksRangesAndFiles(Vectors.Known known) throws IOException {
        XetHasher hasher = new XetHasher();
        List<XetHash> chunks = new ArrayList<>();
        MerkleTree tree = new MerkleTree();
        ChunkSplitter splitter = new ChunkSplitter((bytes, offset, length) -> {
            XetHash hash = hasher.chunk(bytes, offset, length);
            chunks.add(hash);
            tree.add(hash, length);
        });
        splitter.write(known.bytes(), 0, known.bytes().length);
        splitter.finish();

        XetHash root = tree.root();
        assertThat(root).hasToString(known.root());
        assertThat(XetHasher.file(root)).hasToString(known.file());
        assertThat(tree.sizeBytes()).isEqualTo(known.bytes().length);
        if (!known.firstChunk().isEmpty()) {
            assertThat(chunks.getFirst()).hasToString(known.firstChunk());
        }
        if (!known.range().isEmpty()) {
            assertThat(hasher.range(chunks)).hasToString(known.range());
        }
    }

    @Test
    void howTheStreamIsDealtOutMakesNoDifference() {
        Seeds.check(30, random -> {
            byte[] bytes = bytes(random);
            List<Integer> expected = naive(bytes);
            assertThat(ends(bytes, bytes.length)).isEqualTo(expected);
            assertThat(ends(bytes, 1 + random.nextInt(300))).isEqualTo(expected);
            assertThat(ends(bytes, 8000 + random.nextInt(400))).isEqualTo(expected);
            assertThat(ends(bytes, 131_072)).isEqualTo(expected);
            assertThat(ends(bytes, 65_536 + random.nextInt(200_000))).isEqualTo(expected);
        });
    }

    @Test
    void theSplitterHandsOnEveryByteOnce() {
        Seeds.check(30, random -> {
            byte[] bytes = bytes(random);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            List<Integer> ends = new ArrayList<>();
            ChunkSplitter splitter = new ChunkSplitter((chunk, offset, length) -> {
                all.write(chunk, offset, length);
                ends.add(all.size());
            });
            for (int round = 0; round < 2; round++) {
                all.reset();
                ends.clear();
                int at = 0;
                while (at < bytes.length) {
                    int n = Math.min(bytes.length - at, random.nextInt(1 + random.nextInt(300_000)));
                    byte[] piece = new byte[n + 7];
                    System.arraycopy(bytes, at, piece, 3, n);
                    splitter.write(piece, 3, n);
                    Arrays.fill(piece, (byte) 0);
                    at += n;
                }
                splitter.finish();
                assertThat(all.toByteArray()).isEqualTo(bytes);
                assertThat(ends).isEqualTo(naive(bytes));
            }
        });
    }

    @Test
    void aChangeMovesOnlyTheCutsNearIt() {
        byte[] bytes = Vectors.splitMix(5, 4_000_000);
        byte[] longer = new byte[bytes.length + 1];
        System.arraycopy(bytes, 0, longer, 1, bytes.length);
        List<Integer> shifted = naive(bytes).stream().map(end -> end + 1).toList();
        assertThat(ends(longer, longer.length))
                .hasSizeGreaterThan(20)
                .endsWith(shifted.subList(10, shifted.size()).toArray(Integer[]::new));
    }

    @Test
    void nothingIsAllocatedForAChunk() throws IOException {
        byte[] bytes = Vectors.splitMix(9, 8_000_000);
        ChunkSplitter splitter = new ChunkSplitter((chunk, offset, length) -> {});
        splitter.write(bytes, 0, bytes.length);
        long before = Vectors.allocatedBytes();
        splitter.write(bytes, 0, bytes.length);
        splitter.finish();
        assertThat(Vectors.allocatedBytes() - before).as("for a hundred chunks").isLessThan(4000);
    }

    /** Random bytes, and runs of one byte among them, in which no cut is found. */
    private static byte[] bytes(SplittableRandom random) {
        byte[] bytes = new byte[random.nextInt(700_000)];
        random.nextBytes(bytes);
        for (int i = random.nextInt(3); i > 0 && bytes.length > 0; i--) {
            int from = random.nextInt(bytes.length);
            Arrays.fill(bytes, from, Math.min(bytes.length, from + random.nextInt(300_000)), (byte) random.nextInt());
        }
        return bytes;
    }

    private static List<Integer> ends(byte[] bytes, int piece) {
        Chunker chunker = new Chunker();
        List<Integer> ends = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += piece) {
            int to = Math.min(bytes.length, from + piece);
            int at = from;
            while (at >= 0 && at < to) {
                at = chunker.next(bytes, at, to);
                if (at >= 0) {
                    ends.add(at);
                }
            }
        }
        if (chunker.openBytes() > 0) {
            assertThat(chunker.openBytes()).isEqualTo(bytes.length - (ends.isEmpty() ? 0 : ends.getLast()));
            ends.add(bytes.length);
        }
        return ends;
    }

    /** The rule as it is written down. */
    private static List<Integer> naive(byte[] bytes) {
        long[] table = GearTable.constants();
        assertThat(table).hasSize(256);
        List<Integer> ends = new ArrayList<>();
        long hash = 0;
        int size = 0;
        for (int i = 0; i < bytes.length; i++) {
            hash = 2 * hash + table[bytes[i] & 0xFF];
            size++;
            if (size == 131_072 || size >= 8192 && hash >>> 48 == 0 || i == bytes.length - 1) {
                ends.add(i + 1);
                hash = 0;
                size = 0;
            }
        }
        return ends;
    }
}
