package glasshouse.store.object;

import glasshouse.store.disk.DiskFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;

/** An object that is one file. */
record OpenObject(Sha256 sha256, DiskFile file, Pieces pieces) implements StoredObject {
    @Override
    public long sizeBytes() throws IOException {
        return file.sizeBytes();
    }

    @Override
    public int read(long offset, byte[] into, int at, int length) throws IOException {
        return read(offset, ByteBuffer.wrap(into, at, length));
    }

    @Override
    public int read(long offset, ByteBuffer into) throws IOException {
        return into.hasRemaining() ? file.read(offset, into) : 0;
    }

    @Override
    public void transferTo(long offset, long length, WritableByteChannel to) throws IOException {
        long done = 0;
        if (to instanceof SocketChannel) {
            long n = 1;
            while (n > 0 && done < length) {
                n = file.transferTo(offset + done, length - done, to);
                done += n;
            }
        }
        if (done < length) {
            copy(offset + done, length - done, to);
        }
    }

    /** For channels that the system knows no short way to: the JDK would go by pieces of 8 KiB. */
    private void copy(long offset, long length, WritableByteChannel to) throws IOException {
        ByteBuffer piece = pieces.take();
        try {
            long done = 0;
            while (done < length) {
                piece.clear().limit((int) Math.min(piece.capacity(), length - done));
                int n = file.read(offset + done, piece);
                if (n < 0) {
                    throw new EOFException(sha256 + " ends before byte " + (offset + length));
                }
                piece.flip();
                while (piece.hasRemaining()) {
                    to.write(piece);
                }
                done += n;
            }
        } finally {
            pieces.giveBack(piece);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
