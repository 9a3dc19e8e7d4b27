package glasshouse.store.recipe;

import glasshouse.store.chunk.XetHash;
import glasshouse.store.chunk.XetHasher;
import glasshouse.store.object.Sha256;
import glasshouse.store.xet.Term;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the chunks of an object together into terms. A xorb that is being written has no name yet, so xorbs go by numbers until the
 * end. For one thread. Below 5 MiB, however many chunks there are, as long as the caller asks {@link #takes}.
 */
final class TermList {
    /** An object in more pieces would be slow to read and take more memory than it is worth. */
    static final int MOST_PIECES = 32 * 1024;

    private record Piece(int xorb, int firstChunk, int endChunk, int rawBytes, XetHash range) {}

    private final XetHasher hasher;
    private final List<Piece> pieces = new ArrayList<>();
    /** By number; zero for those that have no name yet, which no xorb has. */
    private final List<XetHash> names = new ArrayList<>();

    private final Map<XetHash, Integer> numbers = new HashMap<>();
    private final List<XetHash> open = new ArrayList<>();
    private int openXorb = -1;
    private int openFirst;
    private int openBytes;
    private long sizeBytes;

    TermList(XetHasher hasher) {
        this.hasher = hasher;
    }

    /** The number of a xorb that is being written. */
    int numberOfNew() {
        names.add(XetHash.ZERO);
        return names.size() - 1;
    }

    /** Says what a xorb is called that was being written. */
    void name(int number, XetHash name) {
        names.set(number, name);
        numbers.put(name, number);
    }

    /** The number of a xorb that has a name. */
    int numberOf(XetHash name) {
        return numbers.computeIfAbsent(name, absent -> {
            names.add(name);
            return names.size() - 1;
        });
    }

    /** The xorb of the last chunk; zero if it has no name yet or there is no chunk. */
    XetHash lastXorb() {
        return openXorb < 0 ? XetHash.ZERO : names.get(openXorb);
    }

    /** The number after that of the last chunk, in {@link #lastXorb}. */
    int nextChunk() {
        return openFirst + open.size();
    }

    private boolean continues(int xorb, int chunk) {
        return xorb == openXorb && chunk == nextChunk();
    }

    /** Whether a chunk that lies somewhere may be used from there: not if it would be one piece too many. */
    boolean takes(int xorb, int chunk) {
        return pieces.size() < MOST_PIECES || continues(xorb, chunk);
    }

    /** Adds the next chunk of the object. */
    void add(int xorb, int chunk, XetHash hash, int rawBytes) {
        if (!continues(xorb, chunk)) {
            endPiece();
            openXorb = xorb;
            openFirst = chunk;
        }
        open.add(hash);
        openBytes += rawBytes;
        sizeBytes += rawBytes;
    }

    private void endPiece() {
        if (!open.isEmpty()) {
            pieces.add(new Piece(openXorb, openFirst, openFirst + open.size(), openBytes, hasher.range(open)));
            open.clear();
            openBytes = 0;
        }
    }

    /** All that was added, once all xorbs have their names. */
    Recipe recipe(Sha256 sha256, XetHash fileHash) {
        endPiece();
        List<Term> terms = new ArrayList<>(pieces.size());
        List<XetHash> ranges = new ArrayList<>(pieces.size());
        for (Piece piece : pieces) {
            XetHash xorb = names.get(piece.xorb());
            if (xorb.equals(XetHash.ZERO)) {
                throw new IllegalStateException("a xorb has no name yet");
            }
            terms.add(new Term(xorb, piece.firstChunk(), piece.endChunk(), piece.rawBytes()));
            ranges.add(piece.range());
        }
        return new Recipe(sha256, fileHash, sizeBytes, terms, ranges);
    }
}
