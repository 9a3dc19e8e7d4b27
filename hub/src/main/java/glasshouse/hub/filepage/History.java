package glasshouse.hub.filepage;

import glasshouse.core.entry.RevisionId;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.page.Wording;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Reads a page of the history. It looks at so many commits and no more; where it stops, the next page goes on. */
final class History {
    static final int PAGE = 50;
    private static final int MAX_LOOKED_AT = 20_000;

    /** @param next the commit to go on after */
    record Page(List<HistoryPage.Row> rows, Optional<String> next) {}

    private History() {}

    static Page read(GitRepo repo, RevisionId revision, String path, Optional<String> after) throws IOException {
        try (ObjectReader reader = repo.jgit().newObjectReader();
                RevWalk walk = new RevWalk(reader)) {
            walk.markStart(walk.parseCommit(ObjectId.fromString(revision.value())));
            List<HistoryPage.Row> rows = new ArrayList<>();
            boolean passed = after.isEmpty();
            String last = "";
            int looked = 0;
            for (RevCommit commit : walk) {
                if (rows.size() == PAGE || ++looked > MAX_LOOKED_AT) {
                    return new Page(rows, last.isEmpty() ? Optional.empty() : Optional.of(last));
                }
                if (!passed) {
                    passed = commit.name().equals(after.get());
                    continue;
                }
                last = commit.name();
                if (path.isEmpty() || changes(walk, reader, commit, path)) {
                    rows.add(row(commit));
                }
            }
            return new Page(rows, Optional.empty());
        }
    }

    static HistoryPage.Row row(RevCommit commit) {
        return new HistoryPage.Row(
                commit.name(),
                title(commit),
                Wording.clipped(commit.getAuthorIdent().getName(), 80),
                Instant.ofEpochSecond(commit.getCommitTime()));
    }

    static String title(RevCommit commit) {
        String title = Wording.clipped(commit.getShortMessage(), 200);
        return title.isEmpty() ? "(no message)" : title;
    }

    private static boolean changes(RevWalk walk, ObjectReader reader, RevCommit commit, String path)
            throws IOException {
        ObjectId here = at(reader, commit, path);
        if (commit.getParentCount() == 0) {
            return !here.equals(ObjectId.zeroId());
        }
        for (RevCommit parent : commit.getParents()) {
            walk.parseHeaders(parent);
            if (here.equals(at(reader, parent, path))) {
                return false;
            }
        }
        return true;
    }

    private static ObjectId at(ObjectReader reader, RevCommit commit, String path) throws IOException {
        try (TreeWalk found = TreeWalk.forPath(reader, path, commit.getTree())) {
            return found == null ? ObjectId.zeroId() : found.getObjectId(0);
        }
    }
}
