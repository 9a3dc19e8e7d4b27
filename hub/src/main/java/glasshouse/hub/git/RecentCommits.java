package glasshouse.hub.git;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Commits of one repository that were asked for lately, each with its tree, so that a question about a revision does not open the
 * revision anew. A commit never changes. Safe for many threads.
 */
final class RecentCommits {
    private static final int REMEMBERED = 1024;

    /** A commit and the folder at its root. */
    record Commit(ObjectId id, ObjectId tree) {}

    private final Map<ObjectId, Commit> recent = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ObjectId, Commit> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * The commit that an object is, or that a tag leads to.
     *
     * @throws org.eclipse.jgit.errors.MissingObjectException where there is no such object
     * @throws org.eclipse.jgit.errors.IncorrectObjectTypeException where it is something else
     */
    Commit get(ObjectReader reader, AnyObjectId id) throws IOException {
        synchronized (recent) {
            Commit known = recent.get(id);
            if (known != null) {
                return known;
            }
        }
        try (RevWalk walk = new RevWalk(reader)) {
            RevCommit found = walk.parseCommit(id);
            Commit commit =
                    new Commit(found.getId().copy(), found.getTree().getId().copy());
            synchronized (recent) {
                recent.put(id.copy(), commit);
            }
            return commit;
        }
    }
}
