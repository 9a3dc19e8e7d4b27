package glasshouse.store.recipe;

import glasshouse.store.disk.DiskFile;
import glasshouse.store.xet.Xorb;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Objects;

/** A xorb, open for reading. It stays readable until closed, even if its file is replaced meanwhile. Safe for many threads. */
public final class OpenXorb implements Closeable {
    private final Xorb xorb;
    private final DiskFile file;

    OpenXorb(Xorb xorb, DiskFile file) {
        this.xorb = xorb;
        this.file = file;
    }

    /** Its chunks, and where they lie. */
    public Xorb xorb() {
        return xorb;
    }

    /**
     * Hands bytes of the body on as they lie on the disk, headers of chunks with them; they are not checked.
     *
     * @throws IndexOutOfBoundsException where the body does not have these bytes
     * @throws EOFException where the file ends before that
     */
    public void transferTo(long offset, long length, WritableByteChannel to) throws IOException {
        Objects.checkFromIndexSize(offset, length, (long) xorb.encodedBytes());
        long done = 0;
        while (done < length) {
            long n = file.transferTo(offset + done, length - done, to);
            if (n <= 0 && file.sizeBytes() < offset + length) {
                throw new EOFException("xorb " + xorb.hash() + " ends before byte " + (offset + length));
            }
            done += n;
        }
    }

    /**
     * Decodes chunks and hands their bytes on, each after it was compared with its name.
     *
     * @param endChunk the number after that of the last chunk
     * @throws DamagedXorb where a chunk is not what its name says; what came before it was handed on
     */
    public void decode(int firstChunk, int endChunk, WritableByteChannel to) throws IOException {
        Objects.checkFromToIndex(firstChunk, endChunk, xorb.chunks().size());
        ChunkReader reader = new ChunkReader();
        for (int chunk = firstChunk; chunk < endChunk; chunk++) {
            int length = reader.read(this, chunk);
            ByteBuffer bytes = ByteBuffer.wrap(reader.raw(), 0, length);
            while (bytes.hasRemaining()) {
                to.write(bytes);
            }
        }
    }

    /** Reads exactly so many bytes into the beginning of an array. */
    void readFully(long at, byte[] into, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(into, 0, length);
        while (buffer.hasRemaining()) {
            if (file.read(at + buffer.position(), buffer) < 0) {
                throw new EOFException("xorb " + xorb.hash() + " ends before byte " + (at + length));
            }
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
