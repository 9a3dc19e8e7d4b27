package glasshouse.format.source;

import java.io.IOException;
import java.io.InputStream;

/**
 * Passes bytes through and stops at the first that is not UTF-8 (Unicode 3.9, table 3-7: no overlong forms, no surrogates,
 * nothing above U+10FFFF). JSON readers check less than that, and what they let through would differ from one reader to another.
 * NUL, which no text format holds, is refused too: readers that guess encodings take it for UTF-16.
 */
public final class Utf8Stream extends InputStream {
    /** Thrown where the bytes stop being UTF-8. */
    public static final class NotUtf8 extends IOException {
        private static final long serialVersionUID = 1L;
        private final long offset;

        NotUtf8(long offset) {
            super("not UTF-8 at byte " + offset);
            this.offset = offset;
        }

        /** The bad byte, counted from the start of this stream. */
        public long offset() {
            return offset;
        }
    }

    private final InputStream in;
    private long passed;
    private int pending;
    private int low = 0x80;
    private int high = 0xBF;

    public Utf8Stream(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int n = in.read(into, offset, length);
        if (n < 0) {
            if (pending > 0) {
                throw new NotUtf8(passed);
            }
            return n;
        }
        for (int i = 0; i < n; i++) {
            if (!accepts(into[offset + i] & 0xff)) {
                throw new NotUtf8(passed + i);
            }
        }
        passed += n;
        return n;
    }

    private boolean accepts(int b) {
        if (pending > 0) {
            if (b < low || b > high) {
                return false;
            }
            low = 0x80;
            high = 0xBF;
            pending--;
            return true;
        }
        if (b < 0x80) {
            return b != 0;
        }
        if (b < 0xC2 || b > 0xF4) {
            return false;
        }
        pending = b < 0xE0 ? 1 : b < 0xF0 ? 2 : 3;
        low = b == 0xE0 ? 0xA0 : b == 0xF0 ? 0x90 : 0x80;
        high = b == 0xED ? 0x9F : b == 0xF4 ? 0x8F : 0xBF;
        return true;
    }
}
