package glasshouse.store.xet;

/**
 * Brings bytes together that are four apart: first all at places 0, 4, 8 and so on, then those at 1, 5, 9, then 2, then 3. The
 * exponents of floating-point numbers come to lie side by side, and LZ4 finds something in them. Where the number of bytes is no
 * multiple of four, the first groups are one longer. Source: huggingface/hub-docs {@code docs/xet/xorb.md}.
 */
final class ByteGrouping {
    private ByteGrouping() {}

    /** Groups bytes; the arrays are not the same one. */
    static void group(byte[] in, int offset, int length, byte[] out, int outOffset) {
        int at = outOffset;
        for (int first = 0; first < 4; first++) {
            for (int i = first; i < length; i += 4) {
                out[at++] = in[offset + i];
            }
        }
    }

    /** Undoes {@link #group}. */
    static void ungroup(byte[] in, int offset, int length, byte[] out, int outOffset) {
        int whole = length / 4;
        int left = length % 4;
        int second = offset + whole + (left > 0 ? 1 : 0);
        int third = second + whole + (left > 1 ? 1 : 0);
        int fourth = third + whole + (left > 2 ? 1 : 0);
        for (int i = 0; i < whole; i++) {
            int at = outOffset + 4 * i;
            out[at] = in[offset + i];
            out[at + 1] = in[second + i];
            out[at + 2] = in[third + i];
            out[at + 3] = in[fourth + i];
        }
        int[] firsts = {offset, second, third};
        for (int i = 0; i < left; i++) {
            out[outOffset + 4 * whole + i] = in[firsts[i] + whole];
        }
    }
}
