package glasshouse.hub.community;

import glasshouse.core.entry.RevisionId;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.git.Committer;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.Repositories;
import glasshouse.hub.git.Revisions;
import glasshouse.hub.index.Discussions;
import glasshouse.hub.index.Discussions.Discussion;
import glasshouse.hub.index.Discussions.Pull;
import glasshouse.hub.index.Discussions.Status;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.People.Account;
import glasshouse.hub.web.Json;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.eclipse.jgit.lib.Ref;

/** Opens discussions and pull requests. Safe for many threads. */
public final class PullRequests {
    /** What stands before a number in the ref of a pull request. */
    public static final String PREFIX = "refs/pr/";

    /** The most characters of a title. */
    public static final int MAX_TITLE = 200;

    /** The most characters of a comment. */
    public static final int MAX_TEXT = 65_536;

    private final Repositories repositories;
    private final Discussions discussions;
    private final Committer committer;
    private final InstantSource clock;

    public PullRequests(Repositories repositories, Discussions discussions, Committer committer, InstantSource clock) {
        this.repositories = repositories;
        this.discussions = discussions;
        this.committer = committer;
        this.clock = clock;
    }

    /** The ref of a pull request. */
    public static String ref(int num) {
        return PREFIX + num;
    }

    /**
     * Opens a pull request for the default branch. Its ref is there when the call returns and points at the branch's head; the
     * proposed change is then committed on it. Where that fails, {@link #withdraw} undoes it.
     *
     * @param title its first line is taken, cut where it is too long: a commit's title is not refused for its length
     * @return the number
     */
    public int open(Entry entry, Account author, String title, String description) throws IOException {
        GitRepo repo = repositories.open(entry.id());
        return open(entry, author, brief(title), description, entry.defaultBranch(), head(repo, entry), Status.OPEN);
    }

    /** A commit's title as that of a pull request: its first line, cut where it is too long. */
    public static String brief(String title) {
        String line = title.strip().lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", " ");
        if (line.isEmpty()) {
            return "Pull request";
        }
        return line.codePointCount(0, line.length()) <= MAX_TITLE / 2
                ? line
                : line.substring(0, line.offsetByCodePoints(0, MAX_TITLE / 2 - 1)) + "…";
    }

    /** Takes back a pull request that was opened for a commit which then failed. Nothing of it stays. */
    public void withdraw(Entry entry, int num) throws IOException {
        GitRepo repo = repositories.open(entry.id());
        repo.writing().lock();
        try {
            discussions.remove(entry.id(), num);
            Optional<RevisionId> head = Committer.head(repo, ref(num));
            if (head.isPresent()) {
                committer.move(repo, ref(num), head, Optional.empty(), false);
            }
        } finally {
            repo.writing().unlock();
        }
    }

    /**
     * Opens a pull request.
     *
     * @param branch the branch that it is for
     * @param base where its ref points at first
     * @param status {@code OPEN}, or {@code DRAFT}
     */
    public int open(
            Entry entry,
            Account author,
            String title,
            String description,
            String branch,
            RevisionId base,
            Status status)
            throws IOException {
        GitRepo repo = repositories.open(entry.id());
        repo.writing().lock();
        try {
            int num = nextNumber(repo, entry);
            // The ref first: a crash before the row leaves a ref that nobody is told of, and its number is not given
            // again.
            committer.move(repo, ref(num), Optional.empty(), Optional.of(base), true);
            add(entry, num, author, title, description, status, Optional.of(new Pull(branch, base, Optional.empty())));
            return num;
        } finally {
            repo.writing().unlock();
        }
    }

    /**
     * Opens a discussion.
     *
     * @return the number
     */
    public int discuss(Entry entry, Account author, String title, String description) throws IOException {
        GitRepo repo = repositories.open(entry.id());
        repo.writing().lock();
        try {
            int num = nextNumber(repo, entry);
            add(entry, num, author, title, description, Status.OPEN, Optional.empty());
            return num;
        } finally {
            repo.writing().unlock();
        }
    }

    private static RevisionId head(GitRepo repo, Entry entry) throws IOException {
        return Revisions.head(repo, entry)
                .orElseThrow(() -> Problem.of(Code.CONFLICT, "`" + entry.name() + "` has no commit yet")
                        .mend("commit to its default branch first")
                        .refusal());
    }

    private int nextNumber(GitRepo repo, Entry entry) throws IOException {
        int last = discussions.lastNumber(entry.id());
        for (Ref ref : repo.jgit().getRefDatabase().getRefsByPrefix(PREFIX)) {
            String rest = ref.getName().substring(PREFIX.length());
            if (rest.matches("[1-9][0-9]{0,8}")) {
                last = Math.max(last, Integer.parseInt(rest));
            }
        }
        return last + 1;
    }

    private void add(
            Entry entry,
            int num,
            Account author,
            String title,
            String description,
            Status status,
            Optional<Pull> pull) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        discussions.add(
                new Discussion(entry.id(), num, title(title), author.id(), author.name(), status, pull, now, now),
                Json.object().put("text", text(description)).toString());
    }

    /**
     * A title as it is kept.
     *
     * @throws glasshouse.core.problem.Refusal INVALID
     */
    static String title(String title) {
        String plain = title.strip();
        if (plain.isEmpty() || plain.length() > MAX_TITLE || plain.chars().anyMatch(Character::isISOControl)) {
            throw Problem.of(Code.INVALID, "a title has 1 to " + MAX_TITLE + " characters on one line")
                    .refusal();
        }
        return plain;
    }

    /**
     * A text as it is kept.
     *
     * @throws glasshouse.core.problem.Refusal INVALID
     */
    static String text(String text) {
        if (text.length() > MAX_TEXT || text.indexOf('\0') >= 0) {
            throw Problem.of(Code.INVALID, "a text has at most " + MAX_TEXT + " characters, none of them NUL")
                    .refusal();
        }
        return text;
    }
}
