package glasshouse.store.chunk;

/**
 * Says where a stream of bytes is cut. The places follow from the bytes themselves, so that a change moves only the cuts near it.
 *
 * <p>The rule: {@code h = 2 h + TABLE[byte]} in 64 bits, zero at the start of a chunk. A chunk ends after a byte if it has at least
 * 8,192 bytes by then and the upper 16 bits of {@code h} are zero, after its 131,072nd byte in any case, and at the end of the
 * stream. Source: huggingface/hub-docs {@code docs/xet/chunking.md}.
 *
 * <p>How the stream is dealt out to calls makes no difference. For one thread; allocates nothing after construction.
 */
public final class Chunker {
    /** All chunks but the last of a stream have at least this many bytes. */
    public static final int MIN_BYTES = 8 * 1024;

    public static final int MAX_BYTES = 128 * 1024;

    /** After so many bytes the first ones are shifted out of the hash. */
    private static final int MEMORY_BYTES = 64;

    /** What stands before is shifted out of the hash again before anybody looks at it. */
    private static final int SKIPPED_BYTES = MIN_BYTES - MEMORY_BYTES;

    private static final long MASK = 0xFFFF_0000_0000_0000L;
    private static final long[] TABLE = GearTable.constants();

    private long hash;
    private int chunkBytes;

    /**
     * Looks for the next cut.
     *
     * @param bytes the next bytes of the stream, from {@code from} to before {@code to}
     * @return the place in the array after the last byte of the chunk; the next call goes on from there. -1 if the chunk does not
     *     end within these bytes; then all of them were taken
     */
    public int next(byte[] bytes, int from, int to) {
        int at = from;
        if (chunkBytes < SKIPPED_BYTES) {
            at += Math.min(SKIPPED_BYTES - chunkBytes, to - from);
        }
        long h = hash;
        // Up to the least size the hash is only filled.
        int leastEnd = Math.min((int) Math.min(to, from + (long) MIN_BYTES - 1 - chunkBytes), to);
        for (; at < leastEnd; at++) {
            h = (h << 1) + TABLE[bytes[at] & 0xFF];
        }
        int lastEnd = (int) Math.min(to, from + (long) MAX_BYTES - chunkBytes);
        while (at < lastEnd) {
            h = (h << 1) + TABLE[bytes[at++] & 0xFF];
            if ((h & MASK) == 0) {
                begin();
                return at;
            }
        }
        chunkBytes += at - from;
        if (chunkBytes == MAX_BYTES) {
            begin();
            return at;
        }
        hash = h;
        return -1;
    }

    /** How many bytes of a chunk were taken that has not ended: at the end of the stream, the size of its last chunk. */
    public int openBytes() {
        return chunkBytes;
    }

    /** Forgets what was taken, for another stream. */
    public void begin() {
        hash = 0;
        chunkBytes = 0;
    }
}
