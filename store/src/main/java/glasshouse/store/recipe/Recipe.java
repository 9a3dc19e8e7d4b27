package glasshouse.store.recipe;

import glasshouse.store.chunk.XetHash;
import glasshouse.store.object.Sha256;
import glasshouse.store.xet.ShardFile;
import glasshouse.store.xet.Term;
import java.util.List;
import java.util.Optional;

/**
 * How an object is put together.
 *
 * @param sha256 the name of the object
 * @param fileHash its name in the Xet formats
 * @param sizeBytes how many bytes all terms have together
 * @param terms its pieces, in their order; none for the empty object
 * @param ranges for each term the hash over its chunks; see {@link glasshouse.store.chunk.XetHasher#range}
 */
public record Recipe(Sha256 sha256, XetHash fileHash, long sizeBytes, List<Term> terms, List<XetHash> ranges) {
    public Recipe {
        terms = List.copyOf(terms);
        ranges = List.copyOf(ranges);
        if (ranges.size() != terms.size()) {
            throw new IllegalArgumentException(ranges.size() + " range hashes for " + terms.size() + " terms");
        }
    }

    static Recipe of(Sha256 sha256, ShardFile file) {
        return new Recipe(sha256, file.hash(), file.rawBytes(), file.terms(), file.ranges());
    }

    /** The same as a shard has it. */
    public ShardFile shardFile() {
        return new ShardFile(fileHash, terms, ranges, Optional.of(sha256.hex()));
    }
}
