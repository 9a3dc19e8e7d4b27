package glasshouse.hub.job;

import glasshouse.core.entry.Digest;
import glasshouse.format.source.ByteSource;
import glasshouse.store.object.ObjectStore;
import glasshouse.store.object.Sha256;
import glasshouse.store.object.StoredObject;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;

/**
 * A large file as a source of bytes. It holds no file open: a block is read at a time and kept, since readers of formats ask for a
 * few bytes here and a few there.
 */
final class LargeSource implements ByteSource {
    private static final int BLOCK_BYTES = 64 << 10;

    private final ObjectStore store;
    private final Digest sha256;
    private final long sizeBytes;
    private final Runnable onFault;
    private byte[] block = new byte[0];
    private long blockAt;
    private int blockBytes;

    LargeSource(ObjectStore store, Digest sha256, long sizeBytes, Runnable onFault) {
        this.store = store;
        this.sha256 = sha256;
        this.sizeBytes = sizeBytes;
        this.onFault = onFault;
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public synchronized int read(long offset, byte[] into, int at, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (offset >= sizeBytes) {
            return -1;
        }
        if (length >= BLOCK_BYTES) {
            return from(offset, into, at, (int) Math.min(length, sizeBytes - offset));
        }
        if (offset < blockAt || offset >= blockAt + blockBytes) {
            if (block.length == 0) {
                block = new byte[(int) Math.min(BLOCK_BYTES, sizeBytes)];
            }
            blockBytes = 0;
            blockAt = offset;
            blockBytes = from(offset, block, 0, (int) Math.min(block.length, sizeBytes - offset));
        }
        int n = (int) Math.min(length, blockAt + blockBytes - offset);
        System.arraycopy(block, (int) (offset - blockAt), into, at, n);
        return n;
    }

    private int from(long offset, byte[] into, int at, int length) throws IOException {
        try {
            int n = read(new Sha256(sha256.hex()), offset, into, at, length);
            if (n <= 0) {
                // The store has less than the revision says.
                throw new IOException("the object ends before its size");
            }
            return n;
        } catch (IOException e) {
            onFault.run();
            throw e;
        }
    }

    private int read(Sha256 name, long offset, byte[] into, int at, int length) throws IOException {
        Optional<StoredObject> found = store.open(name);
        if (found.isEmpty()) {
            throw new FileNotFoundException("no object " + name);
        }
        try (StoredObject object = found.get()) {
            return object.read(offset, into, at, length);
        }
    }
}
