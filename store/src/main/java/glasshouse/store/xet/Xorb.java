package glasshouse.store.xet;

import glasshouse.store.chunk.Chunker;
import glasshouse.store.chunk.MerkleTree;
import glasshouse.store.chunk.XetHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What is known of a xorb beside its bytes: its chunks, in their order, and where they lie. Immutable. Takes up to 700 KiB.
 *
 * <p>Its name depends on the chunks alone. Two xorbs of one name may be compressed differently, and then are not equal here.
 */
public final class Xorb {
    public static final int MAX_CHUNKS = 8 * 1024;

    /**
     * How many bytes all chunks have with their headers, at most. The documents say 64 MiB, but the reference implementation
     * counts neither headers nor what compression saves: chunks that do not shrink make a body that is larger by their headers.
     */
    public static final int MAX_BODY_BYTES = 64 * 1024 * 1024 + MAX_CHUNKS * ChunkHeader.BYTES;

    /** How many bytes all chunks have before compression, in the xorbs that we write. In others it follows from their number. */
    public static final int MAX_WRITTEN_RAW_BYTES = 64 * 1024 * 1024;

    private final XetHash hash;
    private final List<XetHash> chunks;
    /** One place more than there are chunks: each begins where the one before it ends. */
    private final int[] encodedEnds;

    private final int[] rawEnds;

    private Xorb(XetHash hash, List<XetHash> chunks, int[] encodedEnds, int[] rawEnds) {
        this.hash = hash;
        this.chunks = chunks;
        this.encodedEnds = encodedEnds;
        this.rawEnds = rawEnds;
    }

    /** Collects chunks. For one thread. */
    static final class Builder {
        private final List<XetHash> chunks = new ArrayList<>();
        private int[] encodedEnds = new int[64];
        private int[] rawEnds = new int[64];

        int count() {
            return chunks.size();
        }

        int encodedBytes() {
            return encodedEnds[chunks.size()];
        }

        int rawBytes() {
            return rawEnds[chunks.size()];
        }

        /** Adds a chunk. That neither limit is broken is for the caller to see to, who knows what to say. */
        void add(XetHash chunk, int chunkEncodedBytes, int chunkRawBytes) {
            int n = chunks.size();
            if (n == MAX_CHUNKS || chunkRawBytes > Chunker.MAX_BYTES) {
                throw new IllegalStateException("chunk " + n + " of " + chunkRawBytes + " bytes");
            }
            if (n + 1 == encodedEnds.length) {
                encodedEnds = Arrays.copyOf(encodedEnds, 2 * encodedEnds.length);
                rawEnds = Arrays.copyOf(rawEnds, 2 * rawEnds.length);
            }
            encodedEnds[n + 1] = encodedEnds[n] + chunkEncodedBytes;
            rawEnds[n + 1] = rawEnds[n] + chunkRawBytes;
            chunks.add(chunk);
        }

        Xorb build() {
            int places = chunks.size() + 1;
            MerkleTree tree = new MerkleTree();
            for (int i = 0; i < chunks.size(); i++) {
                tree.add(chunks.get(i), rawEnds[i + 1] - rawEnds[i]);
            }
            return new Xorb(
                    tree.root(),
                    List.copyOf(chunks),
                    Arrays.copyOf(encodedEnds, places),
                    Arrays.copyOf(rawEnds, places));
        }
    }

    /** The name: the root of the tree over all chunks. */
    public XetHash hash() {
        return hash;
    }

    /** The names of the chunks. */
    public List<XetHash> chunks() {
        return chunks;
    }

    /** Where a chunk begins in the body, with its header; for the number of chunks, where the last one ends. */
    public int encodedStart(int chunk) {
        return encodedEnds[chunk];
    }

    /** Where a chunk begins among all chunks as they are before compression; for the number of chunks, where the last one ends. */
    public int rawStart(int chunk) {
        return rawEnds[chunk];
    }

    /** How many bytes all chunks have with their headers: the size of the body without a footer. */
    public int encodedBytes() {
        return encodedEnds[chunks.size()];
    }

    /** How many bytes all chunks have before compression; at most 1 GiB. */
    public int rawBytes() {
        return rawEnds[chunks.size()];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Xorb xorb
                && hash.equals(xorb.hash)
                && chunks.equals(xorb.chunks)
                && Arrays.equals(encodedEnds, xorb.encodedEnds)
                && Arrays.equals(rawEnds, xorb.rawEnds);
    }

    @Override
    public int hashCode() {
        return Objects.hash(hash, encodedBytes());
    }

    @Override
    public String toString() {
        return "xorb " + hash + " of " + chunks.size() + " chunks, " + rawBytes() + " bytes in " + encodedBytes();
    }
}
