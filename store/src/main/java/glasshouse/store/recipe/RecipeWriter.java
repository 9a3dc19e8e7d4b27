package glasshouse.store.recipe;

import glasshouse.store.chunk.ChunkSplitter;
import glasshouse.store.chunk.MerkleTree;
import glasshouse.store.chunk.XetHash;
import glasshouse.store.chunk.XetHasher;
import glasshouse.store.object.ContentHash;
import glasshouse.store.object.Expectation;
import glasshouse.store.object.Leaves;
import glasshouse.store.object.ObjectMismatch;
import glasshouse.store.object.ObjectWriter;
import glasshouse.store.object.Pieces;
import glasshouse.store.object.Sha256;
import glasshouse.store.object.Stored;
import glasshouse.store.object.Workers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Collects what comes into pieces; a full piece is hashed by a worker while this thread cuts it into chunks and stores those that
 * are not here yet. The bytes go to the disk once, as chunks of a xorb. Below 16 MiB of memory, however large the object.
 */
final class RecipeWriter implements ObjectWriter {
    private static final int SMALLEST_PIECE_BYTES = 8 * 1024;

    private final RecipeStore store;
    private final Expectation expected;
    private final Optional<Scope> scope;
    private final Leaves.Step beforeBinding;
    private final MessageDigest digest = ContentHash.begin();
    private final XetHasher hasher = new XetHasher();
    private final MerkleTree tree = new MerkleTree();
    private final ChunkSplitter splitter = new ChunkSplitter(this::chunk);
    private final TermList terms = new TermList(hasher);
    private final ChunkSink chunks;

    private byte[] piece;
    private byte[] other = new byte[0];
    private int filled;
    private long handedOnBytes;
    private @Nullable FutureTask<Void> hashing;
    private boolean ended;

    /**
     * @param beforeBinding runs just before the recipe is put in place, while nothing else in its folder can change; what it
     *     throws ends the upload
     */
    RecipeWriter(RecipeStore store, Expectation expected, Optional<Scope> scope, Leaves.Step beforeBinding) {
        this.store = store;
        this.expected = expected;
        this.scope = scope;
        this.beforeBinding = beforeBinding;
        this.chunks = new ChunkSink(store, scope, terms);
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
        hashing = store.folder().workers().hash(() -> digest.update(full, 0, full.length));
        splitter.write(full, 0, full.length);
        handedOnBytes += full.length;
        piece = other.length == 0 ? new byte[full.length] : other;
        other = full;
        filled = 0;
    }

    private void chunk(byte[] bytes, int offset, int length) throws IOException {
        XetHash hash = hasher.chunk(bytes, offset, length);
        tree.add(hash, length);
        chunks.take(hash, bytes, offset, length);
    }

    private void finishHashing() throws IOException {
        if (hashing != null) {
            Workers.finish(hashing);
            hashing = null;
        }
    }

    @Override
    public long takenBytes() {
        return handedOnBytes + filled;
    }

    @Override
    public Stored commit() throws IOException {
        requireOpen();
        try {
            finishHashing();
            digest.update(piece, 0, filled);
            Stored actual = new Stored(Sha256.of(digest.digest()), takenBytes());
            if (!expected.isMetBy(actual)) {
                throw ObjectMismatch.of(expected, actual);
            }
            splitter.write(piece, 0, filled);
            splitter.finish();
            chunks.finish();
            Recipe recipe = terms.recipe(actual.sha256(), XetHasher.file(tree.root()));
            store.bind(recipe, scope, beforeBinding);
            return actual;
        } finally {
            close();
        }
    }

    /** What fails in the middle leaves a state that nothing can be added to. */
    private void guarded(Leaves.Step step) throws IOException {
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

    private void requireOpen() {
        if (ended) {
            throw new IllegalStateException("the upload has ended");
        }
    }

    @Override
    public void close() {
        if (!ended) {
            ended = true;
            chunks.close();
        }
    }
}
