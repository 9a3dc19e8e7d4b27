package glasshouse.hub.git;

import glasshouse.core.entry.RevisionId;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/**
 * Which commit last changed each of some paths, in one walk over the history.
 *
 * <p>A commit holds the paths that are the same in it as in the revision asked for. Those that a parent has unchanged go over to
 * that parent (of several, the first); the others were changed here. Each path follows one line of commits, so the order of the
 * walk decides only how much is read.
 */
public final class LastCommits {
    /** The most commits of a walk: paths that were not changed since are left out. */
    public static final int MAX_COMMITS = 10_000;

    /** The most bytes of folders that are read in a walk; one of a million files has forty million. */
    private static final long MAX_TREE_BYTES = 1L << 30;

    private static final int MAX_FOLDER_BYTES = 256 << 20;
    private static final int REMEMBERED = 256;

    private LastCommits() {}

    /** What a commit says of itself. */
    public record Last(RevisionId id, String title, Instant at) {}

    /** The last commit of each path, as far as it was found. */
    public static Map<String, Last> of(GitRepo repo, RevisionId revision, Collection<String> paths) throws IOException {
        try (ObjectReader reader = repo.jgit().newObjectReader();
                RevWalk walk = new RevWalk(reader)) {
            return new Walk(reader, walk, PathTree.of(paths)).run(revision, Set.copyOf(paths));
        }
    }

    /** A folder, and the names that it was looked at for. */
    private record Look(ObjectId folder, PathTree names) {}

    private static final class Walk {
        private final ObjectReader reader;
        private final RevWalk commits;
        private final PathTree wanted;
        /** A commit's folders are looked at again as those of the parent of the commit after it. */
        private final Map<Look, Map<String, PathTree.Found>> recent = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Look, Map<String, PathTree.Found>> eldest) {
                return size() > REMEMBERED;
            }
        };

        private final Map<ObjectId, Set<String>> held = new HashMap<>();
        private final PriorityQueue<RevCommit> next = new PriorityQueue<>(
                Comparator.comparingInt(RevCommit::getCommitTime).reversed());
        private final Map<String, Last> found = new HashMap<>();
        private long readBytes;

        Walk(ObjectReader reader, RevWalk commits, PathTree wanted) {
            this.reader = reader;
            this.commits = commits;
            this.wanted = wanted;
        }

        Map<String, Last> run(RevisionId revision, Set<String> paths) throws IOException {
            hold(commits.parseCommit(ObjectId.fromString(revision.value())), paths);
            for (int n = 0; !next.isEmpty() && n < MAX_COMMITS && readBytes < MAX_TREE_BYTES; n++) {
                RevCommit commit = next.remove();
                Set<String> mine = held.remove(commit.getId());
                if (mine != null) {
                    settle(commit, mine);
                }
            }
            return found;
        }

        private void hold(RevCommit commit, Set<String> paths) {
            if (held.computeIfAbsent(commit.getId(), id -> new HashSet<>()).addAll(paths)) {
                next.add(commit);
            }
        }

        private void settle(RevCommit commit, Set<String> mine) throws IOException {
            Set<String> left = new HashSet<>(mine);
            for (RevCommit parent : commit.getParents()) {
                if (left.isEmpty()) {
                    return;
                }
                try {
                    commits.parseHeaders(parent);
                } catch (MissingObjectException shallow) {
                    continue;
                }
                Set<String> changed = new HashSet<>();
                compare(commit.getTree(), parent.getTree(), wanted, "", changed);
                Set<String> same = new HashSet<>(left);
                same.removeAll(changed);
                if (!same.isEmpty()) {
                    left.removeAll(same);
                    hold(parent, same);
                }
            }
            if (!left.isEmpty()) {
                commits.parseBody(commit);
                Last last = new Last(
                        new RevisionId(commit.name()),
                        commit.getShortMessage(),
                        Instant.ofEpochSecond(commit.getCommitTime()));
                left.forEach(path -> found.put(path, last));
            }
        }

        /** Adds the wanted paths whose content differs between two folders. */
        private void compare(
                @Nullable ObjectId one, @Nullable ObjectId other, PathTree node, String prefix, Set<String> changed)
                throws IOException {
            if (one == null ? other == null : one.equals(other)) {
                return;
            }
            Map<String, PathTree.Found> ones = names(one, node);
            Map<String, PathTree.Found> others = names(other, node);
            for (Map.Entry<String, PathTree> child : node.below.entrySet()) {
                PathTree.Found a = ones.get(child.getKey());
                PathTree.Found b = others.get(child.getKey());
                if (a == null ? b == null : a.equals(b)) {
                    continue;
                }
                String path = prefix + child.getKey();
                if (child.getValue().wanted) {
                    changed.add(path);
                }
                compare(folder(a), folder(b), child.getValue(), path + "/", changed);
            }
        }

        private Map<String, PathTree.Found> names(@Nullable ObjectId folder, PathTree node) throws IOException {
            if (folder == null || node.below.isEmpty()) {
                return Map.of();
            }
            Look look = new Look(folder, node);
            Map<String, PathTree.Found> known = recent.get(look);
            if (known == null) {
                byte[] bytes = reader.open(folder, Constants.OBJ_TREE).getCachedBytes(MAX_FOLDER_BYTES);
                readBytes += bytes.length;
                known = node.in(bytes);
                recent.put(look, known);
            }
            return known;
        }
    }

    private static @Nullable ObjectId folder(PathTree.@Nullable Found found) {
        return found != null && FileMode.TREE.equals(found.mode()) ? found.id() : null;
    }
}
