package glasshouse.hub.index;

import glasshouse.core.entry.EntryId;
import glasshouse.core.entry.RevisionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * Discussions and pull requests, and what happened in them. An entry counts both with one series of numbers, from 1; events are
 * only ever added, a comment can be edited and hidden.
 */
public final class Discussions {
    private static final String DISCUSSION = "SELECT d.*, n.name AS author FROM discussion d"
            + " LEFT JOIN namespace n ON n.id = d.author_id WHERE d.entry_id = :entry";

    private static final String EVENT = "SELECT e.*, n.name AS author FROM discussion_event e"
            + " LEFT JOIN namespace n ON n.id = e.author_id WHERE e.entry_id = :entry AND e.num = :num";

    private static final RowMapper<Event> EVENT_ROW = (row, context) -> new Event(
            row.getString("id"),
            row.getInt("seq"),
            EventType.parse(row.getString("type")),
            row.getString("author_id"),
            author(row),
            Instant.ofEpochMilli(row.getLong("created_at")),
            instant(row, "edited_at"),
            row.getInt("hidden") == 1,
            row.getString("data"));

    /** How a discussion stands. Only a pull request is ever a draft or merged. */
    public enum Status {
        DRAFT,
        OPEN,
        CLOSED,
        MERGED;

        /** The word in the API and in the table. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Status> parse(String word) {
            for (Status status : values()) {
                if (status.word().equals(word)) {
                    return Optional.of(status);
                }
            }
            return Optional.empty();
        }
    }

    /** What can happen in a discussion; commits are read from the repository instead. */
    public enum EventType {
        COMMENT("comment"),
        STATUS_CHANGE("status-change"),
        TITLE_CHANGE("title-change");

        private final String word;

        EventType(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        static EventType parse(String word) {
            for (EventType type : values()) {
                if (type.word.equals(word)) {
                    return type;
                }
            }
            throw new IllegalStateException("the table holds no event of type " + word);
        }
    }

    /**
     * A discussion or a pull request.
     *
     * @param author the name of the account; `deleted` where there is none any more
     * @param pull what makes it a pull request, where it is one
     */
    public record Discussion(
            EntryId entry,
            int num,
            String title,
            String authorId,
            String author,
            Status status,
            Optional<Pull> pull,
            Instant createdAt,
            Instant updatedAt) {}

    /**
     * A pull request's part.
     *
     * @param targetBranch the branch that it is meant for, without {@code refs/heads/}
     * @param base that branch's head when it was opened; once merged, the head that it was merged onto
     * @param merged what the branch's head became
     */
    public record Pull(String targetBranch, RevisionId base, Optional<RevisionId> merged) {}

    /**
     * Something that happened.
     *
     * @param data a JSON object: {@code {"text"}}, {@code {"status", "comment"?}} or {@code {"from", "to"}}
     */
    public record Event(
            String id,
            int seq,
            EventType type,
            String authorId,
            String author,
            Instant createdAt,
            Optional<Instant> editedAt,
            boolean hidden,
            String data) {}

    /**
     * Which discussions to list.
     *
     * @param pulls only pull requests, or only others
     * @param statuses any of these; all where empty
     * @param author name of the account that opened it
     * @param offset how many to pass over
     * @param limit how many to give at most
     */
    public record Query(
            Optional<Boolean> pulls, List<Status> statuses, Optional<String> author, int offset, int limit) {
        public Query {
            statuses = List.copyOf(statuses);
        }
    }

    private final Database people;

    public Discussions(Database people) {
        this.people = people;
    }

    /** The highest number that an entry has given to a discussion, 0 for none. */
    public int lastNumber(EntryId entry) {
        return people.read(db -> db.createQuery("SELECT COALESCE(MAX(num), 0) FROM discussion WHERE entry_id = :entry")
                .bind("entry", entry.value())
                .mapTo(Integer.class)
                .one());
    }

    /** Adds a discussion with the data of its first comment. */
    public void add(Discussion discussion, String firstComment) {
        people.write(db -> {
            db.execute(
                    "INSERT INTO discussion (entry_id, num, title, author_id, status, pull_request, target_branch,"
                            + " base_revision, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    discussion.entry().value(),
                    discussion.num(),
                    discussion.title(),
                    discussion.authorId(),
                    discussion.status().word(),
                    discussion.pull().isPresent() ? 1 : 0,
                    discussion.pull().map(Pull::targetBranch).orElse(null),
                    discussion.pull().map(pull -> pull.base().value()).orElse(null),
                    discussion.createdAt().toEpochMilli(),
                    discussion.updatedAt().toEpochMilli());
            return addEvent(
                    db,
                    discussion.entry(),
                    discussion.num(),
                    EventType.COMMENT,
                    discussion.authorId(),
                    firstComment,
                    discussion.createdAt());
        });
    }

    /** Takes out a discussion with all that happened in it. */
    public void remove(EntryId entry, int num) {
        people.write(db -> {
            db.execute("DELETE FROM discussion_event WHERE entry_id = ? AND num = ?", entry.value(), num);
            return db.execute("DELETE FROM discussion WHERE entry_id = ? AND num = ?", entry.value(), num);
        });
    }

    public Optional<Discussion> find(EntryId entry, int num) {
        return people.read(db -> db.createQuery(DISCUSSION + " AND d.num = :num")
                .bind("entry", entry.value())
                .bind("num", num)
                .map((row, context) -> discussion(row))
                .findOne());
    }

    /** Lists discussions, the newest first. */
    public List<Discussion> list(EntryId entry, Query query) {
        return people.read(db -> where(db, DISCUSSION, entry, query, " ORDER BY d.num DESC LIMIT :limit OFFSET :offset")
                .bind("limit", query.limit())
                .bind("offset", query.offset())
                .map((row, context) -> discussion(row))
                .list());
    }

    /** How many a list would have without its limit. */
    public long count(EntryId entry, Query query) {
        String select = "SELECT COUNT(*) FROM discussion d LEFT JOIN namespace n ON n.id = d.author_id"
                + " WHERE d.entry_id = :entry";
        return people.read(
                db -> where(db, select, entry, query, "").mapTo(Long.class).one());
    }

    private static org.jdbi.v3.core.statement.Query where(
            Handle db, String select, EntryId entry, Query query, String tail) {
        StringBuilder sql = new StringBuilder(select);
        query.pulls().ifPresent(pulls -> sql.append(" AND d.pull_request = ").append(pulls ? 1 : 0));
        if (!query.statuses().isEmpty()) {
            sql.append(" AND d.status IN (<statuses>)");
        }
        query.author().ifPresent(author -> sql.append(" AND n.name_key = :author"));
        var statement = db.createQuery(sql.append(tail).toString()).bind("entry", entry.value());
        if (!query.statuses().isEmpty()) {
            statement.bindList(
                    "statuses", query.statuses().stream().map(Status::word).toList());
        }
        query.author().ifPresent(author -> statement.bind("author", glasshouse.core.entry.Names.key(author)));
        return statement;
    }

    /** What happened in a discussion, in order. */
    public List<Event> events(EntryId entry, int num, int limit) {
        return people.read(db -> db.createQuery(EVENT + " ORDER BY e.seq LIMIT :limit")
                .bind("entry", entry.value())
                .bind("num", num)
                .bind("limit", limit)
                .map(EVENT_ROW)
                .list());
    }

    public Optional<Event> event(EntryId entry, int num, String id) {
        return people.read(db -> db.createQuery(EVENT + " AND e.id = :id")
                .bind("entry", entry.value())
                .bind("num", num)
                .bind("id", id)
                .map(EVENT_ROW)
                .findOne());
    }

    /** Adds something that happened; gives its id. */
    public String happened(EntryId entry, int num, EventType type, String authorId, String data, Instant now) {
        return people.write(db -> {
            touch(db, entry, num, now);
            return addEvent(db, entry, num, type, authorId, data, now);
        });
    }

    private static String addEvent(
            Handle db, EntryId entry, int num, EventType type, String authorId, String data, Instant now) {
        String id = Ids.next(now.toEpochMilli());
        db.createUpdate("INSERT INTO discussion_event (id, entry_id, num, seq, type, author_id, created_at, data)"
                        + " SELECT :id, :entry, :num, COALESCE(MAX(seq), 0) + 1, :type, :author, :now, :data"
                        + " FROM discussion_event WHERE entry_id = :entry AND num = :num")
                .bindMap(Map.of(
                        "id",
                        id,
                        "entry",
                        entry.value(),
                        "num",
                        num,
                        "type",
                        type.word(),
                        "author",
                        authorId,
                        "now",
                        now.toEpochMilli(),
                        "data",
                        data))
                .execute();
        return id;
    }

    /** Puts other text into a comment. */
    public void edit(String eventId, String data, Instant now) {
        people.write(db -> db.execute(
                "UPDATE discussion_event SET data = ?, edited_at = ? WHERE id = ? AND hidden = 0",
                data,
                now.toEpochMilli(),
                eventId));
    }

    /** Hides a comment for good: its text goes. */
    public void hide(String eventId, String data) {
        people.write(db -> db.execute("UPDATE discussion_event SET hidden = 1, data = ? WHERE id = ?", data, eventId));
    }

    /** Gives a discussion another title, with the event that says so, whose id is given. */
    public String retitle(Discussion discussion, String title, String authorId, String data, Instant now) {
        return people.write(db -> {
            db.execute(
                    "UPDATE discussion SET title = ?, updated_at = ? WHERE entry_id = ? AND num = ?",
                    title,
                    now.toEpochMilli(),
                    discussion.entry().value(),
                    discussion.num());
            return addEvent(db, discussion.entry(), discussion.num(), EventType.TITLE_CHANGE, authorId, data, now);
        });
    }

    /**
     * Changes how a discussion stands, with the event that says so; of two callers at once, one gets no.
     *
     * @return the event's id, or nothing where it no longer stands as {@code discussion} says
     */
    public Optional<String> restate(Discussion discussion, Status status, String authorId, String data, Instant now) {
        return people.write(db -> {
            int changed = db.execute(
                    "UPDATE discussion SET status = ?, updated_at = ? WHERE entry_id = ? AND num = ? AND status = ?",
                    status.word(),
                    now.toEpochMilli(),
                    discussion.entry().value(),
                    discussion.num(),
                    discussion.status().word());
            return changed == 0
                    ? Optional.empty()
                    : Optional.of(addEvent(
                            db, discussion.entry(), discussion.num(), EventType.STATUS_CHANGE, authorId, data, now));
        });
    }

    /** Notes what a pull request was merged onto and what that became. */
    public void merged(EntryId entry, int num, RevisionId onto, RevisionId merged) {
        people.write(db -> db.execute(
                "UPDATE discussion SET base_revision = ?, merge_revision = ? WHERE entry_id = ? AND num = ?",
                onto.value(),
                merged.value(),
                entry.value(),
                num));
    }

    private static void touch(Handle db, EntryId entry, int num, Instant now) {
        db.execute(
                "UPDATE discussion SET updated_at = ? WHERE entry_id = ? AND num = ?",
                now.toEpochMilli(),
                entry.value(),
                num);
    }

    private static Discussion discussion(ResultSet row) throws SQLException {
        Optional<Pull> pull = row.getInt("pull_request") == 1
                ? Optional.of(new Pull(
                        row.getString("target_branch"),
                        new RevisionId(row.getString("base_revision")),
                        Optional.ofNullable(row.getString("merge_revision")).map(RevisionId::new)))
                : Optional.empty();
        return new Discussion(
                new EntryId(row.getString("entry_id")),
                row.getInt("num"),
                row.getString("title"),
                row.getString("author_id"),
                author(row),
                Status.parse(row.getString("status")).orElseThrow(),
                pull,
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("updated_at")));
    }

    private static String author(ResultSet row) throws SQLException {
        return Optional.ofNullable(row.getString("author")).orElse("deleted");
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
