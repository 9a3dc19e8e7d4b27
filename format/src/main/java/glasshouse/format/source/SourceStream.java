package glasshouse.format.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** A range of a {@link ByteSource}, read from front to back. Closing it does nothing: the source belongs to somebody else. */
public final class SourceStream extends InputStream {
    private final ByteSource source;
    private final long end;
    private long at;

    /** The bytes from {@code offset}, {@code length} of them; where the source has fewer, reading ends in an exception. */
    public SourceStream(ByteSource source, long offset, long length) {
        if (offset < 0 || length < 0 || offset > Long.MAX_VALUE - length) {
            throw new IllegalArgumentException("no range of " + length + " bytes at byte " + offset);
        }
        this.source = source;
        this.at = offset;
        this.end = offset + length;
    }

    /** The whole source. */
    public static SourceStream of(ByteSource source) throws IOException {
        return new SourceStream(source, 0, source.sizeBytes());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        if (at >= end) {
            return -1;
        }
        int n = source.read(at, into, offset, (int) Math.min(length, end - at));
        if (n < 0) {
            throw new EOFException("the source ends at byte " + at + ", before byte " + end);
        }
        at += n;
        return n;
    }
}
