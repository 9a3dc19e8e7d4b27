package glasshouse.store.recipe;

import glasshouse.store.chunk.XetHash;
import glasshouse.store.xet.Xorb;
import java.util.Optional;

/**
 * Says where a chunk may lie. It is derived from recipes and xorbs, forgets what it has no room for, and nothing that it says is
 * believed: whoever uses a place reads it first. So losing it costs room on the disk, and never more.
 *
 * <p>Open addressing over arrays of numbers, in groups of eight places: 14 bytes per chunk, and 32 for every fourth of them for
 * the names of xorbs. A full group gives up one of its places for a new one; so does the ring of xorbs. Safe for many threads.
 */
final class ChunkIndex {
    private static final int WAYS = 8;
    private static final int LEAST = 64;
    private static final int XORB_SHARE = 4;

    /**
     * A place to look at.
     *
     * @param xorb the name of the xorb; it need not be there any more
     * @param chunk the number of the chunk in it, perhaps more than it has
     */
    record Place(XetHash xorb, int chunk) {}

    /** Scope and chunk, mixed; 0 where there is nothing. Guarded by this, as all that follows. */
    private final long[] keys;

    private final int[] xorbs;
    private final short[] chunks;
    private final XetHash[] names;
    /** How many xorbs were named so far; only the last ones are remembered. */
    private long named;

    private int victim;

    /**
     * @param slots how many chunks there is room for, about; rounded up to a power of two
     */
    ChunkIndex(int slots) {
        int size = Integer.highestOneBit(Math.max(slots, LEAST) * 2 - 1);
        keys = new long[size];
        xorbs = new int[size];
        chunks = new short[size];
        names = new XetHash[size / XORB_SHARE];
    }

    /** Where a chunk may lie that was added in this scope. */
    synchronized Optional<Place> find(long scope, XetHash chunk) {
        long key = key(scope, chunk);
        int group = group(key);
        for (int slot = group; slot < group + WAYS; slot++) {
            // The last names.length numbers are alive; the counting goes round after 2^32, which confirming notices.
            if (keys[slot] == key && Integer.compareUnsigned((int) named - xorbs[slot], names.length) <= 0) {
                return Optional.of(new Place(names[xorbs[slot] & names.length - 1], chunks[slot]));
            }
        }
        return Optional.empty();
    }

    /** Remembers chunks of a xorb, instead of other places of the same chunks. */
    synchronized void add(long scope, Xorb xorb, int firstChunk, int endChunk) {
        int number = number(xorb.hash());
        for (int chunk = firstChunk; chunk < endChunk; chunk++) {
            long key = key(scope, xorb.chunks().get(chunk));
            int slot = slot(key);
            keys[slot] = key;
            xorbs[slot] = number;
            chunks[slot] = (short) chunk;
        }
    }

    private int number(XetHash xorb) {
        int last = (int) named - 1;
        if (named > 0 && names[last & names.length - 1].equals(xorb)) {
            return last;
        }
        int next = (int) named++;
        names[next & names.length - 1] = xorb;
        return next;
    }

    private int slot(long key) {
        int group = group(key);
        int empty = -1;
        for (int slot = group; slot < group + WAYS; slot++) {
            if (keys[slot] == key) {
                return slot;
            }
            if (keys[slot] == 0 && empty < 0) {
                empty = slot;
            }
        }
        return empty >= 0 ? empty : group + (victim++ & WAYS - 1);
    }

    private int group(long key) {
        return (int) (key >>> 32) & keys.length - 1 & -WAYS;
    }

    private static long key(long scope, XetHash chunk) {
        // A stranger chooses the chunks, but not the scope's part: groups cannot be filled on purpose.
        long mixed = (chunk.first() ^ scope) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ mixed >>> 29 ^ Long.rotateLeft(scope, 17)) * 0xBF58476D1CE4E5B9L;
        mixed ^= mixed >>> 32;
        return mixed == 0 ? 1 : mixed;
    }
}
