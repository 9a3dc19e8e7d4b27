package glasshouse.store.xet;

import glasshouse.store.chunk.XetHash;

/**
 * What stands at the end of a shard that is kept or sent as a dedup reply. Lookup tables are skipped when read, and none are
 * written: readers find everything without them.
 *
 * @param key with which the names of all chunks are keyed; zero if they are not
 * @param createdSeconds since 1970
 * @param expirySeconds since 1970: after this the reader forgets the shard; -1 for never (all bits set)
 * @param storedOnDiskBytes for people; how this and the next two are counted is the writer's affair
 * @param materializedBytes for people
 * @param storedBytes for people
 */
public record ShardFooter(
        XetHash key,
        long createdSeconds,
        long expirySeconds,
        long storedOnDiskBytes,
        long materializedBytes,
        long storedBytes)
        implements ShardPart {
    /** Of a reply to the question who has a chunk. */
    public static ShardFooter ofReply(XetHash key, long createdSeconds, long expirySeconds) {
        return new ShardFooter(key, createdSeconds, expirySeconds, 0, 0, 0);
    }
}
