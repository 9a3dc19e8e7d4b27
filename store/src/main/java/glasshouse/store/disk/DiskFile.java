package glasshouse.store.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** An open file. Safe for several threads at once: every operation names its place. */
public interface DiskFile extends Closeable {
    long sizeBytes() throws IOException;

    /**
     * Reads up to as many bytes as there is room for.
     *
     * @return how many, at least 1; -1 where {@code at} is at or past the end
     */
    int read(long at, ByteBuffer into) throws IOException;

    /** Writes all that remains in the buffer; what is skipped between the old end and {@code at} reads as zeros. */
    void write(long at, ByteBuffer from) throws IOException;

    /**
     * Hands bytes on to a channel without passing them through the heap where the system can.
     *
     * @return how many were taken: fewer than asked where the file ends or the channel takes no more
     */
    long transferTo(long at, long length, WritableByteChannel to) throws IOException;

    /** Makes the content durable. After a failure nothing is known about the content: the file is to be given up. */
    void sync() throws IOException;

    /** Closing twice is allowed and does nothing. Does not sync. */
    @Override
    void close() throws IOException;
}
