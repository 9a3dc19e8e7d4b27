package glasshouse.store.object;

import java.nio.file.Path;

/** Files that are spread over many folders, the leaves, by the beginnings of their names. Leaves are numbered from 0. */
public interface LeafFolders {
    /** There are no more stripes. */
    int STRIPES = 256;

    /** How many leaves there are. */
    int leaves();

    /** Below {@link #STRIPES}; leaves of one stripe have one branch, and are changed one after the other. */
    int stripe(int leaf);

    /** The folder that a leaf lies in. */
    Path branch(int leaf);

    Path leaf(int leaf);
}
