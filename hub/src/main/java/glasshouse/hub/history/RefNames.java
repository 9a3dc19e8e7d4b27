package glasshouse.hub.history;

import glasshouse.core.entry.RevisionId;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.index.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;

/** What new branches and tags may be called. */
final class RefNames {
    private static final int MAX_BYTES = 200;

    private RefNames() {}

    /**
     * The whole name of a branch or tag that is to be made.
     *
     * @param prefix {@code refs/heads/} or {@code refs/tags/}
     * @throws glasshouse.core.problem.Refusal INVALID; CONFLICT where it is there, or is a folder of others
     */
    static String fresh(GitRepo repo, String prefix, String name) throws IOException {
        String ref = checked(prefix, name);
        if (repo.jgit().exactRef(ref) != null) {
            throw Problem.of(Code.CONFLICT, "Reference " + ref + " already exists")
                    .refusal();
        }
        if (repo.jgit().getRefDatabase().isNameConflicting(ref)) {
            throw Problem.of(Code.CONFLICT, "`" + ref + "` cannot stand beside the names that are there")
                    .because("one of them would be a folder of the other")
                    .refusal();
        }
        return ref;
    }

    /** As {@link #fresh}, whether it is there or not. */
    static String checked(String prefix, String name) {
        boolean good = Repository.isValidRefName(prefix + name)
                && name.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES
                && !name.startsWith("refs/")
                && !name.startsWith("-")
                && !name.equals(Constants.HEAD)
                // A name that looks like a commit would hide that commit.
                && !RevisionId.isOne(name);
        if (!good) {
            String what = prefix.equals(Constants.R_HEADS) ? "branch" : "tag";
            throw Problem.of(Code.INVALID, "Invalid reference for a " + what + ": `" + printable(name) + "`")
                    .because("names are as git takes them, at most " + MAX_BYTES
                            + " bytes, not below `refs/`, no commit id")
                    .mend("choose another name")
                    .refusal();
        }
        return prefix + name;
    }

    /**
     * The branch or tag of that name.
     *
     * @throws glasshouse.core.problem.Refusal REVISION_NOT_FOUND
     */
    static Ref require(GitRepo repo, Entry entry, String prefix, String name) throws IOException {
        // INVARIANT: a name is checked before it is looked for, since it becomes the path of a file.
        Ref ref = Repository.isValidRefName(prefix + name) ? repo.jgit().exactRef(prefix + name) : null;
        if (ref == null || ref.getObjectId() == null) {
            throw missing(entry, prefix.equals(Constants.R_HEADS) ? "branch" : "tag", name);
        }
        return ref;
    }

    static RuntimeException missing(Entry entry, String what, String name) {
        return Problem.of(
                        Code.REVISION_NOT_FOUND, "no " + what + " `" + printable(name) + "` in `" + entry.name() + "`")
                .because("Invalid rev id")
                .refusal();
    }

    private static String printable(String name) {
        String brief = name.length() > 100 ? name.substring(0, 100) + "…" : name;
        return brief.replaceAll("\\p{Cntrl}", "?");
    }
}
