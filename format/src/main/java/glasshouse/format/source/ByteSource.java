package glasshouse.format.source;

import java.io.EOFException;
import java.io.IOException;

/**
 * Bytes that can be read at any place. Implementations are safe for use by several threads at once and hold no more than the
 * bytes asked for.
 */
public interface ByteSource {
    /** How many bytes there are. */
    long sizeBytes() throws IOException;

    /**
     * Reads up to {@code length} bytes from {@code offset} into {@code into} at {@code at}.
     *
     * @return how many were read: 0 only where {@code length} is 0, -1 where {@code offset} is at or past the end
     */
    int read(long offset, byte[] into, int at, int length) throws IOException;

    /**
     * Reads exactly {@code length} bytes.
     *
     * @throws EOFException where there are fewer
     */
    default byte[] readFully(long offset, int length) throws IOException {
        byte[] bytes = new byte[length];
        int got = 0;
        while (got < length) {
            int n = read(offset + got, bytes, got, length - got);
            if (n < 0) {
                throw new EOFException("wanted " + length + " bytes at byte " + offset + ", got " + got);
            }
            got += n;
        }
        return bytes;
    }

    /** The bytes of an array, which must not change afterwards. */
    static ByteSource of(byte[] bytes) {
        return new ByteSource() {
            @Override
            public long sizeBytes() {
                return bytes.length;
            }

            @Override
            public int read(long offset, byte[] into, int at, int length) {
                if (length == 0) {
                    return 0;
                }
                if (offset >= bytes.length) {
                    return -1;
                }
                int n = (int) Math.min(length, bytes.length - offset);
                System.arraycopy(bytes, (int) offset, into, at, n);
                return n;
            }
        };
    }
}
