package glasshouse.hub.repos;

import glasshouse.core.entry.EntryId;
import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.Gate;
import glasshouse.core.entry.RepoName;
import glasshouse.core.entry.Visibility;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.git.Committer;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.Repositories;
import glasshouse.hub.git.TreeEdit;
import glasshouse.hub.index.Entries;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.Governance;
import glasshouse.hub.index.Ids;
import glasshouse.hub.index.People.Account;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;

/** Makes entries and ends them. The repository comes first, the index after it: a crash between them loses nothing. */
public final class Lifecycle {
    /** The branch that a new entry begins with. */
    public static final String DEFAULT_BRANCH = "main";

    private final Repositories repositories;
    private final Entries entries;
    private final Governance governance;
    private final Committer committer;
    private final InstantSource clock;
    private final ReentrantLock naming = new ReentrantLock();

    public Lifecycle(
            Repositories repositories,
            Entries entries,
            Governance governance,
            Committer committer,
            InstantSource clock) {
        this.repositories = repositories;
        this.entries = entries;
        this.governance = governance;
        this.committer = committer;
        this.clock = clock;
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
        naming.lock();
        try {
            if (entries.find(kind, name).isPresent()) {
                throw Problem.of(Code.CONFLICT, "You already created this " + kind.apiType() + " repo: `" + name + "`")
                        .mend("choose another name")
                        .refusal();
            }
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
            GitRepo repo = repositories.create(entry);
            governance.removeRedirect(kind, name);
            entries.put(entry);
            firstCommit(repo, creator, files);
            return entries.find(entry.id()).orElseThrow();
        } finally {
            naming.unlock();
        }
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
}
