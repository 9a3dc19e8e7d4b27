package glasshouse.hub.commit;

import glasshouse.core.entry.RevisionId;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.git.Committer;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.Revisions;
import glasshouse.hub.index.Entry;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;

/**
 * Where a commit goes: a branch, or the ref of a pull request.
 *
 * @param ref its whole name
 * @param head its commit; none for the default branch of an entry without commits
 */
record Destination(String ref, Optional<RevisionId> head) {
    private static final String PULL_REQUESTS = "refs/pr/";

    /**
     * The destination that a word names.
     *
     * @throws glasshouse.core.problem.Refusal REVISION_NOT_FOUND also for tags and commits, which take no commits
     */
    static Destination of(GitRepo repo, Entry entry, String word) throws IOException {
        Optional<Ref> found = Revisions.ref(repo, entry, word);
        if (found.isPresent()) {
            String ref = found.get().getName();
            if (ref.startsWith(Constants.R_HEADS) || ref.startsWith(PULL_REQUESTS)) {
                return new Destination(ref, Committer.head(repo, ref));
            }
        }
        String branch = word.startsWith(Constants.R_HEADS) ? word.substring(Constants.R_HEADS.length()) : word;
        if (found.isEmpty() && (branch.equals(entry.defaultBranch()) || branch.equals(Constants.HEAD))) {
            return new Destination(Constants.R_HEADS + entry.defaultBranch(), Optional.empty());
        }
        String shown = word.length() > 100 ? word.substring(0, 100) + "…" : word;
        throw Problem.of(
                        Code.REVISION_NOT_FOUND,
                        "no branch `" + shown.replaceAll("\\p{Cntrl}", "?") + "` in `" + entry.name() + "`")
                .because("Invalid rev id")
                .mend("commit to a branch")
                .refusal();
    }

    /** The branch without what stands before its name; nothing for a pull request. */
    Optional<String> branch() {
        return ref.startsWith(Constants.R_HEADS)
                ? Optional.of(ref.substring(Constants.R_HEADS.length()))
                : Optional.empty();
    }

    /** The number of the pull request; nothing for a branch. */
    Optional<Integer> pullRequest() {
        String number = ref.startsWith(PULL_REQUESTS) ? ref.substring(PULL_REQUESTS.length()) : "";
        return number.matches("[1-9]\\d{0,8}") ? Optional.of(Integer.valueOf(number)) : Optional.empty();
    }
}
