package glasshouse.store.object;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Takes bytes in. For one thread at a time. The first failure ends it: what was written is deleted, and all that is left to do is
 * {@link #close}.
 */
public interface Intake extends Closeable {
    /** Takes all that remains in the buffer. */
    void write(ByteBuffer from) throws IOException;

    void write(byte[] from, int at, int length) throws IOException;

    /** How many bytes were taken so far. */
    long takenBytes();

    /** Takes a stream to its end, without closing it. */
    default long writeAll(InputStream from) throws IOException {
        byte[] piece = new byte[64 * 1024];
        long taken = 0;
        for (int n = from.read(piece); n >= 0; n = from.read(piece)) {
            write(piece, 0, n);
            taken += n;
        }
        return taken;
    }

    /** Leaves nothing behind unless the bytes were committed; then it does nothing. */
    @Override
    void close();
}
