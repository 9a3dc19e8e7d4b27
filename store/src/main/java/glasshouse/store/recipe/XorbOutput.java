package glasshouse.store.recipe;

import glasshouse.store.disk.DiskFile;
import glasshouse.store.object.StoreFolder;
import glasshouse.store.object.Workers;
import glasshouse.store.xet.Xorb;
import glasshouse.store.xet.XorbFooter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** The file of a xorb on its way in, under a temporary name. For one thread at a time. */
final class XorbOutput extends OutputStream {
    /** As where objects are written as they are: so much is left to be synced in the end, at most. */
    private static final long EARLY_SYNC_BYTES = 32L << 20;

    private final StoreFolder folder;
    private final Xorbs xorbs;
    private final Path path;
    private final DiskFile file;
    private long writtenBytes;
    private long syncedUpTo;
    private @Nullable FutureTask<Void> syncing;
    private boolean ended;

    XorbOutput(StoreFolder folder, Xorbs xorbs) throws IOException {
        this.folder = folder;
        this.xorbs = xorbs;
        this.path = folder.temporary();
        this.file = folder.disk().create(path);
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        file.write(writtenBytes, ByteBuffer.wrap(bytes, offset, length));
        writtenBytes += length;
        if (writtenBytes - syncedUpTo >= EARLY_SYNC_BYTES) {
            folder.requireRoom(0);
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
        syncing = folder.workers().sync(() -> {
            file.sync();
            return null;
        });
    }

    /**
     * Adds the footer to the body that was written, and puts the xorb in place; durable when this returns.
     *
     * @return see {@link Xorbs#place}
     */
    boolean place(Xorb xorb) throws IOException {
        try {
            if (writtenBytes != xorb.encodedBytes()) {
                throw new IllegalStateException(writtenBytes + " bytes were written of " + xorb);
            }
            file.write(writtenBytes, ByteBuffer.wrap(XorbFooter.write(xorb)));
            if (syncing != null) {
                // INVARIANT: the system tells a failed write-back once, so that the early sync has to be asked, too.
                Workers.finish(syncing);
            }
            file.sync();
            file.close();
            boolean isNew = xorbs.place(path, xorb);
            ended = true;
            return isNew;
        } finally {
            close();
        }
    }

    /** Leaves nothing behind unless the xorb was put in place. */
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
            folder.disk().delete(path);
        } catch (IOException later) {
            // It has a temporary name: the next start tries again.
        }
    }
}
