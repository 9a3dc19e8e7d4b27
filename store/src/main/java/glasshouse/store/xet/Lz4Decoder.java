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

    private Lz4Decoder() {}

    /**
     * Decodes the block from {@code from} to before {@code to}: at most 4 MiB, so that no length overflows.
     *
     * @param begin where its first byte goes
     * @param limit before which its last byte must lie
     * @param history from where on matches may begin: {@code begin}, or earlier where blocks are linked
     * @return the place after its last byte
     */
    static int decode(byte[] in, int from, int to, byte[] out, int begin, int limit, int history) throws BadFrame {
        int next = from;
        int at = begin;
        while (next < to) {
            int token = in[next++] & 0xFF;
            int literals = token >>> 4;
            for (int more = literals == 15 ? 255 : 0; more == 255; literals += more) {
                more = next < to ? in[next++] & 0xFF : refuse("an lz4 block ends within a length");
            }
            if (literals > to - next) {
                refuse("an lz4 block ends within its literals");
            }
            if (literals > limit - at) {
                refuse("an lz4 block decodes to more bytes than it may");
            }
            copyLiterals(in, next, out, at, literals, limit);
            next += literals;
            at += literals;
            if (next == to) {
                return at;
            }
            if (to - next < 2) {
                refuse("an lz4 block ends within a distance");
            }
            int distance = in[next] & 0xFF | (in[next + 1] & 0xFF) << 8;
            next += 2;
            if (distance == 0 || distance > at - history) {
                refuse("an lz4 block refers to bytes before its beginning");
            }
            int match = token & 15;
            for (int more = match == 15 ? 255 : 0; more == 255; match += more) {
                more = next < to ? in[next++] & 0xFF : refuse("an lz4 block ends within a length");
            }
            match += LEAST_MATCH;
            if (match > limit - at) {
                refuse("an lz4 block decodes to more bytes than it may");
            }
            copyMatch(out, at, distance, match, limit);
            at += match;
        }
        return refuse("an lz4 block ends where a sequence should begin");
    }

    private static int refuse(String reason) throws BadFrame {
        throw new BadFrame(reason);
    }

    /** Where there is room before the limit, too much is written at once, and overwritten by what follows. */
    private static void copyLiterals(byte[] in, int from, byte[] out, int at, int count, int limit) {
        if (count <= 16 && in.length - from >= 16 && limit - at >= 16) {
            LONG.set(out, at, (long) LONG.get(in, from));
            LONG.set(out, at + 8, (long) LONG.get(in, from + 8));
        } else {
            System.arraycopy(in, from, out, at, count);
        }
    }

    private static void copyMatch(byte[] out, int at, int distance, int count, int limit) {
        int from = at - distance;
        if (count <= 64 && distance >= 8 && limit - at >= 64) {
            LONG.set(out, at, (long) LONG.get(out, from));
            LONG.set(out, at + 8, (long) LONG.get(out, from + 8));
            // Most matches are done by now, and nobody had to guess where.
            for (int i = 16; i < count; i += 8) {
                LONG.set(out, at + i, (long) LONG.get(out, from + i));
            }
        } else if (count <= 16) {
            for (int i = 0; i < count; i++) {
                out[at + i] = out[from + i];
            }
        } else {
            // What was copied can be copied again with it: the pieces double.
            int done = 0;
            while (done < count) {
                int piece = Math.min(count - done, distance + done);
                System.arraycopy(out, from, out, at + done, piece);
                done += piece;
            }
        }
    }
}
