package glasshouse.store.xet;

import glasshouse.store.chunk.XetHash;
import java.util.List;
import java.util.Optional;

/**
 * How a file is put together.
 *
 * @param hash the name of the file
 * @param terms its pieces, in their order; none for the empty file
 * @param ranges for each term the hash over its chunks, or none at all; see {@link
 *     glasshouse.store.chunk.XetHasher#range}. Within one shard all files have them or none has
 * @param sha256 what the writer claims to be the SHA-256 of the file: 64 lower-case hex digits in the ordinary form
 */
public record ShardFile(XetHash hash, List<Term> terms, List<XetHash> ranges, Optional<String> sha256)
        implements ShardPart {
    public ShardFile {
        if (hash.equals(ShardFormat.END)) {
            throw new IllegalArgumentException("no file has the name that ends the list of files");
        }
        if (!ranges.isEmpty() && ranges.size() != terms.size()) {
            throw new IllegalArgumentException(ranges.size() + " range hashes for " + terms.size() + " terms");
        }
        // XetHash has the same form as text; only the order of the bytes is another.
        if (sha256.isPresent() && !XetHash.isOne(sha256.get())) {
            throw new IllegalArgumentException("a SHA-256 is 64 lower-case hex digits, not `" + sha256.get() + "`");
        }
        terms = List.copyOf(terms);
        ranges = List.copyOf(ranges);
    }

    /** How many bytes all terms have together. */
    public long rawBytes() {
        return terms.stream().mapToLong(Term::rawBytes).sum();
    }
}
