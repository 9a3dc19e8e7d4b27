package glasshouse.hub.index;

import glasshouse.core.entry.EntryId;
import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.Gate;
import glasshouse.core.entry.RepoName;
import glasshouse.hub.recent.RecentCache;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;

/** Requests for access to gated entries, names that entries once had, and entries that were deleted but are still kept. */
public final class Governance {
    private static final RowMapper<AccessRequest> REQUEST_ROW = (row, context) -> {
        long handled = row.getLong("handled_at");
        Optional<Instant> handledAt = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(handled));
        return new AccessRequest(
                row.getString("entry_id"),
                row.getString("account_id"),
                row.getString("name"),
                row.getString("full_name"),
                Optional.ofNullable(row.getString("email")),
                row.getString("status"),
                row.getString("fields"),
                Optional.ofNullable(row.getString("reason")),
                row.getInt("asked") == 1,
                Instant.ofEpochMilli(row.getLong("asked_at")),
                handledAt);
    };

    private static final RowMapper<Deleted> DELETED_ROW = (row, context) -> new Deleted(
            new EntryId(row.getString("entry_id")),
            EntryKind.parse(row.getString("kind")).orElseThrow(),
            row.getString("name"),
            row.getString("description"),
            row.getString("deleted_by"),
            Instant.ofEpochMilli(row.getLong("deleted_at")),
            Instant.ofEpochMilli(row.getLong("purge_at")));

    private static final String REQUEST = "SELECT r.*, n.name, n.full_name, a.email FROM access_request r"
            + " JOIN namespace n ON n.id = r.account_id JOIN account a ON a.id = r.account_id ";

    /**
     * Somebody's request for access.
     *
     * @param status {@code pending}, {@code accepted} or {@code rejected}
     * @param fields what they filled in, a JSON object
     * @param reason why it was rejected, where somebody said so
     * @param asked whether the account asked; else somebody gave it access unasked, and its address is nobody's business
     * @param askedAt when it asked, or was given access
     */
    public record AccessRequest(
            String entryId,
            String accountId,
            String account,
            String fullName,
            Optional<String> email,
            String status,
            String fields,
            Optional<String> reason,
            boolean asked,
            Instant askedAt,
            Optional<Instant> handledAt) {}

    /**
     * A deleted entry whose repository is still there.
     *
     * @param description its {@code glasshouse.json}
     */
    public record Deleted(
            EntryId entryId,
            EntryKind kind,
            String name,
            String description,
            String deletedBy,
            Instant deletedAt,
            Instant purgeAt) {}

    private final Database people;
    private final RecentCache<String, Boolean> access;

    public Governance(Database people) {
        this.people = people;
        this.access = new RecentCache<>(10_000, people::version);
    }

    /** Whether an account was given access to a gated entry. */
    public boolean hasAccess(EntryId entry, String accountId) {
        return access.get(
                entry + " " + accountId,
                key -> request(entry, accountId)
                        .map(request -> request.status().equals("accepted"))
                        .orElse(false));
    }

    public Optional<AccessRequest> request(EntryId entry, String accountId) {
        return people.read(db -> db.createQuery(REQUEST + "WHERE r.entry_id = :entry AND r.account_id = :account")
                .bind("entry", entry.value())
                .bind("account", accountId)
                .map(REQUEST_ROW)
                .findOne());
    }

    /** The requests of an entry with a status, newest first. */
    public List<AccessRequest> requests(EntryId entry, String status, int offset, int limit) {
        return people.read(db -> db.createQuery(REQUEST
                        + "WHERE r.entry_id = :entry AND r.status = :status ORDER BY r.asked_at DESC, r.account_id"
                        + " LIMIT :limit OFFSET :offset")
                .bind("entry", entry.value())
                .bind("status", status)
                .bind("limit", limit)
                .bind("offset", offset)
                .map(REQUEST_ROW)
                .list());
    }

    /** The requests of an entry with a status that come after another in {@link #requests}: a page that no decision shifts. */
    public List<AccessRequest> requestsAfter(
            EntryId entry, String status, Instant askedAt, String accountId, int limit) {
        return people.read(db -> db.createQuery(REQUEST
                        + "WHERE r.entry_id = :entry AND r.status = :status"
                        + " AND (r.asked_at < :at OR (r.asked_at = :at AND r.account_id > :account))"
                        + " ORDER BY r.asked_at DESC, r.account_id LIMIT :limit")
                .bind("entry", entry.value())
                .bind("status", status)
                .bind("at", askedAt.toEpochMilli())
                .bind("account", accountId)
                .bind("limit", limit)
                .map(REQUEST_ROW)
                .list());
    }

    /** What an account has asked for, newest first. */
    public List<AccessRequest> requestsOf(String accountId) {
        return people.read(db -> db.createQuery(REQUEST + "WHERE r.account_id = :account ORDER BY r.asked_at DESC")
                .bind("account", accountId)
                .map(REQUEST_ROW)
                .list());
    }

    /** Notes a request; one that is there already stays as it is. Under an automatic gate it is accepted at once. */
    public void ask(EntryId entry, String accountId, Gate gate, String fields, Instant now) {
        String status = gate == Gate.AUTO ? "accepted" : "pending";
        people.write(db -> db.execute(
                "INSERT INTO access_request (entry_id, account_id, status, fields, asked_at, handled_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (entry_id, account_id) DO NOTHING",
                entry.value(),
                accountId,
                status,
                fields,
                now.toEpochMilli(),
                gate == Gate.AUTO ? now.toEpochMilli() : null));
    }

    /** Decides on a request, making one that was not asked for where there is none. */
    public void decide(
            EntryId entry, String accountId, String status, Optional<String> reason, String handledBy, Instant now) {
        people.write(db -> db.execute(
                "INSERT INTO access_request (entry_id, account_id, status, fields, reason, asked, asked_at, handled_at, handled_by)"
                        + " VALUES (?, ?, ?, '{}', ?, 0, ?, ?, ?) ON CONFLICT (entry_id, account_id) DO UPDATE SET"
                        + " status = excluded.status, reason = excluded.reason, handled_at = excluded.handled_at,"
                        + " handled_by = excluded.handled_by",
                entry.value(),
                accountId,
                status,
                reason.orElse(null),
                now.toEpochMilli(),
                now.toEpochMilli(),
                handledBy));
    }

    /** Takes a request back; says whether there was one. */
    public boolean cancel(EntryId entry, String accountId) {
        return people.write(db ->
                db.execute("DELETE FROM access_request WHERE entry_id = ? AND account_id = ?", entry.value(), accountId)
                        > 0);
    }

    /** The id of the entry that once had a name which nobody has taken since. */
    public Optional<String> redirect(EntryKind kind, RepoName name) {
        return people.read(db -> db.createQuery("SELECT entry_id FROM redirect WHERE kind = :kind AND name_key = :name")
                .bind("kind", kind.apiType())
                .bind("name", name.key())
                .mapTo(String.class)
                .findOne());
    }

    public void addRedirect(EntryKind kind, RepoName oldName, EntryId entry, Instant now) {
        people.write(db -> db.execute(
                "INSERT INTO redirect (kind, name_key, entry_id, created_at) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (kind, name_key) DO UPDATE SET entry_id = excluded.entry_id",
                kind.apiType(),
                oldName.key(),
                entry.value(),
                now.toEpochMilli()));
    }

    /** Ends a redirect, since the name is taken again. */
    public void removeRedirect(EntryKind kind, RepoName name) {
        people.write(
                db -> db.execute("DELETE FROM redirect WHERE kind = ? AND name_key = ?", kind.apiType(), name.key()));
    }

    public void addDeleted(Deleted deleted) {
        people.write(db -> db.execute(
                "INSERT INTO trash (entry_id, kind, name, description, deleted_by, deleted_at, purge_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (entry_id) DO NOTHING",
                deleted.entryId().value(),
                deleted.kind().apiType(),
                deleted.name(),
                deleted.description(),
                deleted.deletedBy(),
                deleted.deletedAt().toEpochMilli(),
                deleted.purgeAt().toEpochMilli()));
    }

    /** What was deleted and is still kept, newest first. */
    public List<Deleted> deleted() {
        return people.read(db -> db.createQuery("SELECT * FROM trash ORDER BY deleted_at DESC, entry_id")
                .map(DELETED_ROW)
                .list());
    }

    /** A deleted entry that is still kept. */
    public Optional<Deleted> deleted(EntryId id) {
        return people.read(db -> db.createQuery("SELECT * FROM trash WHERE entry_id = :id")
                .bind("id", id.value())
                .map(DELETED_ROW)
                .findOne());
    }

    /** Takes an entry out of the list of deleted ones: it was brought back, or is gone for good. */
    public void removeDeleted(EntryId entry) {
        people.write(db -> db.execute("DELETE FROM trash WHERE entry_id = ?", entry.value()));
    }

    /** Forgets what people did at an entry that is gone for good. */
    public void forget(EntryId entry) {
        people.write(db -> {
            for (String table : List.of(
                    "access_request", "discussion_event", "discussion", "redirect", "download_day", "token_entry")) {
                db.execute("DELETE FROM " + table + " WHERE entry_id = ?", entry.value());
            }
            return db.execute("DELETE FROM trash WHERE entry_id = ?", entry.value());
        });
    }
}
