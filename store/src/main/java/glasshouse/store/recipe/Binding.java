package glasshouse.store.recipe;

import glasshouse.store.chunk.MerkleTree;
import glasshouse.store.chunk.XetHash;
import glasshouse.store.chunk.XetHasher;
import glasshouse.store.recipe.BadRecipe.Reason;
import glasshouse.store.xet.ShardFile;
import glasshouse.store.xet.Term;
import glasshouse.store.xet.Xorb;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks what somebody says about how a file is put together. For one thread. */
final class Binding {
    private final Xorbs xorbs;
    private final XetHasher hasher = new XetHasher();
    private @Nullable Xorb last;

    Binding(Xorbs xorbs) {
        this.xorbs = xorbs;
    }

    /** Checks all that follows from the footers of the xorbs: everything but the bytes. */
    void check(ShardFile file) throws IOException {
        if (file.ranges().size() != file.terms().size()) {
            throw new BadRecipe(Reason.NO_RANGE_HASH, "the terms have no range hashes");
        }
        MerkleTree tree = new MerkleTree();
        for (int i = 0; i < file.terms().size(); i++) {
            Term term = file.terms().get(i);
            String said = "term " + i + ", chunks " + term.firstChunk() + " to " + term.endChunk() + " of xorb "
                    + term.xorb() + ": ";
            Xorb xorb = xorb(term.xorb(), said);
            if (term.endChunk() > xorb.chunks().size()) {
                throw new BadRecipe(
                        Reason.NO_SUCH_CHUNKS, said + "it has " + xorb.chunks().size());
            }
            int bytes = xorb.rawStart(term.endChunk()) - xorb.rawStart(term.firstChunk());
            if (bytes != term.rawBytes()) {
                throw new BadRecipe(Reason.WRONG_SIZE, said + "they have " + bytes + " bytes, not " + term.rawBytes());
            }
            List<XetHash> named = xorb.chunks().subList(term.firstChunk(), term.endChunk());
            if (!hasher.range(named).equals(file.ranges().get(i))) {
                throw new BadRecipe(Reason.WRONG_RANGE_HASH, said + "the hash over them is another");
            }
            for (int chunk = term.firstChunk(); chunk < term.endChunk(); chunk++) {
                tree.add(xorb.chunks().get(chunk), xorb.rawStart(chunk + 1) - xorb.rawStart(chunk));
            }
        }
        XetHash actual = XetHasher.file(tree.root());
        if (!actual.equals(file.hash())) {
            throw new BadRecipe(Reason.WRONG_FILE_HASH, "the chunks make file " + actual + ", not " + file.hash());
        }
    }

    private Xorb xorb(XetHash hash, String said) throws IOException {
        if (last != null && last.hash().equals(hash)) {
            return last;
        }
        try {
            Optional<OpenXorb> opened = xorbs.open(hash);
            if (opened.isEmpty()) {
                throw new BadRecipe(Reason.MISSING_XORB, said + "there is no such xorb");
            }
            try (OpenXorb open = opened.get()) {
                last = open.xorb();
                return open.xorb();
            }
        } catch (DamagedXorb damaged) {
            throw new BadRecipe(Reason.DAMAGED_XORB, damaged);
        }
    }
}
