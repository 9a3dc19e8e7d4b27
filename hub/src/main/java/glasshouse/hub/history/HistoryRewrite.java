package glasshouse.hub.history;

import glasshouse.core.entry.RevisionId;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.git.Committer;
import glasshouse.hub.git.Draft;
import glasshouse.hub.git.GitRepo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * Takes blobs out of the whole history, as if they had never been committed. Every commit that had one, and every commit after
 * it, becomes a new one with the same words, author and dates; what never had one stays as it is. For one thread.
 */
final class HistoryRewrite {
    /** The most commits of a history that is rewritten. */
    public static final int MAX_COMMITS = 200_000;

    private static final int MAX_FOLDER_BYTES = 256 << 20;

    private final GitRepo repo;
    private final Draft draft;
    private final ObjectReader reader;
    private final Set<ObjectId> unwanted;
    private final Map<ObjectId, Optional<ObjectId>> trees = new HashMap<>();
    private final Map<ObjectId, ObjectId> commits = new HashMap<>();

    private HistoryRewrite(GitRepo repo, Draft draft, ObjectReader reader, Set<ObjectId> unwanted) {
        this.repo = repo;
        this.draft = draft;
        this.reader = reader;
        this.unwanted = Set.copyOf(unwanted);
    }

    /**
     * Rewrites all branches, tags and pull requests.
     *
     * @return how many refs have moved
     * @throws glasshouse.core.problem.Refusal TOO_LARGE
     */
    static int without(GitRepo repo, Set<ObjectId> blobs, Committer committer) throws IOException {
        repo.writing().lock();
        try (Draft draft = Draft.open(repo);
                ObjectReader reader = draft.reader()) {
            HistoryRewrite rewrite = new HistoryRewrite(repo, draft, reader, blobs);
            Map<Ref, Move> moves = rewrite.rewrite();
            draft.admit();
            for (Map.Entry<Ref, Move> move : moves.entrySet()) {
                committer.replace(
                        repo,
                        move.getKey(),
                        move.getValue().from(),
                        move.getValue().to());
            }
            return moves.size();
        } finally {
            repo.writing().unlock();
        }
    }

    private record Move(RevisionId from, RevisionId to) {}

    private Map<Ref, Move> rewrite() throws IOException {
        Map<Ref, RevCommit> tips = new HashMap<>();
        try (RevWalk walk = new RevWalk(reader)) {
            for (Ref ref : repo.jgit().getRefDatabase().getRefsByPrefix(Constants.R_REFS)) {
                if (ref.getObjectId() != null && walk.peel(walk.parseAny(ref.getObjectId())) instanceof RevCommit tip) {
                    tips.put(ref, tip);
                    walk.markStart(tip);
                }
            }
            walk.sort(RevSort.TOPO);
            walk.sort(RevSort.REVERSE, true);
            int n = 0;
            for (RevCommit commit; (commit = walk.next()) != null; n++) {
                if (n >= MAX_COMMITS) {
                    throw Problem.of(Code.TOO_LARGE, "the history has more than " + MAX_COMMITS + " commits")
                            .because("rewriting it would take too long")
                            .mend("delete the files without rewriting the history")
                            .refusal();
                }
                commits.put(commit.copy(), rewritten(commit));
            }
        }
        Map<Ref, Move> moves = new HashMap<>();
        for (Map.Entry<Ref, RevCommit> tip : tips.entrySet()) {
            ObjectId to = commits.getOrDefault(tip.getValue(), tip.getValue());
            if (!to.equals(tip.getValue())) {
                moves.put(tip.getKey(), new Move(new RevisionId(tip.getValue().name()), new RevisionId(to.name())));
            }
        }
        return moves;
    }

    private ObjectId rewritten(RevCommit commit) throws IOException {
        Optional<ObjectId> kept = tree(commit.getTree());
        ObjectId tree = kept.isPresent() ? kept.get() : draft.inserter().insert(new TreeFormatter());
        List<ObjectId> parents = new ArrayList<>();
        boolean same = tree.equals(commit.getTree());
        for (RevCommit parent : commit.getParents()) {
            ObjectId now = commits.getOrDefault(parent, parent);
            same &= now.equals(parent);
            parents.add(now.copy());
        }
        if (same) {
            return commit.copy();
        }
        // A signature would no longer be true of it, so it goes.
        CommitBuilder built = new CommitBuilder();
        built.setTreeId(tree);
        built.setParentIds(parents);
        built.setAuthor(commit.getAuthorIdent());
        built.setCommitter(commit.getCommitterIdent());
        built.setMessage(commit.getFullMessage());
        return draft.inserter().insert(built);
    }

    /** The folder without what is unwanted; nothing where nothing is left. */
    private Optional<ObjectId> tree(ObjectId id) throws IOException {
        if (trees.containsKey(id)) {
            return trees.getOrDefault(id, Optional.empty());
        }
        byte[] raw = reader.open(id, Constants.OBJ_TREE).getCachedBytes(MAX_FOLDER_BYTES);
        TreeFormatter fresh = new TreeFormatter(Math.max(64, raw.length));
        boolean changed = false;
        boolean empty = true;
        CanonicalTreeParser entries = new CanonicalTreeParser();
        for (entries.reset(raw); !entries.eof(); entries.next(1)) {
            ObjectId before = entries.getEntryObjectId();
            Optional<ObjectId> after = FileMode.TREE.equals(entries.getEntryRawMode())
                    ? tree(before)
                    : Optional.of(before).filter(blob -> !unwanted.contains(blob));
            changed |= !after.equals(Optional.of(before));
            if (after.isPresent()) {
                empty = false;
                byte[] name = Arrays.copyOf(entries.getEntryPathBuffer(), entries.getEntryPathLength());
                fresh.append(name, 0, name.length, entries.getEntryFileMode(), after.get());
            }
        }
        Optional<ObjectId> result = !changed
                ? Optional.of(id.copy())
                : empty ? Optional.empty() : Optional.of(draft.inserter().insert(fresh));
        trees.put(id.copy(), result);
        return result;
    }
}
