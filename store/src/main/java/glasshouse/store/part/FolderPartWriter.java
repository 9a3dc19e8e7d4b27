package glasshouse.store.part;

import glasshouse.store.disk.DiskFile;
import glasshouse.store.object.Expectation;
import glasshouse.store.object.ObjectMismatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.zip.CRC32C;

/** Writes a part at its place in the file of its upload. */
final class FolderPartWriter implements PartWriter {
    private static final int PIECE_BYTES = 256 * 1024;

    private final OpenUpload upload;
    private final int number;
    private final int turn;
    private final DiskFile data;
    private final Runnable whenComplete;
    private final Expectation expected;
    private final byte[] piece;
    private final CRC32C crc = new CRC32C();
    private int filled;
    private long writtenBytes;
    private boolean ended;

    FolderPartWriter(OpenUpload upload, int number, int turn, DiskFile data, Runnable whenComplete) {
        this.upload = upload;
        this.number = number;
        this.turn = turn;
        this.data = data;
        this.whenComplete = whenComplete;
        this.expected = Expectation.ofSize(upload.plan.sizeOf(number));
        this.piece = new byte[(int) Math.min(PIECE_BYTES, upload.plan.sizeOf(number))];
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
        admit(from.remaining());
        while (from.hasRemaining()) {
            int n = Math.min(from.remaining(), piece.length - filled);
            from.get(piece, filled, n);
            advance(n);
        }
    }

    @Override
    public void write(byte[] from, int at, int length) throws IOException {
        Objects.checkFromIndexSize(at, length, from.length);
        write(ByteBuffer.wrap(from, at, length));
    }

    // INVARIANT: a part never reaches into the next one.
    private void admit(int length) throws IOException {
        requireOpen();
        long wouldBe = takenBytes() + length;
        if (wouldBe > upload.plan.sizeOf(number)) {
            close();
            throw ObjectMismatch.tooMany(expected, wouldBe);
        }
    }

    private void advance(int taken) throws IOException {
        filled += taken;
        if (filled == piece.length) {
            flush();
        }
    }

    private void flush() throws IOException {
        boolean done = false;
        try {
            crc.update(piece, 0, filled);
            upload.write(number, turn, data, writtenBytes, ByteBuffer.wrap(piece, 0, filled));
            writtenBytes += filled;
            filled = 0;
            done = true;
        } finally {
            if (!done) {
                close();
            }
        }
    }

    @Override
    public long takenBytes() {
        return writtenBytes + filled;
    }

    @Override
    public Part commit() throws IOException {
        requireOpen();
        try {
            if (takenBytes() != upload.plan.sizeOf(number)) {
                throw ObjectMismatch.tooFew(expected, takenBytes());
            }
            flush();
            Part part = new Part(number, writtenBytes, (int) crc.getValue());
            upload.completed(part, turn);
            whenComplete.run();
            return part;
        } finally {
            close();
        }
    }

    private void requireOpen() {
        if (ended) {
            throw new IllegalStateException("the part has ended");
        }
    }

    @Override
    public void close() {
        ended = true;
        try {
            data.close();
        } catch (IOException useless) {
            // What was written is in the system's hands; whether it gets to the disk is checked when the upload is
            // assembled.
        }
    }
}
