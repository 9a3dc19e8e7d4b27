package glasshouse.store.chunk;

/**
 * The compression function of BLAKE3 for one block, in plain Java. The state is in local variables, which is a sixth faster than
 * an array and steps as methods; so the method is long.
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
    @SuppressWarnings("AssignmentExpression")
    static void compress(int[] values, int[] words, int counter, int length, int flags) {
        int v0 = values[0], v1 = values[1], v2 = values[2], v3 = values[3];
        int v4 = values[4], v5 = values[5], v6 = values[6], v7 = values[7];
        int v8 = IV_0, v9 = IV_1, v10 = IV_2, v11 = IV_3;
        int v12 = counter, v13 = 0, v14 = length, v15 = flags;
        for (int at = 0; at < 7 * 16; at += 16) {
            v0 += v4 + words[ORDER[at]];
            v8 += v12 = Integer.rotateRight(v12 ^ v0, 16);
            v4 = Integer.rotateRight(v4 ^ v8, 12);
            v1 += v5 + words[ORDER[at + 2]];
            v9 += v13 = Integer.rotateRight(v13 ^ v1, 16);
            v5 = Integer.rotateRight(v5 ^ v9, 12);
            v2 += v6 + words[ORDER[at + 4]];
            v10 += v14 = Integer.rotateRight(v14 ^ v2, 16);
            v6 = Integer.rotateRight(v6 ^ v10, 12);
            v3 += v7 + words[ORDER[at + 6]];
            v11 += v15 = Integer.rotateRight(v15 ^ v3, 16);
            v7 = Integer.rotateRight(v7 ^ v11, 12);
            v0 += v4 + words[ORDER[at + 1]];
            v8 += v12 = Integer.rotateRight(v12 ^ v0, 8);
            v4 = Integer.rotateRight(v4 ^ v8, 7);
            v1 += v5 + words[ORDER[at + 3]];
            v9 += v13 = Integer.rotateRight(v13 ^ v1, 8);
            v5 = Integer.rotateRight(v5 ^ v9, 7);
            v2 += v6 + words[ORDER[at + 5]];
            v10 += v14 = Integer.rotateRight(v14 ^ v2, 8);
            v6 = Integer.rotateRight(v6 ^ v10, 7);
            v3 += v7 + words[ORDER[at + 7]];
            v11 += v15 = Integer.rotateRight(v15 ^ v3, 8);
            v7 = Integer.rotateRight(v7 ^ v11, 7);
            v0 += v5 + words[ORDER[at + 8]];
            v10 += v15 = Integer.rotateRight(v15 ^ v0, 16);
            v5 = Integer.rotateRight(v5 ^ v10, 12);
            v1 += v6 + words[ORDER[at + 10]];
            v11 += v12 = Integer.rotateRight(v12 ^ v1, 16);
            v6 = Integer.rotateRight(v6 ^ v11, 12);
            v2 += v7 + words[ORDER[at + 12]];
            v8 += v13 = Integer.rotateRight(v13 ^ v2, 16);
            v7 = Integer.rotateRight(v7 ^ v8, 12);
            v3 += v4 + words[ORDER[at + 14]];
            v9 += v14 = Integer.rotateRight(v14 ^ v3, 16);
            v4 = Integer.rotateRight(v4 ^ v9, 12);
            v0 += v5 + words[ORDER[at + 9]];
            v10 += v15 = Integer.rotateRight(v15 ^ v0, 8);
            v5 = Integer.rotateRight(v5 ^ v10, 7);
            v1 += v6 + words[ORDER[at + 11]];
            v11 += v12 = Integer.rotateRight(v12 ^ v1, 8);
            v6 = Integer.rotateRight(v6 ^ v11, 7);
            v2 += v7 + words[ORDER[at + 13]];
            v8 += v13 = Integer.rotateRight(v13 ^ v2, 8);
            v7 = Integer.rotateRight(v7 ^ v8, 7);
            v3 += v4 + words[ORDER[at + 15]];
            v9 += v14 = Integer.rotateRight(v14 ^ v3, 8);
            v4 = Integer.rotateRight(v4 ^ v9, 7);
        }
        values[0] = v0 ^ v8;
        values[1] = v1 ^ v9;
        values[2] = v2 ^ v10;
        values[3] = v3 ^ v11;
        values[4] = v4 ^ v12;
        values[5] = v5 ^ v13;
        values[6] = v6 ^ v14;
        values[7] = v7 ^ v15;
    }
}
