package glasshouse.store.xet;

import glasshouse.store.chunk.XetHash;
import glasshouse.store.chunk.XetHasher;
import java.util.ArrayList;
import java.util.List;

/**
 * A xorb as a shard lists it.
 *
 * @param hash the name of the xorb
 * @param chunks its chunks, in their order: 1 to 8,192
 * @param encodedBytes how many bytes its body has, 0 where the writer does not say; below 2^31. Clients do not say
 */
public record ShardXorb(XetHash hash, List<ShardChunk> chunks, int encodedBytes) implements ShardPart {
    public ShardXorb {
        if (hash.equals(ShardFormat.END)) {
            throw new IllegalArgumentException("no xorb has the name that ends the list of xorbs");
        }
        if (chunks.isEmpty() || chunks.size() > Xorb.MAX_CHUNKS || encodedBytes < 0) {
            throw new IllegalArgumentException("a xorb of " + chunks.size() + " chunks, " + encodedBytes + " bytes");
        }
        chunks = List.copyOf(chunks);
    }

    /** What a shard says of a xorb. Offered are the chunks that clients ask for; see {@link XetHasher#isOfferedForDedup}. */
    public static ShardXorb of(Xorb xorb) {
        List<ShardChunk> chunks = new ArrayList<>(xorb.chunks().size());
        for (int i = 0; i < xorb.chunks().size(); i++) {
            XetHash chunk = xorb.chunks().get(i);
            chunks.add(
                    new ShardChunk(chunk, xorb.rawStart(i + 1) - xorb.rawStart(i), XetHasher.isOfferedForDedup(chunk)));
        }
        return new ShardXorb(xorb.hash(), chunks, xorb.encodedBytes());
    }

    /** The same for a dedup reply with a key of its own. */
    public ShardXorb keyed(XetHash key) {
        List<ShardChunk> keyed = chunks.stream()
                .map(chunk -> new ShardChunk(XetHasher.keyed(chunk.hash(), key), chunk.rawBytes(), chunk.offered()))
                .toList();
        return new ShardXorb(hash, keyed, encodedBytes);
    }

    /** How many bytes all chunks have before compression; at most 1 GiB. */
    public int rawBytes() {
        return chunks.stream().mapToInt(ShardChunk::rawBytes).sum();
    }
}
