package glasshouse.store.object;

import glasshouse.format.source.ByteSource;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * An object, open for reading. It stays readable until closed, even if it is deleted or replaced meanwhile. A thread that is
 * interrupted while it reads closes it for all who share it, as the JDK does with every channel.
 */
public interface StoredObject extends ByteSource, Closeable {
    Sha256 sha256();

    /**
     * Reads up to as many bytes as there is room for.
     *
     * @return how many; 0 only where there is no room, -1 where {@code offset} is at or past the end
     */
    int read(long offset, ByteBuffer into) throws IOException;

    /**
     * Hands {@code length} bytes from {@code offset} on to a channel, by the shortest way the system has (to a socket: without
     * passing through this process).
     *
     * @throws java.io.EOFException where the object ends before that
     */
    void transferTo(long offset, long length, WritableByteChannel to) throws IOException;

    @Override
    void close() throws IOException;
}
