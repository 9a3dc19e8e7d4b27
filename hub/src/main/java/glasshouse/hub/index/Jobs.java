package glasshouse.hub.index;

import glasshouse.core.entry.EntryId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * The queue of work that is done in the background. Its writes leave cached entries alone: nothing that a reader of an entry
 * sees depends on them.
 */
public final class Jobs {
    /** How many finished ones are kept, the newest of each state. */
    private static final int KEPT = 1000;

    private static final int MAX_MESSAGE = 500;

    /** How a piece of work stands. */
    public enum State {
        WAITING,
        RUNNING,
        DONE,
        FAILED;

        /** The word in the database and in JSON. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State parse(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * Work to be done.
     *
     * @param kind what to do
     * @param entryId to which entry; empty where it is to none
     * @param subject to what of it; empty where it is to all
     * @param rank 0 goes first
     */
    public record Wanted(String kind, String entryId, String subject, int rank) {}

    /**
     * Work and how it stands.
     *
     * @param attempts how often it was begun
     * @param runAt not before
     * @param stepsTotal how many steps it has, as far as that is known; else 0
     * @param message what it is at, or how it ended
     */
    public record Job(
            String id,
            String kind,
            String entryId,
            String subject,
            State state,
            int attempts,
            Instant runAt,
            Instant createdAt,
            Optional<Instant> finishedAt,
            long stepsDone,
            long stepsTotal,
            String message) {}

    private final Database index;

    public Jobs(Database index) {
        this.index = index;
    }

    /** Adds work; what waits already is not added twice, and begins anew to count its attempts. */
    public void add(List<Wanted> wanted, Instant runAt) {
        index.quietly(db -> {
            add(db, wanted, runAt);
            return wanted.size();
        });
    }

    static void add(Handle db, List<Wanted> wanted, Instant runAt) {
        if (wanted.isEmpty()) {
            return;
        }
        PreparedBatch batch =
                db.prepareBatch("INSERT INTO job (id, kind, entry_id, subject, rank, state, run_at, created_at)"
                        + " VALUES (:id, :kind, :entry, :subject, :rank, 'waiting', :at, :at)"
                        + " ON CONFLICT (kind, entry_id, subject) WHERE state = 'waiting' DO UPDATE SET attempts = 0,"
                        + " run_at = CASE WHEN job.run_at < excluded.run_at THEN job.run_at ELSE excluded.run_at END");
        for (Wanted one : wanted) {
            batch.bind("id", Ids.next(runAt.toEpochMilli()))
                    .bind("kind", one.kind())
                    .bind("entry", one.entryId())
                    .bind("subject", one.subject())
                    .bind("rank", one.rank())
                    .bind("at", runAt.toEpochMilli())
                    .add();
        }
        batch.execute();
    }

    /** Of an entry one piece of work runs at a time: they write the same row. */
    private static final String RUNNABLE = " FROM job WHERE state = 'waiting' AND NOT EXISTS (SELECT 1 FROM job busy"
            + " WHERE busy.state = 'running' AND busy.entry_id = job.entry_id AND busy.entry_id <> '')";

    /** Takes the next work that is due and whose entry has none under way, so that nobody else takes it. */
    public Optional<Job> claim(Instant now) {
        // Most of the time there is nothing: a question costs less than a transaction that writes.
        if (nextDue().map(due -> due.isAfter(now)).orElse(true)) {
            return Optional.empty();
        }
        return index.quietly(db -> {
            Optional<String> id = db.createQuery(
                            "SELECT id" + RUNNABLE + " AND run_at <= :now ORDER BY rank, run_at, id LIMIT 1")
                    .bind("now", now.toEpochMilli())
                    .mapTo(String.class)
                    .findOne();
            id.ifPresent(found -> db.execute(
                    "UPDATE job SET state = 'running', attempts = attempts + 1, steps_done = 0, steps_total = 0, message = ''"
                            + " WHERE id = ?",
                    found));
            return id.flatMap(found -> byId(db, found));
        });
    }

    /** When the next waiting work can be taken; nothing where none can. */
    public Optional<Instant> nextDue() {
        return index.read(db -> db.createQuery("SELECT MIN(run_at)" + RUNNABLE)
                .map((row, context) -> {
                    long due = row.getLong(1);
                    return row.wasNull() ? Optional.<Instant>empty() : Optional.of(Instant.ofEpochMilli(due));
                })
                .one());
    }

    /** Notes how far work has come; says whether it is still wanted: the work of an entry ends with it. */
    public boolean progress(String id, long done, long total, String message) {
        return index.quietly(db -> db.execute(
                        "UPDATE job SET steps_done = ?, steps_total = ?, message = ? WHERE id = ? AND state = 'running'",
                        done,
                        total,
                        cut(message),
                        id)
                > 0);
    }

    /** Ends work that was done. Earlier failures of the same work are forgotten: they are no longer true. */
    public void done(Job job, Instant now, String message) {
        index.quietly(db -> {
            db.execute(
                    "DELETE FROM job WHERE kind = ? AND entry_id = ? AND subject = ? AND state = 'failed'",
                    job.kind(),
                    job.entryId(),
                    job.subject());
            return finish(db, job.id(), State.DONE, now, message);
        });
    }

    /** Ends work that failed for good. Of the same work the latest failure is kept. */
    public void failed(Job job, Instant now, String message) {
        index.quietly(db -> {
            db.execute(
                    "DELETE FROM job WHERE kind = ? AND entry_id = ? AND subject = ? AND state = 'failed'",
                    job.kind(),
                    job.entryId(),
                    job.subject());
            return finish(db, job.id(), State.FAILED, now, message);
        });
    }

    private static int finish(Handle db, String id, State state, Instant now, String message) {
        int ended = db.execute(
                "UPDATE job SET state = ?, finished_at = ?, message = ? WHERE id = ?",
                state.word(),
                now.toEpochMilli(),
                cut(message),
                id);
        // History is bounded: what is older than the newest thousand goes.
        db.execute(
                "DELETE FROM job WHERE state = ? AND finished_at < (SELECT MIN(finished_at) FROM (SELECT finished_at FROM job"
                        + " WHERE state = ? ORDER BY finished_at DESC LIMIT " + KEPT + ") AS newest)",
                state.word(),
                state.word());
        return ended;
    }

    /** Lets work wait again after a failure that may pass. */
    public void retry(Job job, Instant runAt, String message) {
        index.quietly(db -> waitAgain(db, job.id(), runAt, message, 0));
    }

    /** Lets work wait again that was stopped through no fault of its own: the attempt does not count. */
    public void putBack(Job job) {
        index.quietly(db -> waitAgain(db, job.id(), job.runAt(), "", 1));
    }

    /** What ran when its process ended waits again. Called before anything runs. */
    public int recover() {
        return index.quietly(db -> {
            List<Job> stopped = db.createQuery("SELECT * FROM job WHERE state = 'running'")
                    .map((row, context) -> job(row))
                    .list();
            // The attempt counts: work that ends the process each time must not be begun for ever.
            stopped.forEach(job -> waitAgain(db, job.id(), job.runAt(), "", 0));
            return stopped.size();
        });
    }

    private static int waitAgain(Handle db, String id, Instant runAt, String message, int uncounted) {
        // The same work may have been wanted again meanwhile: then one of the two is enough.
        int spare = db.execute(
                "DELETE FROM job WHERE id = ? AND EXISTS (SELECT 1 FROM job same WHERE same.state = 'waiting'"
                        + " AND same.kind = job.kind AND same.entry_id = job.entry_id AND same.subject = job.subject"
                        + " AND same.id <> job.id)",
                id);
        return spare > 0
                ? 0
                : db.execute(
                        "UPDATE job SET state = 'waiting', run_at = ?, message = ?, attempts = attempts - ? WHERE id = ?",
                        runAt.toEpochMilli(),
                        cut(message),
                        uncounted,
                        id);
    }

    public Optional<Job> find(String id) {
        return index.read(db -> byId(db, id));
    }

    private static Optional<Job> byId(Handle db, String id) {
        return db.createQuery("SELECT * FROM job WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> job(row))
                .findOne();
    }

    /** Work in its order: what runs, what waits, then what ended, newest first. */
    public List<Job> list(Optional<EntryId> entry, Optional<State> state, int offset, int limit) {
        return index.read(db -> db.createQuery("SELECT * FROM job WHERE (:entry = '' OR entry_id = :entry)"
                        + " AND (:state = '' OR state = :state)"
                        + " ORDER BY CASE state WHEN 'running' THEN 0 WHEN 'waiting' THEN 1 ELSE 2 END,"
                        + " COALESCE(finished_at, 0) DESC, rank, run_at, id LIMIT :limit OFFSET :offset")
                .bind("entry", entry.map(EntryId::value).orElse(""))
                .bind("state", state.map(State::word).orElse(""))
                .bind("limit", limit)
                .bind("offset", offset)
                .map((row, context) -> job(row))
                .list());
    }

    /** How many there are in each state. */
    public Map<State, Long> counts() {
        Map<State, Long> counts = new EnumMap<>(State.class);
        for (State state : State.values()) {
            counts.put(state, 0L);
        }
        index.read(db -> db.createQuery("SELECT state, COUNT(*) AS n FROM job GROUP BY state")
                        .map((row, context) -> Map.entry(State.parse(row.getString("state")), row.getLong("n")))
                        .list())
                .forEach(count -> counts.put(count.getKey(), count.getValue()));
        return counts;
    }

    private static String cut(String message) {
        String line = message.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= MAX_MESSAGE ? line : line.substring(0, MAX_MESSAGE) + "…";
    }

    private static Job job(ResultSet row) throws SQLException {
        long finished = row.getLong("finished_at");
        Optional<Instant> finishedAt = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(finished));
        return new Job(
                row.getString("id"),
                row.getString("kind"),
                row.getString("entry_id"),
                row.getString("subject"),
                State.parse(row.getString("state")),
                row.getInt("attempts"),
                Instant.ofEpochMilli(row.getLong("run_at")),
                Instant.ofEpochMilli(row.getLong("created_at")),
                finishedAt,
                row.getLong("steps_done"),
                row.getLong("steps_total"),
                row.getString("message"));
    }
}
