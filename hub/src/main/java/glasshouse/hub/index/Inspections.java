package glasshouse.hub.index;

import glasshouse.core.entry.EntryId;
import glasshouse.core.entry.RevisionId;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * What machines saw: looks by what they read, and of which looks the inspection of a revision is made. Two hundred checkpoints
 * with the same card share one look at it.
 */
public final class Inspections {
    /**
     * One look of one inspector.
     *
     * @param key by inspector, its version, and the digest of what it read
     * @param body its evidence as JSON
     */
    public record Look(String key, String body, Instant observedAt) {}

    /**
     * That a revision was inspected.
     *
     * @param inspectors who looked, with their versions
     * @param digest of all evidence
     */
    public record Inspection(
            EntryId entry,
            RevisionId revision,
            Instant finishedAt,
            String inspectors,
            String digest,
            int contradicted,
            int statements) {}

    private final Database index;

    public Inspections(Database index) {
        this.index = index;
    }

    /** A look that was made before. */
    public Optional<Look> look(String key) {
        return index.read(db -> db.createQuery(
                        "SELECT cache_key, body, observed_at FROM evidence WHERE cache_key = :key")
                .bind("key", key)
                .map((row, context) ->
                        new Look(row.getString(1), row.getString(2), Instant.ofEpochMilli(row.getLong(3))))
                .findOne());
    }

    /** Keeps a look, in place of an older one of the same key. */
    public void keep(Look look) {
        index.quietly(db -> db.execute(
                "INSERT INTO evidence (cache_key, body, observed_at) VALUES (?, ?, ?) ON CONFLICT (cache_key)"
                        + " DO UPDATE SET body = excluded.body, observed_at = excluded.observed_at",
                look.key(),
                look.body(),
                look.observedAt().toEpochMilli()));
    }

    /** Notes that a revision was inspected, in place of an earlier inspection; nothing where the entry is gone. */
    public void put(Inspection inspection, List<String> keys) {
        String entry = inspection.entry().value();
        String revision = inspection.revision().value();
        index.quietly(db -> {
            remove(db, entry, revision);
            int added = db.execute(
                    "INSERT INTO inspection (entry_id, revision, finished_at, inspectors, digest, contradicted, statements)"
                            + " SELECT id, ?, ?, ?, ?, ?, ? FROM entry WHERE id = ?",
                    revision,
                    inspection.finishedAt().toEpochMilli(),
                    inspection.inspectors(),
                    inspection.digest(),
                    inspection.contradicted(),
                    inspection.statements(),
                    entry);
            if (added > 0 && !keys.isEmpty()) {
                PreparedBatch batch = db.prepareBatch(
                        "INSERT INTO inspection_look (entry_id, revision, seq, cache_key) VALUES (?, ?, ?, ?)");
                for (int i = 0; i < keys.size(); i++) {
                    batch.add(entry, revision, i, keys.get(i));
                }
                batch.execute();
            }
            return added;
        });
    }

    private static void remove(org.jdbi.v3.core.Handle db, String entry, String revision) {
        db.execute("DELETE FROM inspection_look WHERE entry_id = ? AND revision = ?", entry, revision);
        db.execute("DELETE FROM inspection WHERE entry_id = ? AND revision = ?", entry, revision);
    }

    /** Forgets what was seen at an entry, so that it is looked at anew. */
    public void forget(EntryId entry) {
        index.quietly(db -> {
            db.execute("DELETE FROM inspection_look WHERE entry_id = ?", entry.value());
            return db.execute("DELETE FROM inspection WHERE entry_id = ?", entry.value());
        });
    }

    public Optional<Inspection> find(EntryId entry, RevisionId revision) {
        return index.read(db -> db.createQuery(
                        "SELECT * FROM inspection WHERE entry_id = :entry AND revision = :revision")
                .bind("entry", entry.value())
                .bind("revision", revision.value())
                .map((row, context) -> new Inspection(
                        new EntryId(row.getString("entry_id")),
                        new RevisionId(row.getString("revision")),
                        Instant.ofEpochMilli(row.getLong("finished_at")),
                        row.getString("inspectors"),
                        row.getString("digest"),
                        row.getInt("contradicted"),
                        row.getInt("statements")))
                .findOne());
    }

    /** The looks that an inspection is made of, in their order. */
    public List<Look> looks(EntryId entry, RevisionId revision) {
        return index.read(db -> db.createQuery("SELECT e.cache_key, e.body, e.observed_at FROM inspection_look l"
                        + " JOIN evidence e ON e.cache_key = l.cache_key"
                        + " WHERE l.entry_id = :entry AND l.revision = :revision ORDER BY l.seq")
                .bind("entry", entry.value())
                .bind("revision", revision.value())
                .map((row, context) ->
                        new Look(row.getString(1), row.getString(2), Instant.ofEpochMilli(row.getLong(3))))
                .list());
    }

    /** The revisions of an entry that these inspectors have looked at. */
    public Set<RevisionId> inspected(EntryId entry, String inspectors) {
        return index.read(db -> db
                .createQuery("SELECT revision FROM inspection WHERE entry_id = :entry AND inspectors = :inspectors")
                .bind("entry", entry.value())
                .bind("inspectors", inspectors)
                .map((row, context) -> new RevisionId(row.getString(1)))
                .stream()
                .collect(Collectors.toCollection(HashSet::new)));
    }

    /** Forgets looks that no inspection is made of, unless they were made after {@code before}: those may be of one under way. */
    public int sweep(Instant before) {
        return index.quietly(db -> db.execute(
                "DELETE FROM evidence WHERE observed_at < ? AND NOT EXISTS"
                        + " (SELECT 1 FROM inspection_look l WHERE l.cache_key = evidence.cache_key)",
                before.toEpochMilli()));
    }

    /** What was counted at an entry, and at which revision. */
    public Optional<Map.Entry<RevisionId, String>> tally(EntryId entry) {
        return index.read(db -> db.createQuery("SELECT revision, body FROM tally WHERE entry_id = :entry")
                .bind("entry", entry.value())
                .map((row, context) -> Map.entry(new RevisionId(row.getString(1)), row.getString(2)))
                .findOne());
    }

    public void putTally(EntryId entry, RevisionId revision, String body) {
        index.quietly(db -> db.execute(
                "INSERT INTO tally (entry_id, revision, body) VALUES (?, ?, ?) ON CONFLICT (entry_id)"
                        + " DO UPDATE SET revision = excluded.revision, body = excluded.body",
                entry.value(),
                revision.value(),
                body));
    }
}
