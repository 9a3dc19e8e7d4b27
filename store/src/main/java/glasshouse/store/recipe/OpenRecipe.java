package glasshouse.store.recipe;

import glasshouse.store.object.Pieces;
import glasshouse.store.object.Sha256;
import glasshouse.store.object.StoredObject;
import glasshouse.store.xet.Term;
import glasshouse.store.xet.Xorb;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An object that is a recipe. Each chunk is read, decoded and compared with its name when a byte of it is wanted; the last one is
 * kept, so that reading on decodes each chunk once. What is not as it was stored is told by {@link DamagedObject}. Safe for many
 * threads, which take turns.
 */
final class OpenRecipe implements StoredObject {
    private final Recipe recipe;
    private final Pieces pieces;
    /** Where each term begins in the object, and at last its size. */
    private final long[] starts;

    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by the lock, as all that follows. */
    private final XorbHandles xorbs;

    private final ChunkReader reader = new ChunkReader();
    private long keptStart;
    private int keptBytes;
    private boolean closed;

    OpenRecipe(Recipe recipe, XorbHandles xorbs, Pieces pieces) {
        this.recipe = recipe;
        this.xorbs = xorbs;
        this.pieces = pieces;
        List<Term> terms = recipe.terms();
        this.starts = new long[terms.size() + 1];
        for (int i = 0; i < terms.size(); i++) {
            starts[i + 1] = starts[i] + terms.get(i).rawBytes();
        }
    }

    @Override
    public Sha256 sha256() {
        return recipe.sha256();
    }

    @Override
    public long sizeBytes() {
        return recipe.sizeBytes();
    }

    @Override
    public int read(long offset, byte[] into, int at, int length) throws IOException {
        return read(offset, ByteBuffer.wrap(into, at, length));
    }

    @Override
    public int read(long offset, ByteBuffer into) throws IOException {
        if (!into.hasRemaining()) {
            return 0;
        }
        if (offset < 0) {
            throw new IllegalArgumentException("byte " + offset);
        }
        if (offset >= recipe.sizeBytes()) {
            return -1;
        }
        lock.lock();
        try {
            if (closed) {
                throw new ClosedChannelException();
            }
            if (offset < keptStart || offset >= keptStart + keptBytes) {
                load(offset);
            }
            int from = (int) (offset - keptStart);
            int n = Math.min(into.remaining(), keptBytes - from);
            into.put(reader.raw(), from, n);
            return n;
        } finally {
            lock.unlock();
        }
    }

    /** Decodes the chunk that a byte lies in. */
    private void load(long offset) throws IOException {
        int found = Arrays.binarySearch(starts, offset);
        int number = found >= 0 ? found : -found - 2;
        Term term = recipe.terms().get(number);
        keptBytes = 0;
        boolean done = false;
        try {
            OpenXorb open = xorbs.get(term.xorb());
            Xorb xorb = open.xorb();
            if (term.endChunk() > xorb.chunks().size()
                    || xorb.rawStart(term.endChunk()) - xorb.rawStart(term.firstChunk()) != term.rawBytes()) {
                throw new DamagedXorb(
                        term.xorb(),
                        "chunks " + term.firstChunk() + " to " + term.endChunk() + " do not have the " + term.rawBytes()
                                + " bytes that the recipe says");
            }
            int chunk = chunkAt(xorb, term, xorb.rawStart(term.firstChunk()) + (int) (offset - starts[number]));
            int bytes = reader.read(open, chunk);
            keptStart = starts[number] + xorb.rawStart(chunk) - xorb.rawStart(term.firstChunk());
            keptBytes = bytes;
            done = true;
        } catch (DamagedXorb damaged) {
            throw new DamagedObject(recipe.sha256(), damaged);
        } finally {
            if (!done) {
                xorbs.drop(term.xorb());
            }
        }
    }

    private static int chunkAt(Xorb xorb, Term term, int rawOffset) {
        int low = term.firstChunk();
        int high = term.endChunk() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (xorb.rawStart(middle) <= rawOffset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    @Override
    public void transferTo(long offset, long length, WritableByteChannel to) throws IOException {
        Objects.checkFromIndexSize(0, length, Long.MAX_VALUE);
        if (offset > recipe.sizeBytes() - length) {
            throw new EOFException(recipe.sha256() + " ends before byte " + (offset + length));
        }
        ByteBuffer piece = pieces.take();
        try {
            long done = 0;
            while (done < length) {
                piece.clear().limit((int) Math.min(piece.capacity(), length - done));
                while (piece.hasRemaining()) {
                    read(offset + done + piece.position(), piece);
                }
                piece.flip();
                done += piece.remaining();
                while (piece.hasRemaining()) {
                    to.write(piece);
                }
            }
        } finally {
            pieces.giveBack(piece);
        }
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closed = true;
            xorbs.close();
        } finally {
            lock.unlock();
        }
    }
}
