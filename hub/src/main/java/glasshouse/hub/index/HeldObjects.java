package glasshouse.hub.index;

import glasshouse.core.entry.EntryId;
import glasshouse.core.entry.Names;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Which objects of the store an entry holds: what may be read and committed through it. That the store has the bytes says nothing
 * about that: they may have come through an entry that the caller does not know of.
 */
public final class HeldObjects {
    private static final int BATCH = 500;

    private final Database index;

    public HeldObjects(Database index) {
        this.index = index;
    }

    /** An object and its size. */
    public record Held(String sha256, long sizeBytes) {}

    /** Notes that an entry holds an object. The bytes must be durable before. */
    public void hold(EntryId entry, String sha256, long sizeBytes, Instant now) {
        holdAll(entry, List.of(new Held(sha256, sizeBytes)), now);
    }

    /** As {@link #hold}, for many at once. */
    public void holdAll(EntryId entry, Collection<Held> objects, Instant now) {
        if (objects.isEmpty()) {
            return;
        }
        index.quietly(db -> {
            var batch = db.prepareBatch("INSERT INTO held_object (entry_id, sha256, size_bytes, held_since)"
                    + " VALUES (:entry, :sha, :size, :now) ON CONFLICT (entry_id, sha256)"
                    + " DO UPDATE SET size_bytes = excluded.size_bytes");
            for (Held object : objects) {
                batch.bind("entry", entry.value())
                        .bind("sha", object.sha256())
                        .bind("size", object.sizeBytes())
                        .bind("now", now.toEpochMilli())
                        .add();
            }
            return batch.execute();
        });
    }

    public boolean holds(EntryId entry, String sha256) {
        return sizeOf(entry, sha256).isPresent();
    }

    /** The size of an object that an entry holds; nothing where it does not. */
    public OptionalLong sizeOf(EntryId entry, String sha256) {
        return index.read(
                db -> db.createQuery("SELECT size_bytes FROM held_object WHERE entry_id = :entry AND sha256 = :sha")
                        .bind("entry", entry.value())
                        .bind("sha", sha256)
                        .mapTo(Long.class)
                        .findOne()
                        .map(OptionalLong::of)
                        .orElse(OptionalLong.empty()));
    }

    /** Those of some objects that an entry holds, with their sizes. */
    public Map<String, Long> sizesOf(EntryId entry, Collection<String> sha256) {
        Map<String, Long> sizes = new HashMap<>();
        List<String> wanted = sha256.stream().distinct().toList();
        for (int at = 0; at < wanted.size(); at += BATCH) {
            List<String> some = wanted.subList(at, Math.min(wanted.size(), at + BATCH));
            index.read(db -> db.createQuery(
                                    "SELECT sha256, size_bytes FROM held_object WHERE entry_id = :entry AND sha256 IN (<some>)")
                            .bind("entry", entry.value())
                            .bindList("some", some)
                            .map((row, context) -> new Held(row.getString(1), row.getLong(2)))
                            .list())
                    .forEach(held -> sizes.put(held.sha256(), held.sizeBytes()));
        }
        return sizes;
    }

    /** All that an entry holds, by name. */
    public List<Held> of(EntryId entry) {
        return index.read(db -> db.createQuery(
                        "SELECT sha256, size_bytes FROM held_object WHERE entry_id = :entry ORDER BY sha256")
                .bind("entry", entry.value())
                .map((row, context) -> new Held(row.getString(1), row.getLong(2)))
                .list());
    }

    /** An object, its size, and since when the entry holds it. */
    public record Item(String sha256, long sizeBytes, Instant since) {}

    /**
     * A part of what an entry holds, by name.
     *
     * @param after the last name of the part before; empty for the first part
     */
    public List<Item> page(EntryId entry, String after, int limit) {
        return index.read(db -> db.createQuery("SELECT sha256, size_bytes, held_since FROM held_object"
                        + " WHERE entry_id = :entry AND sha256 > :after ORDER BY sha256 LIMIT :limit")
                .bind("entry", entry.value())
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> new Item(row.getString(1), row.getLong(2), Instant.ofEpochMilli(row.getLong(3))))
                .list());
    }

    /** Takes objects away from an entry. The bytes stay where they are: others may hold them. */
    public void release(EntryId entry, Collection<String> sha256) {
        index.quietly(db -> {
            for (String sha : sha256) {
                db.execute("DELETE FROM held_object WHERE entry_id = ? AND sha256 = ?", entry.value(), sha);
            }
            return null;
        });
    }

    /** Whether any entry holds an object: one that none does is nobody's. */
    public boolean isHeld(String sha256) {
        return index.read(db -> db.createQuery("SELECT COUNT(*) FROM held_object WHERE sha256 = :sha")
                        .bind("sha", sha256)
                        .mapTo(Long.class)
                        .one())
                > 0;
    }

    /** The bytes of all that an entry holds. */
    public long totalBytes(EntryId entry) {
        return index.read(
                db -> db.createQuery("SELECT COALESCE(SUM(size_bytes), 0) FROM held_object WHERE entry_id = :entry")
                        .bind("entry", entry.value())
                        .mapTo(Long.class)
                        .one());
    }

    /** The bytes of all that the entries of a namespace hold; what two of them hold counts twice. */
    public long totalBytes(String namespace) {
        return index.read(db -> db.createQuery("SELECT COALESCE(SUM(h.size_bytes), 0) FROM held_object h"
                        + " JOIN entry e ON e.id = h.entry_id WHERE e.namespace_key = :ns")
                .bind("ns", Names.key(namespace))
                .mapTo(Long.class)
                .one());
    }
}
