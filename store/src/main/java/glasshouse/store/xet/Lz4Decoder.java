package glasshouse.store.xet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Decodes one LZ4 block. Source: lz4/lz4 {@code doc/lz4_Block_format.md}. A block is a row of sequences:
 *
 * <pre>
 * token u8                 upper half: number of literals; lower half: length of the match, less 4
 * u8 ...                   if the upper half is 15: to be added, up to and with the first that is not 255
 * literals
 * distance u16             1 to 65,535, back from here          the last sequence of a block ends before this
 * u8 ...                   if the lower half is 15: likewise
 * </pre>
 */
final class Lz4Decoder {
    private static final int LEAST_MATCH = 4;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] in;
    private final byte[] out;
    private final int limit;
    private int next;

    private Lz4Decoder(byte[] in, int from, byte[] out, int limit) {
        this.in = in;
        this.out = out;
        this.next = from;
        this.limit = limit;
    }

    /**
     * Decodes the block from {@code from} to before {@code to}.
     *
     * @param at where its first byte goes
     * @param limit before which its last byte must lie
     * @param history from where on matches may begin: {@code at}, or earlier where blocks are linked
     * @return the place after its last byte
     */
    static int decode(byte[] in, int from, int to, byte[] out, int at, int limit, int history) throws BadFrame {
        return new Lz4Decoder(in, from, out, limit).run(to, at, history);
    }

    private int run(int to, int begin, int history) throws BadFrame {
        int at = begin;
        while (next < to) {
            int token = in[next++] & 0xFF;
            int literals = length(token >>> 4, to);
            if (literals > to - next) {
                throw new BadFrame("an lz4 block ends within its literals");
            }
            if (literals > limit - at) {
                throw new BadFrame("an lz4 block decodes to more bytes than it may");
            }
            copyLiterals(literals, at);
            next += literals;
            at += literals;
            if (next == to) {
                return at;
            }
            if (to - next < 2) {
                throw new BadFrame("an lz4 block ends within a distance");
            }
            int distance = in[next] & 0xFF | (in[next + 1] & 0xFF) << 8;
            next += 2;
            if (distance == 0 || distance > at - history) {
                throw new BadFrame("an lz4 block refers to bytes before its beginning");
            }
            int match = length(token & 15, to) + LEAST_MATCH;
            if (match > limit - at) {
                throw new BadFrame("an lz4 block decodes to more bytes than it may");
            }
            copyMatch(at, distance, match);
            at += match;
        }
        throw new BadFrame("an lz4 block ends where a sequence should begin");
    }

    /** No overflow: at most 255 for each byte of a block, and blocks have at most 4 MiB. */
    private int length(int half, int to) throws BadFrame {
        int length = half;
        if (half == 15) {
            int more = 255;
            while (more == 255) {
                if (next == to) {
                    throw new BadFrame("an lz4 block ends within a length");
                }
                more = in[next++] & 0xFF;
                length += more;
            }
        }
        return length;
    }

    private void copyLiterals(int count, int at) {
        if (count <= 16 && next + 16 <= in.length && at + 16 <= limit) {
            // Too much is written, and overwritten by what follows.
            LONG.set(out, at, (long) LONG.get(in, next));
            LONG.set(out, at + 8, (long) LONG.get(in, next + 8));
        } else {
            System.arraycopy(in, next, out, at, count);
        }
    }

    private void copyMatch(int at, int distance, int count) {
        int from = at - distance;
        if (distance >= 8 && count <= 64 && at + 72 <= limit) {
            for (int i = 0; i < count; i += 8) {
                LONG.set(out, at + i, (long) LONG.get(out, from + i));
            }
            return;
        }
        // What was copied can be copied again with it: the pieces double.
        int done = 0;
        while (done < count) {
            int piece = Math.min(count - done, distance + done);
            System.arraycopy(out, from, out, at + done, piece);
            done += piece;
        }
    }
}
