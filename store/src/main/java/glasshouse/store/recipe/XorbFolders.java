package glasshouse.store.recipe;

import glasshouse.store.chunk.XetHash;
import glasshouse.store.object.LeafFolders;
import glasshouse.store.object.TwoLevels;
import java.nio.file.Path;

/** One file per xorb: {@code ab/(64 hex digits).x}, in 256 folders, by the beginning of the text of the name. */
record XorbFolders(Path top) implements LeafFolders {
    @Override
    public int leaves() {
        return STRIPES;
    }

    @Override
    public int stripe(int leaf) {
        return leaf;
    }

    @Override
    public Path branch(int leaf) {
        return top;
    }

    @Override
    public Path leaf(int leaf) {
        return top.resolve(TwoLevels.hexByte(leaf));
    }

    Path file(XetHash xorb) {
        return leaf(leafOf(xorb)).resolve(xorb + ".x");
    }

    static int leafOf(XetHash xorb) {
        return (int) (xorb.first() >>> 56);
    }
}
