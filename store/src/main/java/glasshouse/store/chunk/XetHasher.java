package glasshouse.store.chunk;

import java.util.HexFormat;
import java.util.List;

/**
 * Names chunks, ranges of chunks and files. Each kind of thing has its own key, so that no thing of one kind can stand for one of
 * another. Source of the keys: huggingface/hub-docs {@code docs/xet/hashing.md}; files and dedup replies: huggingface/xet-core.
 *
 * <p>An instance keeps working memory and belongs to one thread at a time; it is cheap to keep one per stream.
 */
public final class XetHasher {
    private static final byte[] CHUNK_KEY =
            HexFormat.of().parseHex("6697f5775b9550de3135cbaca597181c9de421109beb2b58b4d0b04b93adf229");
    static final byte[] NODE_KEY =
            HexFormat.of().parseHex("017ec5c7a5472996fd946666b48a02e65ddd536f37c76dd2f86352e64a53713f");
    private static final byte[] RANGE_KEY =
            HexFormat.of().parseHex("7f1857d6ce56ed66127ff913e7a5c3f3a4cd26d5b5db49e64124987f28fb94c3");

    private final Blake3 chunks = new Blake3(CHUNK_KEY);
    private final Blake3 ranges = new Blake3(RANGE_KEY);

    /** The name of a chunk. Its bytes are not compressed. */
    public XetHash chunk(byte[] bytes, int offset, int length) {
        return chunks.hash(bytes, offset, length);
    }

    /** What the verification entry of a term says: a hash over the chunks that the term names, in their order. */
    public XetHash range(List<XetHash> chunkHashes) {
        byte[] all = new byte[Math.multiplyExact(chunkHashes.size(), XetHash.BYTES)];
        int at = 0;
        for (XetHash hash : chunkHashes) {
            hash.write(all, at);
            at += XetHash.BYTES;
        }
        return ranges.hash(all, 0, all.length);
    }

    /**
     * The name of a file, from the root of the tree over all its chunks.
     *
     * @param root what {@link MerkleTree#root} says; zero for an empty file, whose name is zero too
     */
    public static XetHash file(XetHash root) {
        return root.equals(XetHash.ZERO) ? XetHash.ZERO : keyed(root, XetHash.ZERO);
    }

    /**
     * A chunk hash as a dedup reply gives it out: whoever does not know the chunk learns nothing about it.
     *
     * @param key the reply's own random key
     */
    public static XetHash keyed(XetHash chunk, XetHash key) {
        return new Blake3(key.bytes(), null).hash(chunk.bytes(), 0, XetHash.BYTES);
    }

    /** Whether clients of the reference implementation ask for this chunk beside the first one of a file: one in 1,024. */
    public static boolean isOfferedForDedup(XetHash chunk) {
        return Long.remainderUnsigned(chunk.fourth(), 1024) == 0;
    }

    /** Which way chunks are hashed on this machine, for people: several lanes at once, or plain Java. */
    public static String engine() {
        return Blake3.hashesInLanes() ? "blake3 in 16 lanes" : "blake3 in plain java";
    }
}
