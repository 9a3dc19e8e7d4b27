package glasshouse.store.xet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Brings bytes together that are four apart: first all at places 0, 4, 8 and so on, then those at 1, 5, 9, then 2, then 3. The
 * exponents of floating-point numbers come to lie side by side, and LZ4 finds something in them. Where the number of bytes is no
 * multiple of four, the first groups are one longer. Source: huggingface/hub-docs {@code docs/xet/xorb.md}.
 */
final class ByteGrouping {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private ByteGrouping() {}

    /** Groups bytes; the arrays are not the same one. */
    static void group(byte[] in, int offset, int length, byte[] out, int outOffset) {
        int whole = length / 4;
        int second = begin(1, length, outOffset);
        int third = begin(2, length, outOffset);
        int fourth = begin(3, length, outOffset);
        for (int i = 0; i < whole; i++) {
            int four = (int) INT.get(in, offset + 4 * i);
            out[outOffset + i] = (byte) four;
            out[second + i] = (byte) (four >>> 8);
            out[third + i] = (byte) (four >>> 16);
            out[fourth + i] = (byte) (four >>> 24);
        }
        for (int i = 0; i < length % 4; i++) {
            out[begin(i, length, outOffset) + whole] = in[offset + 4 * whole + i];
        }
    }

    /** Undoes {@link #group}. */
    static void ungroup(byte[] in, int offset, int length, byte[] out, int outOffset) {
        int whole = length / 4;
        int second = begin(1, length, offset);
        int third = begin(2, length, offset);
        int fourth = begin(3, length, offset);
        for (int i = 0; i < whole; i++) {
            int four = in[offset + i] & 0xFF
                    | (in[second + i] & 0xFF) << 8
                    | (in[third + i] & 0xFF) << 16
                    | in[fourth + i] << 24;
            INT.set(out, outOffset + 4 * i, four);
        }
        for (int i = 0; i < length % 4; i++) {
            out[outOffset + 4 * whole + i] = in[begin(i, length, offset) + whole];
        }
    }

    /** Where a group begins, 0 to 3. */
    private static int begin(int group, int length, int offset) {
        return offset + group * (length / 4) + Math.min(group, length % 4);
    }
}
