package glasshouse.store.part;

import glasshouse.store.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The state of one upload: which parts are complete, and who may write.
 *
 * <p>A request that stalls can wake up long after its client has sent the same part again, or after the whole has become an
 * object. So the right to write is checked at each piece: a writer holds a turn at its part, a later writer takes it, and the end
 * of the upload takes all.
 */
final class OpenUpload {
    final UploadId id;
    final UploadPlan plan;
    final UploadFiles files;
    final RunningHash hash = new RunningHash();

    /** Held while the content of complete parts has to stay as it is: to hash them, replace one, or end the upload. */
    final ReentrantLock complete = new ReentrantLock();

    private final ConcurrentSkipListMap<Integer, Part> parts = new ConcurrentSkipListMap<>();
    /** Shared by those who write a piece, taken alone to change who may. Taken after {@link #complete}, never before. */
    private final ReentrantReadWriteLock writing = new ReentrantReadWriteLock();

    private final int[] turns;
    private boolean over;

    OpenUpload(UploadId id, UploadPlan plan, UploadFiles files, List<Part> there) {
        this.id = id;
        this.plan = plan;
        this.files = files;
        this.turns = new int[plan.parts() + 1];
        there.forEach(part -> parts.put(part.number(), part));
    }

    List<Part> parts() {
        return List.copyOf(parts.values());
    }

    List<Integer> missing() {
        List<Integer> missing = new ArrayList<>();
        for (int number = 1; number <= plan.parts(); number++) {
            if (!parts.containsKey(number)) {
                missing.add(number);
            }
        }
        return missing;
    }

    boolean isComplete(int number) {
        return parts.containsKey(number);
    }

    /** A part that is complete. */
    Part part(int number) {
        return Objects.requireNonNull(parts.get(number), "the part is complete");
    }

    /** Gives a new writer the turn at a part; what was there of it is void. */
    int takeTurn(int number) throws IOException {
        complete.lock();
        try {
            writing.writeLock().lock();
            try {
                requireOpen();
                forget(number);
                return ++turns[number];
            } finally {
                writing.writeLock().unlock();
            }
        } finally {
            complete.unlock();
        }
    }

    /** Voids a part. To be called with {@link #complete} held. */
    void forget(int number) throws IOException {
        Part old = parts.get(number);
        if (old != null) {
            files.unmark(old);
            parts.remove(number);
            hash.forget(number);
        }
    }

    /** Writes a piece of a part, if it is still this writer's turn. */
    void write(int number, int turn, DiskFile data, long at, ByteBuffer from) throws IOException {
        writing.readLock().lock();
        try {
            requireTurn(number, turn);
            data.write(plan.offsetOf(number) + at, from);
        } finally {
            writing.readLock().unlock();
        }
    }

    /** Notes that a part is complete, if it is still this writer's turn. */
    void completed(Part part, int turn) throws IOException {
        // Alone, not shared: nothing else of this part may happen between the mark on disk and the one in memory.
        writing.writeLock().lock();
        try {
            requireTurn(part.number(), turn);
            files.mark(part);
            parts.put(part.number(), part);
        } finally {
            writing.writeLock().unlock();
        }
    }

    /** From now on nobody writes. To be called with {@link #complete} held. */
    void end() throws IOException {
        writing.writeLock().lock();
        try {
            requireOpen();
            over = true;
        } finally {
            writing.writeLock().unlock();
        }
    }

    /** Takes {@link #end} back. */
    void resume() {
        writing.writeLock().lock();
        try {
            over = false;
        } finally {
            writing.writeLock().unlock();
        }
    }

    boolean isOver() {
        writing.readLock().lock();
        try {
            return over;
        } finally {
            writing.readLock().unlock();
        }
    }

    private void requireOpen() throws UnknownUpload {
        if (over) {
            throw new UnknownUpload(id);
        }
    }

    private void requireTurn(int number, int turn) throws IOException {
        requireOpen();
        if (turns[number] != turn) {
            throw new IOException("part " + number + " of upload `" + id + "` is being sent by a later request");
        }
    }
}
