package glasshouse.hub.community;

import glasshouse.core.entry.RevisionId;
import glasshouse.hub.git.Committer;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.TreeListing;
import glasshouse.hub.index.Discussions.Discussion;
import glasshouse.hub.index.Discussions.Pull;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathFilterGroup;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * What a pull request proposes, as its repository has it now.
 *
 * @param head where its ref points
 * @param target where the branch that it is for points; once it is merged, where that pointed before
 */
record Proposal(GitRepo repo, RevisionId head, RevisionId target) {
    /** The most commits that are told. */
    static final int MAX_COMMITS = 250;

    /** The most bytes of a diff. */
    static final int MAX_DIFF_BYTES = 1 << 20;

    private static final int MAX_DIFF_FILES = 300;
    /** The most files and folders that are gone through for a patch. */
    private static final long MAX_PATHS = 2_000_000;

    private static final int MAX_BLOB_IN_DIFF = 1 << 20;

    /** A commit of a proposal, with what it says of itself. */
    record Commit(RevisionId id, String subject, String author, Instant at) {}

    /** The proposal of a pull request; nothing where its ref or its branch is gone. */
    static Optional<Proposal> of(GitRepo repo, Discussion discussion) throws IOException {
        if (discussion.pull().isEmpty()) {
            return Optional.empty();
        }
        Pull pull = discussion.pull().get();
        Optional<RevisionId> head = Committer.head(repo, PullRequests.ref(discussion.num()));
        Optional<RevisionId> target = pull.merged().isPresent()
                ? Optional.of(pull.base())
                : Committer.head(repo, Constants.R_HEADS + pull.targetBranch());
        return head.isPresent() && target.isPresent()
                ? Optional.of(new Proposal(repo, head.get(), target.get()))
                : Optional.empty();
    }

    private static RevCommit commit(RevWalk walk, RevisionId id) throws IOException {
        return walk.parseCommit(ObjectId.fromString(id.value()));
    }

    /** Whether the target holds all of it. */
    boolean isMerged() throws IOException {
        try (RevWalk walk = new RevWalk(repo.jgit())) {
            return walk.isMergedInto(commit(walk, head), commit(walk, target));
        }
    }

    /** Whether the target has no commit that it does not have. */
    boolean isForward() throws IOException {
        try (RevWalk walk = new RevWalk(repo.jgit())) {
            return walk.isMergedInto(commit(walk, target), commit(walk, head));
        }
    }

    private List<RevCommit> bases(RevWalk walk) throws IOException {
        walk.setRevFilter(RevFilter.MERGE_BASE);
        walk.markStart(commit(walk, head));
        walk.markStart(commit(walk, target));
        List<RevCommit> bases = new ArrayList<>();
        for (RevCommit base : walk) {
            bases.add(walk.parseCommit(base));
        }
        return bases;
    }

    /**
     * Merges it into its target. Where the two histories meet in more than one commit, all of these must lead to the same result.
     *
     * @param inserter takes what is made
     */
    TreeMerge.Outcome merge(ObjectInserter inserter) throws IOException {
        try (RevWalk walk = new RevWalk(repo.jgit());
                ObjectReader reader = repo.jgit().newObjectReader()) {
            List<RevCommit> bases = bases(walk);
            ObjectId ours = commitTree(target);
            ObjectId theirs = commitTree(head);
            if (bases.isEmpty()) {
                return new TreeMerge.Outcome(
                        Optional.empty(), List.of("(the histories have nothing in common)"), false);
            }
            Optional<TreeMerge.Outcome> agreed = Optional.empty();
            for (RevCommit base : bases) {
                TreeMerge.Outcome outcome =
                        new TreeMerge(reader, inserter).merge(base.getTree().getId(), ours, theirs);
                boolean differs = agreed.isPresent() && !agreed.get().tree().equals(outcome.tree());
                if (outcome.tree().isEmpty()) {
                    return outcome;
                }
                if (differs) {
                    return new TreeMerge.Outcome(
                            Optional.empty(), List.of("(the histories meet in several commits)"), false);
                }
                agreed = Optional.of(outcome);
            }
            return agreed.orElseThrow();
        }
    }

    /** Whether it could be merged now; nothing is written. */
    TreeMerge.Outcome tryMerge() throws IOException {
        try (ObjectInserter trial = new Trial()) {
            return merge(trial);
        }
    }

    /** Names what it is given and keeps nothing. */
    private static final class Trial extends ObjectInserter.Formatter {
        @Override
        public ObjectId insert(int type, long length, InputStream in) throws IOException {
            return idFor(type, length, in);
        }
    }

    private ObjectId commitTree(RevisionId revision) throws IOException {
        return Committer.tree(repo, revision);
    }

    /** Its commits that the target does not have, oldest first; the last {@value #MAX_COMMITS} of them. */
    List<Commit> commits() throws IOException {
        List<Commit> commits = new ArrayList<>();
        try (RevWalk walk = new RevWalk(repo.jgit())) {
            walk.sort(RevSort.TOPO);
            walk.markStart(commit(walk, head));
            walk.markUninteresting(commit(walk, target));
            for (RevCommit commit : walk) {
                if (commits.size() == MAX_COMMITS) {
                    break;
                }
                commits.addFirst(new Commit(
                        new RevisionId(commit.name()),
                        commit.getShortMessage(),
                        commit.getAuthorIdent().getName(),
                        commit.getCommitterIdent().getWhenAsInstant()));
            }
        }
        return commits;
    }

    /** What it changes, as a patch; cut where it is long. */
    String diff() throws IOException {
        Cut out = new Cut();
        try (RevWalk walk = new RevWalk(repo.jgit());
                ObjectReader reader = repo.jgit().newObjectReader();
                DiffFormatter diff = new DiffFormatter(out)) {
            List<RevCommit> bases = bases(walk);
            ObjectId from = bases.isEmpty()
                    ? commitTree(target)
                    : bases.getFirst().getTree().getId();
            ObjectId to = commitTree(head);
            List<String> paths = changed(reader, from, to);
            if (paths.isEmpty()) {
                return "";
            }
            diff.setReader(reader, repo.jgit().getConfig());
            diff.setDetectRenames(false);
            diff.setBinaryFileThreshold(MAX_BLOB_IN_DIFF);
            diff.setPathFilter(PathFilterGroup.createFromStrings(paths));
            diff.format(from, to);
            diff.flush();
            return out.text(paths.size() > MAX_DIFF_FILES);
        } catch (CutOff e) {
            return out.text(true);
        }
    }

    private static List<String> changed(ObjectReader reader, ObjectId from, ObjectId to) throws IOException {
        List<String> paths = new ArrayList<>();
        try (TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(from);
            walk.addTree(to);
            walk.setRecursive(true);
            walk.setFilter(TreeListing.atMost(MAX_PATHS, TreeFilter.ANY_DIFF));
            while (paths.size() <= MAX_DIFF_FILES && walk.next()) {
                paths.add(walk.getPathString());
            }
        } catch (TreeListing.TooManyPaths many) {
            // What was found by then is shown.
            return paths;
        }
        return paths;
    }

    /** No more is wanted. */
    private static final class CutOff extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** Keeps the first bytes and wants no more. */
    private static final class Cut extends OutputStream {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int at, int length) throws IOException {
            int fits = Math.min(length, MAX_DIFF_BYTES - kept.size());
            kept.write(bytes, at, fits);
            if (fits < length) {
                throw new CutOff();
            }
        }

        String text(boolean more) {
            String text = kept.toString(StandardCharsets.UTF_8);
            return more ? text + "\n(the rest is left out)\n" : text;
        }
    }
}
