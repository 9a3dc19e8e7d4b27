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
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * What machines saw: evidence by its digest, which evidence a look gave for what it read, and of which evidence the inspection of
 * a revision is made. Two hundred checkpoints with the same card share what was seen of it.
 */
public final class Inspections {
    private static final RowMapper<Sighting> SIGHTING = (row, context) -> new Sighting(
            row.getString("digest"), row.getString("body"), Instant.ofEpochMilli(row.getLong("observed_at")));

    /**
     * One piece of evidence as it is kept.
     *
     * @param digest of its JSON
     * @param body its JSON
     * @param observedAt when it was seen first; no part of what it is
     */
    public record Sighting(String digest, String body, Instant observedAt) {}

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

    /** What a look gave before; nothing where it was not made, or some of what it gave is no longer kept. */
    public Optional<List<Sighting>> look(String key) {
        return index.read(db -> {
            int total = db.createQuery("SELECT COALESCE(MAX(of_total), 0) FROM look WHERE cache_key = :key")
                    .bind("key", key)
                    .mapTo(Integer.class)
                    .one();
            List<Sighting> found = db.createQuery("SELECT e.* FROM look l JOIN evidence e ON e.digest = l.digest"
                            + " WHERE l.cache_key = :key ORDER BY l.seq")
                    .bind("key", key)
                    .map(SIGHTING)
                    .list();
            return total > 0 && found.size() == total ? Optional.of(found) : Optional.empty();
        });
    }

    /** Keeps what a look gave. */
    public void keepLook(String key, List<Sighting> given) {
        index.quietly(db -> {
            keep(db, given);
            db.execute("DELETE FROM look WHERE cache_key = ?", key);
            if (!given.isEmpty()) {
                PreparedBatch batch =
                        db.prepareBatch("INSERT INTO look (cache_key, seq, of_total, digest) VALUES (?, ?, ?, ?)");
                for (int i = 0; i < given.size(); i++) {
                    batch.add(key, i, given.size(), given.get(i).digest());
                }
                batch.execute();
            }
            return given.size();
        });
    }

    private static void keep(Handle db, List<Sighting> seen) {
        if (seen.isEmpty()) {
            return;
        }
        PreparedBatch batch = db.prepareBatch("INSERT INTO evidence (digest, body, observed_at) VALUES (?, ?, ?)"
                + " ON CONFLICT (digest) DO NOTHING");
        seen.forEach(one -> batch.add(one.digest(), one.body(), one.observedAt().toEpochMilli()));
        batch.execute();
    }

    /** Notes that a revision was inspected, in place of an earlier inspection; nothing where the entry is gone. */
    public void put(Inspection inspection, List<Sighting> seen) {
        String entry = inspection.entry().value();
        String revision = inspection.revision().value();
        index.quietly(db -> {
            db.execute("DELETE FROM inspection_evidence WHERE entry_id = ? AND revision = ?", entry, revision);
            db.execute("DELETE FROM inspection WHERE entry_id = ? AND revision = ?", entry, revision);
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
            if (added > 0 && !seen.isEmpty()) {
                keep(db, seen);
                PreparedBatch batch = db.prepareBatch(
                        "INSERT INTO inspection_evidence (entry_id, revision, seq, digest) VALUES (?, ?, ?, ?)");
                for (int i = 0; i < seen.size(); i++) {
                    batch.add(entry, revision, i, seen.get(i).digest());
                }
                batch.execute();
            }
            return added;
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

    /** The evidence that an inspection is made of, in its order. */
    public List<Sighting> evidence(EntryId entry, RevisionId revision) {
        return index.read(
                db -> db.createQuery("SELECT e.* FROM inspection_evidence i JOIN evidence e ON e.digest = i.digest"
                                + " WHERE i.entry_id = :entry AND i.revision = :revision ORDER BY i.seq")
                        .bind("entry", entry.value())
                        .bind("revision", revision.value())
                        .map(SIGHTING)
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

    /** Forgets every inspection, look and piece of evidence, of all entries. */
    public void forgetAll() {
        index.quietly(db -> {
            for (String table : List.of("inspection_evidence", "inspection", "look", "evidence", "tally")) {
                db.execute("DELETE FROM " + table);
            }
            return 0;
        });
    }

    /**
     * Forgets evidence that no inspection is made of, unless it was seen after {@code before}: that may be of one under way.
     *
     * @return how much was forgotten
     */
    public int sweep(Instant before) {
        return index.quietly(db -> {
            int gone = db.execute(
                    "DELETE FROM evidence WHERE observed_at < ? AND NOT EXISTS"
                            + " (SELECT 1 FROM inspection_evidence i WHERE i.digest = evidence.digest)",
                    before.toEpochMilli());
            db.execute("DELETE FROM look WHERE NOT EXISTS (SELECT 1 FROM evidence e WHERE e.digest = look.digest)");
            return gone;
        });
    }

    /** What was counted at an entry, and at which revision. */
    public Optional<Map.Entry<RevisionId, String>> tally(EntryId entry) {
        return index.read(db -> db.createQuery("SELECT revision, body FROM tally WHERE entry_id = :entry")
                .bind("entry", entry.value())
                .map((row, context) -> Map.entry(new RevisionId(row.getString(1)), row.getString(2)))
                .findOne());
    }

    /** Keeps what was counted; nothing where the entry is gone. */
    public void putTally(EntryId entry, RevisionId revision, String body) {
        index.quietly(db -> db.execute(
                "INSERT INTO tally (entry_id, revision, body) SELECT id, ?, ? FROM entry WHERE id = ? ON CONFLICT (entry_id)"
                        + " DO UPDATE SET revision = excluded.revision, body = excluded.body",
                revision.value(),
                body,
                entry.value()));
    }
}
