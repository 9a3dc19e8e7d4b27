package glasshouse.store.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class Blake3Test {
    private static final byte[] KEY = Vectors.splitMix(7, 32);
    private static final byte[] BYTES = Vectors.splitMix(3, 400 * 1024);

    /** Around the edges of blocks, leaves, groups of sixteen leaves and chunks. */
    private static TreeSet<Integer> lengths() {
        TreeSet<Integer> lengths = new TreeSet<>();
        for (int i = 0; i <= 130; i++) {
            lengths.add(i);
        }
        for (int edge : List.of(
                256, 512, 1024, 2048, 3072, 4096, 8192, 15360, 16384, 17408, 31744, 32768, 33792, 65536, 131072, 133120,
                262144, 300000)) {
            lengths.addAll(List.of(edge - 65, edge - 64, edge - 63, edge - 1, edge, edge + 1, edge + 63, edge + 65));
        }
        for (int leaves = 1; leaves < 70; leaves++) {
            lengths.add(leaves * 1024);
            lengths.add(leaves * 1024 + leaves * 7);
        }
        return lengths;
    }

    private static XetHash oracle(byte[] bytes, int offset, int length) {
        byte[] hash = org.apache.commons.codec.digest.Blake3.initKeyedHash(KEY)
                .update(bytes, offset, length)
                .doFinalize(32);
        return XetHash.of(hash, 0);
    }

    @Test
    void plainAndInLanesAgreeWithAnotherImplementation() {
        Blake3 plain = new Blake3(KEY, null);
        Blake3 inLanes = new Blake3(KEY, new VectorLanes());
        for (int length : lengths()) {
            XetHash expected = oracle(BYTES, 5, length);
            assertThat(plain.hash(BYTES, 5, length))
                    .as("plain, %d bytes", length)
                    .isEqualTo(expected);
            assertThat(inLanes.hash(BYTES, 5, length))
                    .as("in lanes, %d bytes", length)
                    .isEqualTo(expected);
        }
    }

    /** Lanes in plain Java: that they are dealt out well does not depend on vectors. */
    @Test
    void lanesAreDealtOutWell() {
        Lanes oneAfterAnother = (values, words, counters, flags) -> {
            for (int lane = 0; lane < Lanes.COUNT; lane++) {
                int[] value = new int[8];
                int[] block = new int[16];
                for (int i = 0; i < 16; i++) {
                    block[i] = words[16 * i + lane];
                    value[i % 8] = values[16 * (i % 8) + lane];
                }
                Block.compress(value, block, counters[lane], 64, flags);
                for (int i = 0; i < 8; i++) {
                    values[16 * i + lane] = value[i];
                }
            }
        };
        Blake3 hash = new Blake3(KEY, oneAfterAnother);
        for (int length : lengths()) {
            assertThat(hash.hash(BYTES, 0, length)).as("%d bytes", length).isEqualTo(oracle(BYTES, 0, length));
        }
    }

    @Test
    void nothingIsLeftFromWhatWasHashedBefore() {
        Blake3 hash = new Blake3(KEY);
        List<XetHash> first = new ArrayList<>();
        List<Integer> lengths = List.of(131072, 0, 1025, 300000, 64, 40000);
        lengths.forEach(length -> first.add(hash.hash(BYTES, 0, length)));
        for (int i = lengths.size() - 1; i >= 0; i--) {
            assertThat(hash.hash(BYTES, 0, lengths.get(i))).isEqualTo(first.get(i));
        }
    }

    @Test
    void readsNothingOutsideOfTheRange() {
        byte[] exact = Arrays.copyOfRange(BYTES, 1000, 1000 + 70_001);
        assertThat(new Blake3(KEY).hash(exact, 0, exact.length)).isEqualTo(oracle(BYTES, 1000, 70_001));
    }

    @Test
    void aKeyHas32Bytes() {
        assertThatThrownBy(() -> new Blake3(new byte[31])).hasMessageContaining("31");
    }

    @Test
    void theTestsRunWithTheModuleForVectors() {
        assertThat(ModuleLayer.boot().findModule("jdk.incubator.vector")).isPresent();
        assertThat(XetHasher.engine()).startsWith("blake3 in ");
    }
}
