package glasshouse.hub.git;

import glasshouse.core.entry.RevisionId;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.index.Entry;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;

/** Finds the revision that a word means: branch, tag, whole or short commit id, {@code refs/…}, or {@code HEAD}. */
public final class Revisions {
    private static final Pattern SHORT = Pattern.compile("[0-9a-f]{7,40}");

    private Revisions() {}

    /**
     * The revision that a word means. A branch goes before a tag, both before a commit.
     *
     * @throws glasshouse.core.problem.Refusal REVISION_NOT_FOUND
     */
    public static RevisionId require(GitRepo repo, Entry entry, String word) throws IOException {
        return find(repo, entry, word)
                .orElseThrow(() -> Problem.of(
                                Code.REVISION_NOT_FOUND,
                                "no revision `" + printable(word) + "` in `" + entry.name() + "`")
                        .refusal());
    }

    /** As {@link #require}, with nothing for no. */
    public static Optional<RevisionId> find(GitRepo repo, Entry entry, String word) throws IOException {
        Optional<Ref> ref = ref(repo, entry, word);
        if (ref.isPresent()) {
            return commit(repo, ref.get().getObjectId());
        }
        if (!SHORT.matcher(word).matches()) {
            return Optional.empty();
        }
        if (word.length() == 40) {
            ObjectId id = ObjectId.fromString(word);
            // What no ref leads to may have been removed since it was remembered.
            return repo.jgit().getObjectDatabase().has(id) ? commit(repo, id) : Optional.empty();
        }
        try (ObjectReader reader = repo.jgit().newObjectReader()) {
            var found = reader.resolve(AbbreviatedObjectId.fromString(word));
            return found.size() == 1 ? commit(repo, found.iterator().next()) : Optional.empty();
        }
    }

    /** The ref that a word names: a branch before a tag, or the whole name of a ref. */
    public static Optional<Ref> ref(GitRepo repo, Entry entry, String word) throws IOException {
        String name = word.equals("HEAD") ? Constants.R_HEADS + entry.defaultBranch() : word;
        if (!Repository.isValidRefName(name.startsWith("refs/") ? name : Constants.R_HEADS + name)) {
            return Optional.empty();
        }
        var refs = repo.jgit().getRefDatabase();
        if (name.startsWith("refs/")) {
            return Optional.ofNullable(refs.exactRef(name)).filter(ref -> ref.getObjectId() != null);
        }
        Ref branch = refs.exactRef(Constants.R_HEADS + name);
        Ref found = branch != null ? branch : refs.exactRef(Constants.R_TAGS + name);
        return Optional.ofNullable(found).filter(ref -> ref.getObjectId() != null);
    }

    /** The head of the default branch, where it has a commit. */
    public static Optional<RevisionId> head(GitRepo repo, Entry entry) throws IOException {
        return find(repo, entry, "HEAD");
    }

    private static Optional<RevisionId> commit(GitRepo repo, ObjectId id) throws IOException {
        try (ObjectReader reader = repo.jgit().newObjectReader()) {
            return Optional.of(
                    new RevisionId(repo.commits().get(reader, id).id().name()));
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            return Optional.empty();
        }
    }

    private static String printable(String word) {
        String brief = word.length() > 100 ? word.substring(0, 100) + "…" : word;
        return brief.replaceAll("\\p{Cntrl}", "?");
    }
}
