package glasshouse.hub.index;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.mapper.RowMapper;

/** Tokens, sessions and one-time links. Only hashes are kept: what was handed out cannot be read back. */
public final class Credentials {
    private static final RowMapper<Token> TOKEN_ROW = (row, context) -> {
        long expires = row.getLong("expires_at");
        Optional<Instant> expiresAt = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(expires));
        long used = row.getLong("last_used_at");
        Optional<Instant> usedAt = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(used));
        return new Token(
                row.getString("id"),
                row.getString("account_id"),
                row.getString("name"),
                row.getString("role"),
                row.getString("hint"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                expiresAt,
                usedAt,
                Map.of());
    };

    /**
     * A personal token.
     *
     * @param role {@code read}, {@code write} or {@code fine-grained}
     * @param hint its last four characters, to tell tokens apart
     * @param entries for a fine-grained one: entry id to whether it may write
     */
    public record Token(
            String id,
            String accountId,
            String name,
            String role,
            String hint,
            Instant createdAt,
            Optional<Instant> expiresAt,
            Optional<Instant> lastUsedAt,
            Map<String, Boolean> entries) {
        Token with(Map<String, Boolean> named) {
            return new Token(id, accountId, name, role, hint, createdAt, expiresAt, lastUsedAt, Map.copyOf(named));
        }
    }

    private final Database people;

    public Credentials(Database people) {
        this.people = people;
    }

    public void addToken(Token token, String hash) {
        people.write(db -> {
            db.execute(
                    "INSERT INTO token (id, account_id, name, role, hash, hint, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    token.id(),
                    token.accountId(),
                    token.name(),
                    token.role(),
                    hash,
                    token.hint(),
                    token.createdAt().toEpochMilli(),
                    token.expiresAt().map(Instant::toEpochMilli).orElse(null));
            token.entries()
                    .forEach((entry, mayWrite) -> db.execute(
                            "INSERT INTO token_entry (token_id, entry_id, may_write) VALUES (?, ?, ?)",
                            token.id(),
                            entry,
                            mayWrite ? 1 : 0));
            return token;
        });
    }

    public Optional<Token> tokenByHash(String hash) {
        return people.read(db -> db.createQuery("SELECT * FROM token WHERE hash = :hash")
                .bind("hash", hash)
                .map(TOKEN_ROW)
                .findOne()
                .map(token -> token.role().equals("fine-grained") ? token.with(named(db, token.id())) : token));
    }

    private static Map<String, Boolean> named(org.jdbi.v3.core.Handle db, String tokenId) {
        return db
                .createQuery("SELECT entry_id, may_write FROM token_entry WHERE token_id = :id")
                .bind("id", tokenId)
                .map((row, context) -> Map.entry(row.getString(1), row.getInt(2) == 1))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The tokens of an account, oldest first. */
    public List<Token> tokensOf(String accountId) {
        return people.read(db -> db
                .createQuery("SELECT * FROM token WHERE account_id = :id ORDER BY created_at, id")
                .bind("id", accountId)
                .map(TOKEN_ROW)
                .list()
                .stream()
                .map(token -> token.role().equals("fine-grained") ? token.with(named(db, token.id())) : token)
                .toList());
    }

    /** Ends a token by its id or its name; says whether there was one. */
    public boolean removeToken(String accountId, String idOrName) {
        return people.write(db -> db.execute(
                        "DELETE FROM token WHERE account_id = ? AND (id = ? OR name = ?)",
                        accountId,
                        idOrName,
                        idOrName))
                > 0;
    }

    /** Notes when tokens were last used. */
    public void markUsed(Map<String, Instant> usedAt) {
        people.quietly(db -> {
            usedAt.forEach(
                    (id, at) -> db.execute("UPDATE token SET last_used_at = ? WHERE id = ?", at.toEpochMilli(), id));
            return usedAt.size();
        });
    }

    /**
     * A browser's session.
     *
     * @param expiresAt it ends then, whatever happens
     */
    public record Session(String accountId, Instant expiresAt) {}

    /** Adds a session; sessions that have ended, and the oldest of an account beyond {@code most}, are removed. */
    public void addSession(String hash, String accountId, Instant now, Instant expiresAt, int most) {
        people.write(db -> {
            db.execute("DELETE FROM session WHERE expires_at < ?", now.toEpochMilli());
            db.execute(
                    "DELETE FROM session WHERE hash IN (SELECT hash FROM session WHERE account_id = ?"
                            + " ORDER BY created_at DESC, hash LIMIT 1000 OFFSET ?)",
                    accountId,
                    most - 1);
            return db.execute(
                    "INSERT INTO session (hash, account_id, created_at, expires_at) VALUES (?, ?, ?, ?)",
                    hash,
                    accountId,
                    now.toEpochMilli(),
                    expiresAt.toEpochMilli());
        });
    }

    /** A session by the hash of its secret, whether it has ended or not. */
    public Optional<Session> session(String hash) {
        return people.read(db -> db.createQuery("SELECT account_id, expires_at FROM session WHERE hash = :hash")
                .bind("hash", hash)
                .map((row, context) ->
                        new Session(row.getString("account_id"), Instant.ofEpochMilli(row.getLong("expires_at"))))
                .findOne());
    }

    public void removeSession(String hash) {
        people.write(db -> db.execute("DELETE FROM session WHERE hash = ?", hash));
    }

    /** Ends the sessions of an account, but for one that goes on. */
    public void removeSessionsOf(String accountId, Optional<String> butHash) {
        people.write(db ->
                db.execute("DELETE FROM session WHERE account_id = ? AND hash <> ?", accountId, butHash.orElse("")));
    }

    public void addLink(String hash, String purpose, Instant expiresAt) {
        people.write(db -> {
            db.execute("DELETE FROM one_time_link WHERE purpose = ?", purpose);
            return db.execute(
                    "INSERT INTO one_time_link (hash, purpose, expires_at) VALUES (?, ?, ?)",
                    hash,
                    purpose,
                    expiresAt.toEpochMilli());
        });
    }

    /** Whether a link is good, without using it up. */
    public boolean linkIsGood(String hash, String purpose, Instant now) {
        return people.read(db -> db.createQuery(
                                "SELECT COUNT(*) FROM one_time_link WHERE hash = :hash AND purpose = :purpose AND expires_at > :now")
                        .bind("hash", hash)
                        .bind("purpose", purpose)
                        .bind("now", now.toEpochMilli())
                        .mapTo(Long.class)
                        .one()
                > 0);
    }
}
