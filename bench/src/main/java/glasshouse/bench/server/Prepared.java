package glasshouse.bench.server;

import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.RepoName;
import glasshouse.core.entry.Visibility;
import glasshouse.hub.Hub;
import glasshouse.hub.HubConfig;
import glasshouse.hub.account.Secrets;
import glasshouse.hub.git.Committer;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.index.Credentials.Token;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.Ids;
import glasshouse.hub.index.People.Account;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Prepares a data folder before the server that is measured takes it: a user, a token, entries. */
public final class Prepared implements AutoCloseable {
    /** The one who does everything. */
    public static final String USER = "ada";

    private final Hub hub;
    private final Account account;
    private final String token;

    private Prepared(Hub hub) {
        this.hub = hub;
        this.account = person(hub);
        this.token = token(hub, account);
    }

    /** Opens a new data folder; nothing listens. */
    public static Prepared in(Path data) throws IOException {
        return new Prepared(Hub.open(HubConfig.inFolder(data, 0), InstantSource.system(), line -> {}));
    }

    /** A data folder with the user alone; gives the token. */
    public static String folder(Path data) throws IOException {
        try (Prepared prepared = in(data)) {
            return prepared.token();
        }
    }

    static Account person(Hub hub) {
        return hub.parts().people().addAccount(USER, "Ada", Optional.empty(), Optional.empty(), true, Instant.now());
    }

    static String token(Hub hub, Account account) {
        String secret = Secrets.token();
        Instant now = Instant.now();
        Token token = new Token(
                Ids.next(now.toEpochMilli()),
                account.id(),
                "bench",
                "write",
                secret.substring(secret.length() - 4),
                now,
                Optional.empty(),
                Optional.empty(),
                Map.of());
        hub.parts().credentials().addToken(token, Secrets.hash(secret));
        return secret;
    }

    public String token() {
        return token;
    }

    public GitRepo dataset(String name) throws IOException {
        Entry entry = hub.parts()
                .lifecycle()
                .create(
                        EntryKind.DATASET,
                        new RepoName(USER, name),
                        Visibility.PUBLIC,
                        Optional.empty(),
                        account,
                        Map.of());
        return hub.parts().repositories().open(entry.id());
    }

    public void commit(GitRepo repo, Committer.Content content) throws IOException {
        hub.parts()
                .committer()
                .commit(
                        repo,
                        "refs/heads/main",
                        Optional.empty(),
                        Optional.empty(),
                        new Committer.Message(account, "prepared"),
                        content);
    }

    @Override
    public void close() throws IOException {
        hub.close();
    }
}
