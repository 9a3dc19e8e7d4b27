package glasshouse.store.chunk;

/** Compresses sixteen blocks of BLAKE3 at once, in sixteen lanes. Implementations keep no state and are safe for many threads. */
interface Lanes {
    int COUNT = 16;

    /**
     * Compresses one whole block of 64 bytes in each lane. What stands for number {@code i} in lane {@code l} is at {@code 16 *
     * i + l}.
     *
     * @param values 8 x 16 chaining values; replaced by the new ones
     * @param words 16 x 16 words of the blocks
     * @param counters 16 counters below 2^32
     * @param flags the same in all lanes
     */
    void compress(int[] values, int[] words, int[] counters, int flags);
}
