package glasshouse.hub.history;

import glasshouse.core.entry.RevisionId;
import glasshouse.hub.git.GitRepo;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/**
 * How many commits a revision has behind it. That never changes, so it is remembered; and where a few commits were made one after
 * the other since, they are added instead of all being counted again. Safe for many threads.
 */
final class CommitCount {
    /** Counted no further: nobody pages through more. */
    static final int MAX = 1_000_000;

    private static final int REMEMBERED = 4096;
    private static final int NEAR = 200;

    private final Map<RevisionId, Integer> known = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RevisionId, Integer> eldest) {
            return size() > REMEMBERED;
        }
    };

    int of(GitRepo repo, RevisionId revision) throws IOException {
        try (RevWalk walk = new RevWalk(repo.jgit())) {
            walk.setRetainBody(false);
            RevCommit commit = walk.parseCommit(ObjectId.fromString(revision.value()));
            for (int since = 0; since < NEAR; since++) {
                Integer behind = recall(new RevisionId(commit.name()));
                if (behind != null) {
                    return remember(revision, Math.min(MAX, behind + since));
                }
                if (commit.getParentCount() != 1) {
                    break;
                }
                commit = walk.parseCommit(commit.getParent(0));
            }
            walk.reset();
            walk.markStart(walk.parseCommit(ObjectId.fromString(revision.value())));
            int count = 0;
            while (count < MAX && walk.next() != null) {
                count++;
            }
            return remember(revision, count);
        }
    }

    private @Nullable Integer recall(RevisionId revision) {
        synchronized (known) {
            return known.get(revision);
        }
    }

    private int remember(RevisionId revision, int count) {
        synchronized (known) {
            known.put(revision, count);
        }
        return count;
    }
}
