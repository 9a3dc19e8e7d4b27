package glasshouse.store.chunk;

/**
 * The compression function of BLAKE3 for one block, in plain Java. The compiler keeps the array of the state in registers because
 * it never leaves the method once all is inlined.
 */
final class Block {
    static final int BYTES = 64;

    static final int CHUNK_START = 1;
    static final int CHUNK_END = 2;
    static final int PARENT = 4;
    static final int ROOT = 8;
    static final int KEYED_HASH = 16;

    static final int IV_0 = 0x6A09E667;
    static final int IV_1 = 0xBB67AE85;
    static final int IV_2 = 0x3C6EF372;
    static final int IV_3 = 0xA54FF53A;

    /** Which word each step takes: 16 for each of seven rounds. Each round permutes the words of the one before. */
    static final int[] ORDER = order();

    private Block() {}

    private static int[] order() {
        int[] permutation = {2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8};
        int[] order = new int[7 * 16];
        for (int i = 0; i < order.length; i++) {
            order[i] = i < 16 ? i : order[i / 16 * 16 - 16 + permutation[i % 16]];
        }
        return order;
    }

    /**
     * Compresses a block.
     *
     * @param values the 8 chaining values; replaced by the new ones
     * @param words the 16 words of the block
     * @param counter below 2^32
     * @param length how many bytes of the block count: 0 to 64
     */
    static void compress(int[] values, int[] words, int counter, int length, int flags) {
        int[] v = {
            values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7], IV_0, IV_1, IV_2,
            IV_3, counter, 0, length, flags
        };
        for (int at = 0; at < 7 * 16; at += 16) {
            mix(v, 0, 4, 8, 12, words[ORDER[at]], words[ORDER[at + 1]]);
            mix(v, 1, 5, 9, 13, words[ORDER[at + 2]], words[ORDER[at + 3]]);
            mix(v, 2, 6, 10, 14, words[ORDER[at + 4]], words[ORDER[at + 5]]);
            mix(v, 3, 7, 11, 15, words[ORDER[at + 6]], words[ORDER[at + 7]]);
            mix(v, 0, 5, 10, 15, words[ORDER[at + 8]], words[ORDER[at + 9]]);
            mix(v, 1, 6, 11, 12, words[ORDER[at + 10]], words[ORDER[at + 11]]);
            mix(v, 2, 7, 8, 13, words[ORDER[at + 12]], words[ORDER[at + 13]]);
            mix(v, 3, 4, 9, 14, words[ORDER[at + 14]], words[ORDER[at + 15]]);
        }
        for (int i = 0; i < 8; i++) {
            values[i] = v[i] ^ v[i + 8];
        }
    }

    private static void mix(int[] v, int a, int b, int c, int d, int one, int other) {
        v[a] += v[b] + one;
        v[d] = Integer.rotateRight(v[d] ^ v[a], 16);
        v[c] += v[d];
        v[b] = Integer.rotateRight(v[b] ^ v[c], 12);
        v[a] += v[b] + other;
        v[d] = Integer.rotateRight(v[d] ^ v[a], 8);
        v[c] += v[d];
        v[b] = Integer.rotateRight(v[b] ^ v[c], 7);
    }
}
