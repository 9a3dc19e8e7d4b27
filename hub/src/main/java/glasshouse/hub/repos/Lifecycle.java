package glasshouse.hub.repos;

import glasshouse.core.entry.EntryId;
import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.Gate;
import glasshouse.core.entry.Names;
import glasshouse.core.entry.RepoName;
import glasshouse.core.entry.Visibility;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.git.Committer;
import glasshouse.hub.git.Description;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.Quota;
import glasshouse.hub.git.Repositories;
import glasshouse.hub.git.TreeEdit;
import glasshouse.hub.index.Entries;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.Governance;
import glasshouse.hub.index.Governance.Deleted;
import glasshouse.hub.index.Ids;
import glasshouse.hub.index.People.Account;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;

/**
 * Makes entries, changes what they are called and who sees them, ends them and brings them back. The repository comes first, the
 * index after it: a crash between them loses nothing.
 *
 * <p>A deleted entry leaves the index at once, so its name is free; its repository stays where it is for {@link #KEPT}, together
 * with what it holds of the store, so that nothing has to be copied to bring it back.
 */
public final class Lifecycle {
    /** The branch that a new entry begins with. */
    public static final String DEFAULT_BRANCH = "main";

    /** How long a deleted entry can be brought back. */
    public static final Duration KEPT = Duration.ofDays(7);

    private final Repositories repositories;
    private final Entries entries;
    private final Governance governance;
    private final Committer committer;
    private final Quota quota;
    private final InstantSource clock;
    private final ReentrantLock naming = new ReentrantLock();

    public Lifecycle(
            Repositories repositories,
            Entries entries,
            Governance governance,
            Committer committer,
            Quota quota,
            InstantSource clock) {
        this.repositories = repositories;
        this.entries = entries;
        this.governance = governance;
        this.committer = committer;
        this.quota = quota;
        this.clock = clock;
    }

    /** Fills a repository that was just made and that nobody knows of yet. */
    @FunctionalInterface
    interface Filling {
        void into(GitRepo repo) throws IOException;
    }

    /**
     * Makes an entry whose default branch has a first commit, with {@code .gitattributes} and the files given.
     *
     * @param files by path; each small enough to be a regular file
     * @throws glasshouse.core.problem.Refusal CONFLICT where the name is taken
     */
    public Entry create(
            EntryKind kind,
            RepoName name,
            Visibility visibility,
            Optional<String> sdk,
            Account creator,
            Map<String, byte[]> files)
            throws IOException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Entry entry = new Entry(
                new EntryId(Ids.next(now.toEpochMilli())),
                kind,
                name,
                visibility,
                Gate.NONE,
                DEFAULT_BRANCH,
                sdk,
                creator.id(),
                now,
                Entry.Head.unknown(now));
        return add(entry, repo -> firstCommit(repo, creator, files));
    }

    /** Makes an entry with whatever {@code filling} puts into it. Where that fails, nothing stays. */
    Entry add(Entry entry, Filling filling) throws IOException {
        naming.lock();
        try {
            requireFree(entry.kind(), entry.name());
            GitRepo repo = repositories.create(entry);
            entries.put(entry);
            try {
                filling.into(repo);
            } catch (IOException | RuntimeException e) {
                entries.forget(entry.id());
                repositories.delete(entry.id());
                throw e;
            }
            governance.removeRedirect(entry.kind(), entry.name());
            return entries.find(entry.id()).orElseThrow();
        } finally {
            naming.unlock();
        }
    }

    private void requireFree(EntryKind kind, RepoName name) {
        if (entries.find(kind, name).isPresent()) {
            throw taken(kind, name).refusal();
        }
    }

    /** What is said of a name that is taken. Clients know the beginning of the sentence. */
    static Problem taken(EntryKind kind, RepoName name) {
        return Problem.of(Code.CONFLICT, "You already created this " + kind.apiType() + " repo: `" + name + "`")
                .mend("choose another name");
    }

    private void firstCommit(GitRepo repo, Account creator, Map<String, byte[]> files) throws IOException {
        committer.commit(
                repo,
                Constants.R_HEADS + DEFAULT_BRANCH,
                Optional.empty(),
                Optional.empty(),
                new Committer.Message(creator, "initial commit"),
                (edit, reader, inserter, base) -> {
                    byte[] attributes = GitAttributes.INITIAL.getBytes(StandardCharsets.UTF_8);
                    var blob = inserter.insert(Constants.OBJ_BLOB, attributes);
                    edit.at(".gitattributes", new TreeEdit.Change.Put(blob, FileMode.REGULAR_FILE));
                    for (Map.Entry<String, byte[]> file : files.entrySet()) {
                        var content = inserter.insert(Constants.OBJ_BLOB, file.getValue());
                        edit.at(file.getKey(), new TreeEdit.Change.Put(content, FileMode.REGULAR_FILE));
                    }
                });
    }

    /**
     * Gives an entry another name, in the same namespace or another. The old name leads here until somebody takes it.
     *
     * @throws glasshouse.core.problem.Refusal CONFLICT where the new name is taken; QUOTA where the other namespace has no room
     */
    public Entry move(Entry entry, RepoName to) throws IOException {
        naming.lock();
        try {
            Entry now = current(entry);
            // A change of letter case alone is not another name.
            if (!now.name().key().equals(to.key())) {
                requireFree(now.kind(), to);
            }
            Entry moved;
            try (var _ = roomFor(now, to)) {
                moved = describe(now.with(to));
                entries.change(now.id(), known -> known.with(to));
            }
            governance.removeRedirect(now.kind(), to);
            if (!now.name().key().equals(to.key())) {
                governance.addRedirect(now.kind(), now.name(), now.id(), clock.instant());
            }
            return moved;
        } finally {
            naming.unlock();
        }
    }

    private Quota.Reservation roomFor(Entry entry, RepoName to) throws IOException {
        boolean stays = Names.key(entry.name().namespace()).equals(Names.key(to.namespace()));
        return stays ? quota.nothing() : quota.reserve(to.namespace(), quota.usedBytes(entry));
    }

    /** Changes who sees an entry and whether its files are given on request. */
    public Entry set(Entry entry, Optional<Visibility> visibility, Optional<Gate> gate) throws IOException {
        naming.lock();
        try {
            Entry now = current(entry);
            Visibility newVisibility = visibility.orElse(now.visibility());
            Gate newGate = gate.orElse(now.gate());
            Entry changed = describe(now.with(newVisibility, newGate));
            entries.change(now.id(), known -> known.with(newVisibility, newGate));
            return changed;
        } finally {
            naming.unlock();
        }
    }

    private Entry current(Entry entry) {
        return entries.find(entry.id())
                .orElseThrow(() -> Problem.of(Code.CONFLICT, "`" + entry.name() + "` was deleted meanwhile")
                        .refusal());
    }

    private Entry describe(Entry entry) throws IOException {
        Description.write(repositories.open(entry.id()), entry);
        return entry;
    }

    /** Deletes an entry: its name is free at once, and it can be brought back for {@link #KEPT}. */
    public void delete(Entry entry, Account by) {
        naming.lock();
        try {
            Entry now = current(entry);
            Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            governance.addDeleted(new Deleted(
                    now.id(), now.kind(), now.name().toString(), Description.text(now), by.id(), at, at.plus(KEPT)));
            entries.remove(now.id());
        } finally {
            naming.unlock();
        }
    }

    /**
     * Brings a deleted entry back.
     *
     * @param as the name it gets; its old one where empty
     * @throws glasshouse.core.problem.Refusal CONFLICT where the name is taken by now; NOT_FOUND where nothing is kept of it
     */
    public Entry restore(EntryId id, Optional<RepoName> as) throws IOException {
        naming.lock();
        try {
            Deleted deleted = governance
                    .deleted(id)
                    .orElseThrow(() -> Problem.of(Code.NOT_FOUND, "no deleted entry `" + id + "` is kept")
                            .because("entries are kept for " + KEPT.toDays() + " days")
                            .refusal());
            Entry was = Description.parse(deleted.description())
                    .orElseThrow(() -> new IOException("the description of the deleted entry " + id + " is not valid"));
            Entry back = was.with(as.orElse(was.name()));
            requireFree(back.kind(), back.name());
            GitRepo repo = repositories.open(id);
            Description.write(repo, back);
            // INVARIANT: out of the list of deleted ones first. A crash after that leaves a repository that the index
            // does
            // not know, which the next start takes in; the other way round the next start would delete it again.
            governance.removeDeleted(id);
            governance.removeRedirect(back.kind(), back.name());
            entries.put(back);
            committer.announce(repo);
            return entries.find(id).orElseThrow();
        } finally {
            naming.unlock();
        }
    }

    /** Removes for good what was deleted longer than {@link #KEPT} ago; says how many. Called from time to time. */
    public int purgeExpired() throws IOException {
        int gone = 0;
        for (Deleted deleted : governance.deleted()) {
            if (deleted.purgeAt().isAfter(clock.instant())) {
                continue;
            }
            naming.lock();
            try {
                if (governance.deleted(deleted.entryId()).isPresent()) {
                    repositories.delete(deleted.entryId());
                    entries.forget(deleted.entryId());
                    governance.forget(deleted.entryId());
                    gone++;
                }
            } finally {
                naming.unlock();
            }
        }
        return gone;
    }

    /** Finishes deletions that a crash interrupted. Called at start, before anybody asks. */
    public void recover() {
        for (Deleted deleted : governance.deleted()) {
            if (entries.find(deleted.entryId()).isPresent()) {
                entries.remove(deleted.entryId());
            }
        }
    }
}
