package glasshouse.store.chunk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * BLAKE3 with a key, 32 bytes of output, for input that lies in one array. Source: the BLAKE3 paper and its published vectors.
 *
 * <p>The input is cut into leaves of 1 KiB, the leaves are the lowest level of a binary tree. Leaves do not depend on each other, and
 * the nodes of one level do not either: where the module {@code jdk.incubator.vector} is in the boot layer and the processor has
 * vectors of at least 256 bits, 16 of them are compressed at once ({@link VectorLanes}); elsewhere one after another ({@link
 * Block}). Which way is decided once, when the class is loaded. Both give the same result.
 *
 * <p>An instance keeps working memory (up to 2 KiB and 1/32 of the longest input so far) and so belongs to one thread at a time.
 */
final class Blake3 {
    static final int KEY_BYTES = 32;
    static final int HASH_BYTES = 32;

    private static final int LEAF_BYTES = 1024;
    private static final int LEAF_BLOCKS = LEAF_BYTES / Block.BYTES;
    private static final int VALUES = 8;
    private static final int WORDS = 16;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final @Nullable Lanes FASTEST = fastest();

    private final int[] key = new int[VALUES];
    private final @Nullable Lanes lanes;
    /** The chaining values of one level of the tree, one node after another. */
    private int[] level = new int[0];

    private final int[] value = new int[VALUES];
    private final int[] words = new int[WORDS];
    private final byte[] lastBlock = new byte[Block.BYTES];
    private final int[] laneValues;
    private final int[] laneWords;
    private final int[] laneCounters;

    /** In the faster of the two ways that this machine knows. */
    Blake3(byte[] key) {
        this(key, FASTEST);
    }

    /** Without lanes, all is done in plain Java. */
    Blake3(byte[] key, @Nullable Lanes lanes) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key of BLAKE3 has 32 bytes, not " + key.length);
        }
        for (int i = 0; i < VALUES; i++) {
            this.key[i] = (int) INT.get(key, 4 * i);
        }
        this.lanes = lanes;
        int count = lanes == null ? 0 : Lanes.COUNT;
        laneValues = new int[VALUES * count];
        laneWords = new int[WORDS * count];
        laneCounters = new int[count];
    }

    /** Whether this machine hashes in lanes. */
    static boolean hashesInLanes() {
        return FASTEST != null;
    }

    private static @Nullable Lanes fastest() {
        boolean there = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        return there && VectorLanes.worthwhile() ? new VectorLanes() : null;
    }

    /** Hashes the bytes from {@code offset} on. */
    XetHash hash(byte[] bytes, int offset, int length) {
        int leaves = Math.max(1, Math.ceilDiv(length, LEAF_BYTES));
        if (leaves == 1) {
            leaf(bytes, offset, length, 0, Block.ROOT);
            return named(value);
        }
        if (level.length < leaves * VALUES) {
            level = new int[leaves * VALUES];
        }
        int done = leavesInLanes(bytes, offset, length / LEAF_BYTES);
        for (; done < leaves; done++) {
            int at = done * LEAF_BYTES;
            leaf(bytes, offset + at, Math.min(LEAF_BYTES, length - at), done, 0);
            System.arraycopy(value, 0, level, done * VALUES, VALUES);
        }
        int nodes = leaves;
        while (nodes > 2) {
            nodes = parents(nodes);
        }
        parent(0, Block.ROOT);
        return named(value);
    }

    private static XetHash named(int[] value) {
        return new XetHash(word64(value, 0), word64(value, 2), word64(value, 4), word64(value, 6));
    }

    private static long word64(int[] value, int at) {
        return value[at] & 0xFFFF_FFFFL | (long) value[at + 1] << 32;
    }

    private void leaf(byte[] bytes, int offset, int length, int counter, int rootFlag) {
        System.arraycopy(key, 0, value, 0, VALUES);
        int blocks = Math.max(1, Math.ceilDiv(length, Block.BYTES));
        for (int block = 0; block < blocks; block++) {
            int at = block * Block.BYTES;
            int taken = Math.min(Block.BYTES, length - at);
            if (taken == Block.BYTES) {
                load(bytes, offset + at);
            } else {
                Arrays.fill(lastBlock, (byte) 0);
                System.arraycopy(bytes, offset + at, lastBlock, 0, taken);
                load(lastBlock, 0);
            }
            int flags = Block.KEYED_HASH
                    | (block == 0 ? Block.CHUNK_START : 0)
                    | (block == blocks - 1 ? Block.CHUNK_END | rootFlag : 0);
            Block.compress(value, words, counter, taken, flags);
        }
    }

    private void load(byte[] bytes, int offset) {
        for (int i = 0; i < WORDS; i++) {
            words[i] = (int) INT.get(bytes, offset + 4 * i);
        }
    }

    /** Replaces a level by the one above it; an odd node is carried up. */
    private int parents(int nodes) {
        int pairs = nodes / 2;
        int done = parentsInLanes(pairs);
        for (; done < pairs; done++) {
            parent(done, 0);
            System.arraycopy(value, 0, level, done * VALUES, VALUES);
        }
        if (nodes % 2 == 1) {
            System.arraycopy(level, (nodes - 1) * VALUES, level, pairs * VALUES, VALUES);
        }
        return pairs + nodes % 2;
    }

    private void parent(int pair, int rootFlag) {
        System.arraycopy(level, pair * WORDS, words, 0, WORDS);
        System.arraycopy(key, 0, value, 0, VALUES);
        Block.compress(value, words, 0, Block.BYTES, Block.KEYED_HASH | Block.PARENT | rootFlag);
    }

    /** Hashes leaves that are whole; one alone is left to the plain way. Returns how many were done. */
    private int leavesInLanes(byte[] bytes, int offset, int whole) {
        int done = 0;
        while (lanes != null && whole - done >= 2) {
            int count = Math.min(Lanes.COUNT, whole - done);
            keyInLanes();
            for (int lane = 0; lane < Lanes.COUNT; lane++) {
                laneCounters[lane] = done + lane;
            }
            for (int block = 0; block < LEAF_BLOCKS; block++) {
                for (int lane = 0; lane < Lanes.COUNT; lane++) {
                    // Lanes without a leaf do the last one again, and nobody looks.
                    int leaf = done + Math.min(lane, count - 1);
                    loadLane(bytes, offset + leaf * LEAF_BYTES + block * Block.BYTES, lane);
                }
                int flags = Block.KEYED_HASH
                        | (block == 0 ? Block.CHUNK_START : 0)
                        | (block == LEAF_BLOCKS - 1 ? Block.CHUNK_END : 0);
                lanes.compress(laneValues, laneWords, laneCounters, flags);
            }
            unloadLanes(done, count);
            done += count;
        }
        return done;
    }

    private int parentsInLanes(int pairs) {
        int done = 0;
        while (lanes != null && pairs - done >= 2) {
            int count = Math.min(Lanes.COUNT, pairs - done);
            keyInLanes();
            Arrays.fill(laneCounters, 0);
            for (int lane = 0; lane < count; lane++) {
                int at = (done + lane) * WORDS;
                for (int i = 0; i < WORDS; i++) {
                    laneWords[i * Lanes.COUNT + lane] = level[at + i];
                }
            }
            lanes.compress(laneValues, laneWords, laneCounters, Block.KEYED_HASH | Block.PARENT);
            // INVARIANT: node n of the level above lies before pair n of this one, so nothing is lost that is still
            // wanted.
            unloadLanes(done, count);
            done += count;
        }
        return done;
    }

    private void keyInLanes() {
        for (int i = 0; i < VALUES; i++) {
            Arrays.fill(laneValues, i * Lanes.COUNT, (i + 1) * Lanes.COUNT, key[i]);
        }
    }

    private void loadLane(byte[] bytes, int offset, int lane) {
        for (int i = 0; i < WORDS; i++) {
            laneWords[i * Lanes.COUNT + lane] = (int) INT.get(bytes, offset + 4 * i);
        }
    }

    private void unloadLanes(int firstNode, int count) {
        for (int lane = 0; lane < count; lane++) {
            for (int i = 0; i < VALUES; i++) {
                level[(firstNode + lane) * VALUES + i] = laneValues[i * Lanes.COUNT + lane];
            }
        }
    }
}
