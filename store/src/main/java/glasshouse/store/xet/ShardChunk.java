package glasshouse.store.xet;

import glasshouse.store.chunk.Chunker;
import glasshouse.store.chunk.XetHash;

/**
 * A chunk as a shard lists it under its xorb.
 *
 * @param hash its name, or in a dedup reply its keyed name
 * @param rawBytes how many bytes it has before compression: 1 to 131,072
 * @param offered whether its writer offers it to be found by others
 */
public record ShardChunk(XetHash hash, int rawBytes, boolean offered) {
    public ShardChunk {
        if (rawBytes < 1 || rawBytes > Chunker.MAX_BYTES) {
            throw new IllegalArgumentException("a chunk of " + rawBytes + " bytes");
        }
    }
}
