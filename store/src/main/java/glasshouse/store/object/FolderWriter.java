package glasshouse.store.object;

import glasshouse.store.disk.Disk;
import glasshouse.store.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Collects what comes into pieces; a full piece is hashed by a worker while this thread writes it and fills the other one. The
 * bytes go to the disk as they are, once.
 */
final class FolderWriter implements ObjectWriter {
    /**
     * After so many bytes the disk is set to work, in the background: otherwise the system keeps them in memory, and the disk,
     * idle until the end, has it all to do while the client waits for the answer.
     */
    private static final long EARLY_SYNC_BYTES = 32L << 20;

    private static final int SMALLEST_PIECE_BYTES = 8 * 1024;

    private final FolderStore store;
    private final Disk disk;
    private final Path path;
    private final DiskFile file;
    private final Expectation expected;
    private final MessageDigest digest = ContentHash.begin();

    private byte[] piece;
    private byte[] other = new byte[0];
    private int filled;
    private long writtenBytes;
    private long syncedUpTo;
    private @Nullable FutureTask<Void> hashing;
    private @Nullable FutureTask<Void> syncing;
    private boolean ended;

    FolderWriter(FolderStore store, Disk disk, Path path, Expectation expected) throws IOException {
        this.store = store;
        this.disk = disk;
        this.path = path;
        this.expected = expected;
        this.file = disk.create(path);
        long likely = expected.sizeBytes().orElse(Pieces.SIZE_BYTES);
        this.piece = new byte[Math.clamp(likely, SMALLEST_PIECE_BYTES, Pieces.SIZE_BYTES)];
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
        if (from.hasArray()) {
            write(from.array(), from.arrayOffset() + from.position(), from.remaining());
            from.position(from.limit());
            return;
        }
        admit(from.remaining());
        guarded(() -> {
            while (from.hasRemaining()) {
                int n = Math.min(from.remaining(), piece.length - filled);
                from.get(piece, filled, n);
                advance(n);
            }
        });
    }

    @Override
    public void write(byte[] from, int at, int length) throws IOException {
        Objects.checkFromIndexSize(at, length, from.length);
        admit(length);
        guarded(() -> {
            int done = 0;
            while (done < length) {
                int n = Math.min(length - done, piece.length - filled);
                System.arraycopy(from, at + done, piece, filled, n);
                advance(n);
                done += n;
            }
        });
    }

    /** Ends an upload as soon as it is longer than announced, rather than when it ends: it may never end. */
    private void admit(int length) throws IOException {
        requireOpen();
        long wouldBe = takenBytes() + length;
        if (wouldBe > expected.sizeBytes().orElse(Long.MAX_VALUE)) {
            close();
            throw ObjectMismatch.tooMany(expected, wouldBe);
        }
    }

    private void advance(int taken) throws IOException {
        filled += taken;
        if (filled == piece.length) {
            pieceIsFull();
        }
    }

    private void pieceIsFull() throws IOException {
        // INVARIANT: one piece is hashed at a time, in order; when this returns, `other` is nobody's.
        finishHashing();
        byte[] full = piece;
        hashing = store.workers().hash(() -> digest.update(full, 0, full.length));
        file.write(writtenBytes, ByteBuffer.wrap(full));
        writtenBytes += full.length;
        piece = other.length == 0 ? new byte[full.length] : other;
        other = full;
        filled = 0;
        if (writtenBytes - syncedUpTo >= EARLY_SYNC_BYTES) {
            store.requireRoom(0);
            syncEarly();
        }
    }

    private void syncEarly() throws IOException {
        if (syncing != null) {
            if (!syncing.isDone()) {
                return;
            }
            Workers.finish(syncing);
        }
        syncedUpTo = writtenBytes;
        syncing = store.workers().sync(() -> {
            file.sync();
            return null;
        });
    }

    private void finishHashing() throws IOException {
        if (hashing != null) {
            Workers.finish(hashing);
            hashing = null;
        }
    }

    @Override
    public long takenBytes() {
        return writtenBytes + filled;
    }

    @Override
    public Stored commit() throws IOException {
        requireOpen();
        try {
            finishHashing();
            digest.update(piece, 0, filled);
            file.write(writtenBytes, ByteBuffer.wrap(piece, 0, filled));
            Stored actual = new Stored(Sha256.of(digest.digest()), takenBytes());
            if (!expected.isMetBy(actual)) {
                throw ObjectMismatch.of(expected, actual);
            }
            if (syncing != null) {
                // INVARIANT: the system tells a failed write-back once. An early sync that was told of it and ignored
                // would
                // let the last sync succeed over lost bytes.
                Workers.finish(syncing);
            }
            store.adopt(path, file, actual);
            ended = true;
            return actual;
        } finally {
            close();
        }
    }

    /** What fails in the middle leaves a state that nothing can be added to. */
    private void guarded(Step step) throws IOException {
        boolean done = false;
        try {
            step.run();
            done = true;
        } finally {
            if (!done) {
                close();
            }
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private void requireOpen() {
        if (ended) {
            throw new IllegalStateException("the upload has ended");
        }
    }

    @Override
    public void close() {
        if (ended) {
            return;
        }
        ended = true;
        try {
            file.close();
        } catch (IOException useless) {
            // The file is given up; that it is also hard to close changes nothing.
        }
        try {
            disk.delete(path);
        } catch (IOException later) {
            // It has a temporary name: the next start tries again.
        }
    }
}
