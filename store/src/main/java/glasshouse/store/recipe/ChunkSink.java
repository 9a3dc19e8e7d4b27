package glasshouse.store.recipe;

import glasshouse.store.chunk.XetHash;
import glasshouse.store.object.Workers;
import glasshouse.store.xet.Xorb;
import glasshouse.store.xet.XorbWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Takes the chunks of one object and says in its terms where each of them lies: where it was before, if the index knows a place in
 * this scope and the bytes read there are equal, or else in a new xorb. For one thread at a time.
 *
 * <p>A full xorb is synced and put in place in the background while the next one is written. Within the xorb that is being written
 * and the one before it, a chunk is used again by its name alone: its bytes were written by this object, from bytes that had this
 * name, and are synced before the recipe is. All older places are read first.
 */
final class ChunkSink implements Closeable {
    /** For chunks of objects that have no scope: their places are of use to themselves alone. */
    private static final int OWN_INDEX_SLOTS = 16 * 1024;

    private static final class Begun {
        final int number;
        final XorbOutput file;
        final XorbWriter writer;
        final Map<XetHash, Integer> chunks = new HashMap<>();
        long rawBytes;

        Begun(int number, XorbOutput file) {
            this.number = number;
            this.file = file;
            this.writer = new XorbWriter(file);
        }
    }

    private final RecipeStore store;
    private final TermList terms;
    private final boolean scoped;
    private final long scope;
    private final XorbHandles stored;
    private final ChunkReader reader = new ChunkReader();
    private @Nullable ChunkIndex index;
    private @Nullable Begun begun;
    private @Nullable Begun before;
    private @Nullable FutureTask<Void> placing;

    ChunkSink(RecipeStore store, Optional<Scope> scope, TermList terms) {
        this.store = store;
        this.terms = terms;
        this.scoped = scope.isPresent();
        this.scope = scope.map(Scope::key).orElse(0L);
        this.index = scoped ? store.index() : null;
        // INVARIANT: footers from the disk. One that only memory still has whole must not be rested on.
        this.stored = new XorbHandles(store.xorbs(), true);
    }

    /** Takes the next chunk of the object. */
    void take(XetHash hash, byte[] bytes, int offset, int length) throws IOException {
        if (isIn(begun, hash, length) || isIn(before, hash, length) || isStored(hash, bytes, offset, length)) {
            return;
        }
        if (begun != null && !hasRoom(begun, length)) {
            placeInBackground(begun);
        }
        Begun into = begun == null ? begin() : begun;
        int chunk = into.writer.chunks();
        into.writer.add(hash, bytes, offset, length);
        into.rawBytes += length;
        into.chunks.put(hash, chunk);
        terms.add(into.number, chunk, hash, length);
    }

    private boolean hasRoom(Begun xorb, int length) {
        return xorb.writer.hasRoomFor(length) && xorb.rawBytes + length <= store.xorbRawBytes();
    }

    private Begun begin() throws IOException {
        Begun next = new Begun(terms.numberOfNew(), new XorbOutput(store.folder(), store.xorbs()));
        begun = next;
        return next;
    }

    private boolean isIn(@Nullable Begun xorb, XetHash hash, int length) {
        Integer chunk = xorb == null ? null : xorb.chunks.get(hash);
        if (xorb == null || chunk == null || !terms.takes(xorb.number, chunk)) {
            return false;
        }
        terms.add(xorb.number, chunk, hash, length);
        return true;
    }

    private boolean isStored(XetHash hash, byte[] bytes, int offset, int length) throws IOException {
        if (index == null) {
            return false;
        }
        Optional<ChunkIndex.Place> place = index.find(scope, hash);
        if (place.isEmpty()) {
            return false;
        }
        // Chunks that followed each other once do so again. The index may know the chunk somewhere else as well.
        XetHash last = terms.lastXorb();
        boolean follows = !last.equals(XetHash.ZERO)
                && !last.equals(place.get().xorb())
                && isAt(last, terms.nextChunk(), hash, bytes, offset, length);
        return follows || isAt(place.get().xorb(), place.get().chunk(), hash, bytes, offset, length);
    }

    /** Reads a place, and uses it if the chunk is there. Nothing that was not read and found equal is used. */
    private boolean isAt(XetHash xorb, int chunk, XetHash hash, byte[] bytes, int offset, int length)
            throws IOException {
        try {
            OpenXorb open = stored.get(xorb);
            if (chunk >= open.xorb().chunks().size()
                    || !open.xorb().chunks().get(chunk).equals(hash)) {
                return false;
            }
            int number = terms.numberOf(xorb);
            if (!terms.takes(number, chunk)) {
                return false;
            }
            int there = reader.read(open, chunk);
            if (!Arrays.equals(reader.raw(), 0, there, bytes, offset, offset + length)) {
                return false;
            }
            terms.add(number, chunk, hash, length);
            return true;
        } catch (ClosedChannelException | InterruptedIOException stopped) {
            throw stopped;
        } catch (IOException damaged) {
            // What cannot be read is stored anew; the index then points to the new place.
            stored.drop(xorb);
            return false;
        }
    }

    private void placeInBackground(Begun full) throws IOException {
        finishPlacing();
        Xorb xorb = full.writer.xorb();
        terms.name(full.number, xorb.hash());
        before = full;
        begun = null;
        placing = store.folder().workers().sync(() -> {
            full.file.place(xorb);
            return null;
        });
        remember(xorb);
    }

    /** Places that are not there yet, or never will be, do no harm: they are read before they are used. */
    private void remember(Xorb xorb) {
        if (index == null) {
            index = new ChunkIndex(OWN_INDEX_SLOTS);
        }
        index.add(scope, xorb, 0, xorb.chunks().size());
    }

    private void finishPlacing() throws IOException {
        if (placing != null) {
            FutureTask<Void> last = placing;
            placing = null;
            Workers.finish(last);
        }
    }

    /** Puts all xorbs in place. When this returns, the recipe may name them. */
    void finish() throws IOException {
        if (begun != null) {
            Xorb xorb = begun.writer.xorb();
            terms.name(begun.number, xorb.hash());
            begun.file.place(xorb);
            if (scoped) {
                remember(xorb);
            }
            begun = null;
        }
        finishPlacing();
    }

    /** Xorbs that are complete stay, named by nobody if the object failed; one that is not is deleted. */
    @Override
    public void close() {
        if (begun != null) {
            begun.file.close();
        }
        try {
            finishPlacing();
        } catch (IOException failed) {
            // Nobody wants it any more.
        }
        try {
            stored.close();
        } catch (IOException useless) {
            // They were only read.
        }
        begun = null;
        before = null;
    }
}
