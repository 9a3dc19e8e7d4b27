package glasshouse.hub.transport;

import java.io.IOException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdOwnerMap;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * How many paths a tree has, without going through them: each tree is read once, however often it is named. Ten folders, each of
 * which names the next one ten times, have 10^10 paths in a kilobyte. Only trees that a push brings are read: what those of the
 * repository have within them counts as nothing, so that this costs what the push holds.
 */
final class PathCount {
    private static final int MAX_DEPTH = 2048;
    private static final int MAX_TREE_BYTES = 64 << 20;

    /** Says whether an object came with the push. */
    @FunctionalInterface
    interface News {
        boolean isNew(AnyObjectId id) throws IOException;
    }

    private static final class Counted extends ObjectIdOwnerMap.Entry {
        private final long paths;

        Counted(AnyObjectId id, long paths) {
            super(id);
            this.paths = paths;
        }
    }

    private final ObjectReader reader;
    private final News news;
    private final long max;
    private final ObjectIdOwnerMap<Counted> known = new ObjectIdOwnerMap<>();

    /** @param max above this the exact number does not matter */
    PathCount(ObjectReader reader, News news, long max) {
        this.reader = reader;
        this.news = news;
        this.max = max;
    }

    /** Whether a tree has more paths than are allowed. */
    boolean isTooMany(ObjectId tree) throws IOException {
        return count(tree, 0) > max;
    }

    private long count(ObjectId tree, int depth) throws IOException {
        Counted before = known.get(tree);
        if (before != null) {
            return before.paths;
        }
        // No path has so many segments.
        long paths = depth > MAX_DEPTH ? max + 1 : 0;
        CanonicalTreeParser entries = new CanonicalTreeParser();
        for (entries.reset(reader.open(tree, Constants.OBJ_TREE).getCachedBytes(MAX_TREE_BYTES));
                !entries.eof() && paths <= max;
                entries.next(1)) {
            paths++;
            ObjectId id = entries.getEntryObjectId();
            if (FileMode.TREE.equals(entries.getEntryRawMode()) && news.isNew(id)) {
                paths += count(id, depth + 1);
            }
        }
        known.add(new Counted(tree, paths));
        return paths;
    }
}
