package glasshouse.hub.git;

import glasshouse.core.entry.RevisionId;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.index.People.Account;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.TagBuilder;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/** Makes commits and moves branches, durably: what is returned is on disk, together with the ref that leads to it. */
public final class Committer {
    private final InstantSource clock;
    private final RefWatch watch;
    private final RecentTrees trees;

    public Committer(InstantSource clock, RefWatch watch) {
        this(clock, watch, new RecentTrees(0));
    }

    /** @param trees where large folders are remembered */
    public Committer(InstantSource clock, RefWatch watch, RecentTrees trees) {
        this.clock = clock;
        this.watch = watch;
        this.trees = trees;
    }

    /** Writes blobs of a change and says what changes; called once, while the pack of the commit is open. */
    @FunctionalInterface
    public interface Content {
        void into(TreeEdit edit, ObjectReader reader, ObjectInserter inserter, Optional<RevisionId> base)
                throws IOException;
    }

    /**
     * What a commit says.
     *
     * @param author who made it
     * @param message title, empty line, description
     */
    public record Message(Account author, String message) {}

    /**
     * Where a commit goes.
     *
     * @param ref the whole name of the branch; made where it is not there
     * @param expected the commit that the caller takes to be the head; a branch that has moved on is refused
     * @param base what to build on where the ref is not there yet
     */
    public record Target(String ref, Optional<RevisionId> expected, Optional<RevisionId> base) {
        /** A branch as it is, whatever its head. */
        public static Target of(String ref) {
            return new Target(ref, Optional.empty(), Optional.empty());
        }
    }

    /**
     * Commits a change on a branch.
     *
     * @param ref the whole name of the branch; made where it is not there
     * @param expected the commit that the caller takes to be the head; a branch that has moved on is refused
     * @param base what to build on where the ref is not there yet
     * @return the new revision, or the head as it is where nothing changes
     * @throws glasshouse.core.problem.Refusal STALE
     */
    public RevisionId commit(
            GitRepo repo,
            String ref,
            Optional<RevisionId> expected,
            Optional<RevisionId> base,
            Message message,
            Content content)
            throws IOException {
        try (Draft draft = Draft.open(repo)) {
            return commit(draft, new Target(ref, expected, base), message, content);
        }
    }

    /**
     * Commits a change whose blobs were written to a draft.
     *
     * @return the new revision, or the head as it is where nothing changes
     * @throws glasshouse.core.problem.Refusal STALE
     */
    public RevisionId commit(Draft draft, Target target, Message message, Content content) throws IOException {
        GitRepo repo = draft.repo();
        repo.writing().lock();
        try {
            Optional<RevisionId> head = head(repo, target.ref());
            Optional<RevisionId> parent = head.isPresent() ? head : target.base();
            if (target.expected().isPresent() && !target.expected().equals(parent)) {
                throw stale(head);
            }
            RevisionId made = write(draft, parent, message, content);
            if (Optional.of(made).equals(head)) {
                return made;
            }
            draft.admit();
            move(repo, target.ref(), head, Optional.of(made), true);
            return made;
        } finally {
            repo.writing().unlock();
        }
    }

    private RevisionId write(Draft draft, Optional<RevisionId> parent, Message message, Content content)
            throws IOException {
        ObjectInserter inserter = draft.inserter();
        try (ObjectReader reader = draft.reader()) {
            TreeEdit edit = new TreeEdit(trees);
            content.into(edit, reader, inserter, parent);
            @Nullable ObjectId baseTree = parent.isPresent() ? tree(draft.repo(), parent.get()) : null;
            ObjectId tree = edit.write(reader, inserter, baseTree);
            if (parent.isPresent() && tree.equals(baseTree)) {
                return parent.get();
            }
            ObjectId commit = inserter.insert(build(tree, parent.map(List::of).orElse(List.of()), message));
            return new RevisionId(commit.name());
        }
    }

    private CommitBuilder build(ObjectId tree, List<RevisionId> parents, Message message) {
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(tree);
        commit.setParentIds(
                parents.stream().map(id -> ObjectId.fromString(id.value())).toList());
        PersonIdent person = ident(message.author(), clock.instant());
        commit.setAuthor(person);
        commit.setCommitter(person);
        commit.setMessage(message.message());
        return commit;
    }

    private static PersonIdent ident(Account account, Instant now) {
        String email = account.email().orElse(account.name() + "@users.noreply.invalid");
        return new PersonIdent(account.name(), email, now, ZoneOffset.UTC);
    }

    /** A commit with a given tree and parents, on no branch yet. It is on disk when the call returns. */
    public RevisionId commitTree(GitRepo repo, ObjectId tree, List<RevisionId> parents, Message message)
            throws IOException {
        try (Draft draft = Draft.open(repo)) {
            if (tree.equals(Constants.EMPTY_TREE_ID)) {
                draft.inserter().insert(new TreeFormatter());
            }
            ObjectId commit = draft.inserter().insert(build(tree, parents, message));
            draft.admit();
            return new RevisionId(commit.name());
        }
    }

    /** The tree of a revision. */
    public static ObjectId tree(GitRepo repo, RevisionId revision) throws IOException {
        try (RevWalk walk = new RevWalk(repo.jgit())) {
            return walk.parseCommit(ObjectId.fromString(revision.value()))
                    .getTree()
                    .getId();
        }
    }

    /** What a ref points at. */
    public static Optional<RevisionId> head(GitRepo repo, String ref) throws IOException {
        return Optional.ofNullable(repo.jgit().exactRef(ref))
                .map(org.eclipse.jgit.lib.Ref::getObjectId)
                .map(id -> new RevisionId(id.name()));
    }

    /**
     * Moves a ref, makes it, or deletes it, and tells those who watch.
     *
     * @param from where it must point now; nothing where it must not be there
     * @param to where it points afterwards; nothing to delete it
     * @param forward whether {@code to} must contain {@code from}
     * @throws glasshouse.core.problem.Refusal STALE where it points elsewhere by now
     */
    public void move(GitRepo repo, String ref, Optional<RevisionId> from, Optional<RevisionId> to, boolean forward)
            throws IOException {
        repo.writing().lock();
        try {
            update(repo, ref, id(from), id(to), forward);
        } finally {
            repo.writing().unlock();
        }
        watch.changed(repo.id(), List.of(new RefWatch.Change(ref, from, to)));
    }

    private static ObjectId id(Optional<RevisionId> revision) {
        return revision.map(id -> ObjectId.fromString(id.value())).orElse(ObjectId.zeroId());
    }

    private static void update(GitRepo repo, String ref, ObjectId from, ObjectId to, boolean forward)
            throws IOException {
        RefUpdate update = repo.jgit().updateRef(ref);
        update.setExpectedOldObjectId(from);
        update.setForceUpdate(!forward || to.equals(ObjectId.zeroId()));
        update.disableRefLog();
        if (!from.equals(ObjectId.zeroId()) && (!forward || to.equals(ObjectId.zeroId()))) {
            Maintenance.noteRewrite(repo);
        }
        RefUpdate.Result result;
        if (to.equals(ObjectId.zeroId())) {
            result = update.delete();
        } else {
            update.setNewObjectId(to);
            result = update.update();
        }
        switch (result) {
            case NEW, FAST_FORWARD, FORCED, NO_CHANGE -> {}
            case LOCK_FAILURE, REJECTED, REJECTED_CURRENT_BRANCH -> throw stale(head(repo, ref));
            case IO_FAILURE, NOT_ATTEMPTED, RENAMED, REJECTED_MISSING_OBJECT, REJECTED_OTHER_REASON ->
                throw new IOException("moving " + ref + " of " + repo.id() + " failed: " + result);
        }
        Durable.syncRef(repo, ref);
    }

    /**
     * Makes a tag that is not there yet.
     *
     * @param message with one, the tag is an object of its own that says who made it and when
     */
    public void tag(GitRepo repo, String name, RevisionId revision, Optional<Message> message) throws IOException {
        String ref = Constants.R_TAGS + name;
        ObjectId target = ObjectId.fromString(revision.value());
        repo.writing().lock();
        try {
            if (message.isPresent()) {
                target = tagObject(repo, name, target, message.get());
            }
            update(repo, ref, ObjectId.zeroId(), target, true);
        } finally {
            repo.writing().unlock();
        }
        watch.changed(repo.id(), List.of(new RefWatch.Change(ref, Optional.empty(), Optional.of(revision))));
    }

    private ObjectId tagObject(GitRepo repo, String name, ObjectId target, Message message) throws IOException {
        TagBuilder tag = new TagBuilder();
        tag.setTag(name);
        tag.setObjectId(target, Constants.OBJ_COMMIT);
        tag.setTagger(ident(message.author(), clock.instant()));
        tag.setMessage(message.message());
        try (Draft draft = Draft.open(repo)) {
            ObjectId id = draft.inserter().insert(tag);
            draft.admit();
            return id;
        }
    }

    /** Moves a ref, of which only the commit behind it is known, to another commit. A tag with words of its own becomes a plain one. */
    public void replace(GitRepo repo, org.eclipse.jgit.lib.Ref ref, RevisionId from, RevisionId to) throws IOException {
        update(repo, ref.getName(), ref.getObjectId(), ObjectId.fromString(to.value()), false);
        watch.changed(repo.id(), List.of(new RefWatch.Change(ref.getName(), Optional.of(from), Optional.of(to))));
    }

    /** Deletes a ref, whatever it points at. */
    public void delete(GitRepo repo, org.eclipse.jgit.lib.Ref ref, RevisionId revision) throws IOException {
        repo.writing().lock();
        try {
            update(repo, ref.getName(), ref.getObjectId(), ObjectId.zeroId(), false);
        } finally {
            repo.writing().unlock();
        }
        watch.changed(repo.id(), List.of(new RefWatch.Change(ref.getName(), Optional.of(revision), Optional.empty())));
    }

    /** Tells those who watch of every branch and tag, as if each had just been made: for a repository that came as a whole. */
    public void announce(GitRepo repo) throws IOException {
        List<RefWatch.Change> changes = repo.jgit().getRefDatabase().getRefs().stream()
                .filter(ref -> ref.getName().startsWith("refs/") && ref.getObjectId() != null)
                .map(ref -> new RefWatch.Change(
                        ref.getName(),
                        Optional.empty(),
                        Optional.of(new RevisionId(ref.getObjectId().name()))))
                .toList();
        watch.changed(repo.id(), changes);
    }

    /** Somebody's picture of a branch is older than the branch. */
    public static RuntimeException stale(Optional<RevisionId> head) {
        return Problem.of(Code.STALE, "A commit has happened since. Please refresh and try again")
                .because("the branch is at " + head.map(RevisionId::value).orElse("nothing"))
                .refusal();
    }
}
