package glasshouse.store.xet;

import glasshouse.store.chunk.Chunker;
import glasshouse.store.chunk.XetHash;

/**
 * A piece of a file: chunks of one xorb that follow each other.
 *
 * @param xorb the name of the xorb
 * @param firstChunk the number of the first chunk, from 0
 * @param endChunk the number after that of the last chunk; more than {@code firstChunk}, at most 8,192
 * @param rawBytes how many bytes the chunks have before compression: at least one and at most 131,072 for each
 */
public record Term(XetHash xorb, int firstChunk, int endChunk, int rawBytes) {
    public Term {
        if (firstChunk < 0 || endChunk <= firstChunk || endChunk > Xorb.MAX_CHUNKS) {
            throw new IllegalArgumentException("a term of chunks " + firstChunk + " to " + endChunk);
        }
        int chunks = endChunk - firstChunk;
        if (rawBytes < chunks || rawBytes > (long) chunks * Chunker.MAX_BYTES) {
            throw new IllegalArgumentException("a term of " + chunks + " chunks and " + rawBytes + " bytes");
        }
    }

    public int chunks() {
        return endChunk - firstChunk;
    }
}
