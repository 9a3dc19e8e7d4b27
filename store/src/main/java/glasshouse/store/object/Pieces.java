package glasshouse.store.object;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Direct buffers that are used again: the JDK writes from them without a copy of its own, and making one clears all its memory,
 * which is more work than a small object.
 */
public final class Pieces {
    public static final int SIZE_BYTES = 256 * 1024;

    /** More are made when more are wanted at once, and forgotten afterwards. */
    private static final int KEPT = 32;

    private final BlockingQueue<ByteBuffer> kept = new ArrayBlockingQueue<>(KEPT);

    public ByteBuffer take() {
        ByteBuffer piece = kept.poll();
        return piece == null ? ByteBuffer.allocateDirect(SIZE_BYTES) : piece.clear();
    }

    public void giveBack(ByteBuffer piece) {
        // INVARIANT: given back once, by whoever took it; a piece in two hands mixes two uploads.
        kept.offer(piece);
    }
}
