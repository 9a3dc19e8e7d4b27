package glasshouse.store.xet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The checksum of LZ4 frames, seed 0. Source: Cyan4973/xxHash {@code doc/xxhash_spec.md}. */
final class XxHash32 {
    private static final int PRIME_1 = 0x9E3779B1;
    private static final int PRIME_2 = 0x85EBCA77;
    /** The sum of the two, in 32 bits. */
    private static final int PRIME_1_AND_2 = 0x24234428;

    private static final int PRIME_3 = 0xC2B2AE3D;
    private static final int PRIME_4 = 0x27D4EB2F;
    private static final int PRIME_5 = 0x165667B1;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private XxHash32() {}

    static int of(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        int hash = PRIME_5;
        if (length >= 16) {
            int a = PRIME_1_AND_2;
            int b = PRIME_2;
            int c = 0;
            int d = -PRIME_1;
            for (; end - at >= 16; at += 16) {
                a = round(a, (int) INT.get(bytes, at));
                b = round(b, (int) INT.get(bytes, at + 4));
                c = round(c, (int) INT.get(bytes, at + 8));
                d = round(d, (int) INT.get(bytes, at + 12));
            }
            hash = Integer.rotateLeft(a, 1)
                    + Integer.rotateLeft(b, 7)
                    + Integer.rotateLeft(c, 12)
                    + Integer.rotateLeft(d, 18);
        }
        hash += length;
        for (; end - at >= 4; at += 4) {
            hash = Integer.rotateLeft(hash + (int) INT.get(bytes, at) * PRIME_3, 17) * PRIME_4;
        }
        for (; at < end; at++) {
            hash = Integer.rotateLeft(hash + (bytes[at] & 0xFF) * PRIME_5, 11) * PRIME_1;
        }
        hash = (hash ^ hash >>> 15) * PRIME_2;
        hash = (hash ^ hash >>> 13) * PRIME_3;
        return hash ^ hash >>> 16;
    }

    private static int round(int lane, int word) {
        return Integer.rotateLeft(lane + word * PRIME_2, 13) * PRIME_1;
    }
}
