package glasshouse.store.xet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Writes LZ4 blocks: greedy, with one remembered place per hash of four bytes, and ever longer steps where nothing is found. For
 * the grammar see {@link Lz4Decoder}. Keeps 32 KiB and belongs to one thread at a time.
 */
final class Lz4Encoder {
    private static final int LEAST_MATCH = 4;
    private static final int MOST_DISTANCE = 65_535;
    /** What decoders of others rely on: the last bytes of a block are literals, and the last match begins well before. */
    private static final int LAST_LITERALS = 5;

    private static final int LAST_MATCH_START = 12;
    private static final int TABLE_BITS = 13;
    private static final int HASH_FACTOR = 0x9E3779B1;
    /** After so many misses the step grows by one. */
    private static final int PATIENCE_BITS = 6;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final int[] table = new int[1 << TABLE_BITS];

    /**
     * Compresses bytes to one block.
     *
     * @param limit before which the block must end in {@code out}
     * @return the place after the block, or -1 if it does not end before the limit; then what was written is of no use
     */
    int encode(byte[] in, int from, int to, byte[] out, int at, int limit) {
        int anchor = from;
        int written = at;
        int lastStart = to - LAST_MATCH_START;
        Arrays.fill(table, from);
        int i = from + 1;
        int misses = 1 << PATIENCE_BITS;
        while (i <= lastStart) {
            int word = (int) INT.get(in, i);
            int slot = slot(word);
            int candidate = table[slot];
            table[slot] = i;
            if (i - candidate > MOST_DISTANCE || (int) INT.get(in, candidate) != word) {
                i += misses++ >>> PATIENCE_BITS;
                continue;
            }
            while (i > anchor && candidate > from && in[i - 1] == in[candidate - 1]) {
                i--;
                candidate--;
            }
            int end = matchEnd(in, candidate + LEAST_MATCH, i + LEAST_MATCH, to - LAST_LITERALS);
            written = sequence(in, anchor, i, i - candidate, end - i, out, written, limit);
            if (written < 0) {
                return -1;
            }
            anchor = end;
            i = end;
            misses = 1 << PATIENCE_BITS;
            if (i <= lastStart) {
                table[slot((int) INT.get(in, i - 2))] = i - 2;
            }
        }
        return sequence(in, anchor, to, 0, 0, out, written, limit);
    }

    private static int slot(int word) {
        return word * HASH_FACTOR >>> Integer.SIZE - TABLE_BITS;
    }

    private static int matchEnd(byte[] in, int candidate, int from, int to) {
        int one = candidate;
        int other = from;
        while (to - other >= 8) {
            long difference = (long) LONG.get(in, one) ^ (long) LONG.get(in, other);
            if (difference != 0) {
                return other + (Long.numberOfTrailingZeros(difference) >>> 3);
            }
            one += 8;
            other += 8;
        }
        while (other < to && in[one] == in[other]) {
            one++;
            other++;
        }
        return other;
    }

    /** Writes one sequence; without a distance it is the last one. */
    private static int sequence(byte[] in, int from, int to, int distance, int match, byte[] out, int at, int limit) {
        int literals = to - from;
        int most = 1 + literals / 255 + 1 + literals + 2 + match / 255 + 1;
        if (most > limit - at) {
            return -1;
        }
        int matchCode = distance == 0 ? 0 : match - LEAST_MATCH;
        out[at] = (byte) (Math.min(literals, 15) << 4 | Math.min(matchCode, 15));
        int next = length(literals, out, at + 1);
        System.arraycopy(in, from, out, next, literals);
        next += literals;
        if (distance != 0) {
            out[next] = (byte) distance;
            out[next + 1] = (byte) (distance >>> 8);
            next = length(matchCode, out, next + 2);
        }
        return next;
    }

    private static int length(int length, byte[] out, int at) {
        int next = at;
        if (length >= 15) {
            int rest = length - 15;
            for (; rest >= 255; rest -= 255) {
                out[next++] = (byte) 255;
            }
            out[next++] = (byte) rest;
        }
        return next;
    }
}
