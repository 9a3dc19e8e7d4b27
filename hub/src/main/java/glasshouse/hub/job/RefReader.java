package glasshouse.hub.job;

import glasshouse.core.entry.RevisionId;
import glasshouse.hub.git.Committer;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.index.Entry;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevWalk;

/** The branches and tags of a repository: what is inspected, and what is compared at the start. */
final class RefReader {
    private RefReader() {}

    /** Whether changes of a ref matter here. */
    static boolean matters(String ref) {
        return ref.startsWith(Constants.R_HEADS) || ref.startsWith(Constants.R_TAGS);
    }

    /** What the default branch points at, whether that is there or not. */
    static Optional<RevisionId> head(GitRepo repo, Entry entry) throws IOException {
        return Committer.head(repo, Constants.R_HEADS + entry.defaultBranch());
    }

    /** What each branch and tag points at: for a tag with a message, the tag. */
    static Map<String, RevisionId> targets(GitRepo repo) throws IOException {
        Map<String, RevisionId> targets = new TreeMap<>();
        for (String prefix : new String[] {Constants.R_HEADS, Constants.R_TAGS}) {
            for (Ref ref : repo.jgit().getRefDatabase().getRefsByPrefix(prefix)) {
                ObjectId id = ref.getObjectId();
                if (id != null) {
                    targets.put(ref.getName(), new RevisionId(id.name()));
                }
            }
        }
        return targets;
    }

    /** The commit that each branch and tag leads to; those that lead to none are left out. */
    static Map<String, RevisionId> revisions(GitRepo repo) throws IOException {
        Map<String, RevisionId> revisions = new TreeMap<>();
        try (RevWalk walk = new RevWalk(repo.jgit())) {
            for (Map.Entry<String, RevisionId> target : targets(repo).entrySet()) {
                String ref = target.getKey();
                if (ref.startsWith(Constants.R_HEADS)) {
                    // A branch points at a commit; that it is there is found out when it is looked at.
                    revisions.put(ref, target.getValue());
                    continue;
                }
                try {
                    ObjectId id = ObjectId.fromString(target.getValue().value());
                    revisions.put(ref, new RevisionId(walk.parseCommit(id).name()));
                } catch (IncorrectObjectTypeException e) {
                    // a tag of a file or a folder is no revision
                }
                // else an exception for the caller: the object is missing
            }
        }
        return revisions;
    }

    /** The name of a branch or tag without where it is kept. */
    static String brief(String ref) {
        return ref.startsWith(Constants.R_HEADS)
                ? ref.substring(Constants.R_HEADS.length())
                : ref.startsWith(Constants.R_TAGS) ? ref.substring(Constants.R_TAGS.length()) : ref;
    }
}
