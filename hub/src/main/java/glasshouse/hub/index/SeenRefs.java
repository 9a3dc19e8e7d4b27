package glasshouse.hub.index;

import glasshouse.core.entry.EntryId;
import glasshouse.core.entry.RevisionId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** What the index has seen of branches and tags. */
public final class SeenRefs {
    /** A ref and where it points; nowhere where it is gone. */
    public record Seen(String ref, Optional<RevisionId> revision) {}

    private final Database index;

    public SeenRefs(Database index) {
        this.index = index;
    }

    /** The refs of an entry as they were last seen. */
    public Map<String, RevisionId> of(EntryId entry) {
        Map<String, RevisionId> refs = new TreeMap<>();
        index.read(db -> db.createQuery("SELECT ref, revision FROM seen_ref WHERE entry_id = :entry")
                        .bind("entry", entry.value())
                        .map((row, context) -> Map.entry(row.getString(1), new RevisionId(row.getString(2))))
                        .list())
                .forEach(seen -> refs.put(seen.getKey(), seen.getValue()));
        return refs;
    }

    /**
     * Notes, in one step, where refs point now, what follows for the entry, and the work that it makes.
     *
     * @param change what follows for the entry
     * @return whether the index has the entry; where it has not, nothing is noted
     */
    public boolean note(
            EntryId entry, List<Seen> refs, UnaryOperator<Entry> change, List<Jobs.Wanted> wanted, Instant now) {
        return index.write(db -> {
            if (Entries.change(db, entry, change).isEmpty()) {
                return false;
            }
            put(db, entry, refs);
            Jobs.add(db, wanted, now);
            return true;
        });
    }

    /** Adds work that can wait. */
    public void later(List<Jobs.Wanted> wanted, Instant at) {
        index.quietly(db -> {
            Jobs.add(db, wanted, at);
            return wanted.size();
        });
    }

    private static void put(Handle db, EntryId entry, List<Seen> refs) {
        if (refs.isEmpty()) {
            return;
        }
        PreparedBatch gone = db.prepareBatch("DELETE FROM seen_ref WHERE entry_id = ? AND ref = ?");
        refs.forEach(seen -> gone.add(entry.value(), seen.ref()));
        gone.execute();
        PreparedBatch here = db.prepareBatch("INSERT INTO seen_ref (entry_id, ref, revision) VALUES (?, ?, ?)");
        for (Seen seen : refs) {
            seen.revision().ifPresent(revision -> here.add(entry.value(), seen.ref(), revision.value()));
        }
        if (here.size() > 0) {
            here.execute();
        }
    }
}
