package glasshouse.hub.index;

import glasshouse.core.entry.EntryId;
import glasshouse.core.entry.Names;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Which objects of the store an entry holds: what may be read and committed through it. That the store has the bytes says nothing
 * about that: they may have come through an entry that the caller does not know of. So it is a permission, and follows from nothing:
 * it is written beside the repository ({@link HeldFile}) before it counts, and the rows here are made of that.
 */
public final class HeldObjects {
    private static final int BATCH = 500;

    private final Database index;
    private final Function<EntryId, Path> folders;
    private final Queue<HeldChange> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock writing = new ReentrantLock();

    /** @param folders where the repository of an entry is, which is there before anything is held */
    public HeldObjects(Database index, Function<EntryId, Path> folders) {
        this.index = index;
        this.folders = folders;
    }

    /** An object and its size. */
    public record Held(String sha256, long sizeBytes) {}

    /** Notes that an entry holds an object, durably. The bytes must be durable before. */
    public void hold(EntryId entry, String sha256, long sizeBytes, Instant now) {
        holdAll(entry, List.of(new Held(sha256, sizeBytes)), now);
    }

    /** As {@link #hold}, for many at once. */
    public void holdAll(EntryId entry, Collection<Held> objects, Instant now) {
        Map<String, Long> there =
                sizesOf(entry, objects.stream().map(Held::sha256).toList());
        List<Item> fresh = objects.stream()
                .filter(object -> !Long.valueOf(object.sizeBytes()).equals(there.get(object.sha256())))
                .map(object -> new Item(object.sha256(), object.sizeBytes(), now))
                .toList();
        if (!fresh.isEmpty()) {
            change(new HeldChange(entry, fresh, List.of()));
        }
    }

    /** Takes objects away from an entry. The bytes stay where they are: others may hold them. */
    public void release(EntryId entry, Collection<String> sha256) {
        change(new HeldChange(entry, List.of(), List.copyOf(sha256)));
    }

    /** Returns when a change is durable. Those that come while one is written are written together, with one sync for all. */
    private void change(HeldChange mine) {
        waiting.add(mine);
        writing.lock();
        try {
            if (!mine.done) {
                List<HeldChange> all = new ArrayList<>();
                for (HeldChange one = waiting.poll(); one != null; one = waiting.poll()) {
                    all.add(one);
                }
                write(all);
            }
        } finally {
            writing.unlock();
        }
        switch (mine.fault) {
            case null -> {}
            case IOException fault -> throw new UncheckedIOException("what an entry holds was not written", fault);
            default -> throw new IllegalStateException("what an entry holds was not written", mine.fault);
        }
    }

    private void write(List<HeldChange> all) {
        Map<EntryId, List<HeldChange>> byEntry = new LinkedHashMap<>();
        all.forEach(one -> {
            one.done = true;
            byEntry.computeIfAbsent(one.entry, id -> new ArrayList<>()).add(one);
        });
        // INVARIANT: the file first. What the index alone knows would be gone with it.
        byEntry.forEach((entry, changes) -> {
            try {
                writeFile(entry, changes.stream().flatMap(HeldChange::lines).toList());
            } catch (IOException | RuntimeException e) {
                changes.forEach(one -> one.fault = e);
            }
        });
        List<HeldChange> written = all.stream().filter(one -> one.fault == null).toList();
        try {
            index.quietly(db -> {
                for (HeldChange one : written) {
                    insert(db, one.entry, one.held);
                    for (String sha : one.released) {
                        db.execute("DELETE FROM held_object WHERE entry_id = ? AND sha256 = ?", one.entry.value(), sha);
                    }
                }
                return null;
            });
        } catch (RuntimeException e) {
            written.forEach(one -> one.fault = e);
        }
    }

    private void writeFile(EntryId entry, List<String> lines) throws IOException {
        HeldFile file = new HeldFile(folders.apply(entry));
        if (file.exists()) {
            file.append(lines);
        } else {
            file.create(Stream.concat(all(entry).stream().map(HeldFile::held), lines.stream())
                    .toList());
        }
    }

    private static void insert(Handle db, EntryId entry, List<Item> items) {
        if (items.isEmpty()) {
            return;
        }
        var batch = db.prepareBatch("INSERT INTO held_object (entry_id, sha256, size_bytes, held_since)"
                + " VALUES (:entry, :sha, :size, :now) ON CONFLICT (entry_id, sha256)"
                + " DO UPDATE SET size_bytes = excluded.size_bytes");
        for (Item item : items) {
            batch.bind("entry", entry.value())
                    .bind("sha", item.sha256())
                    .bind("size", item.sizeBytes())
                    .bind("now", item.since().toEpochMilli())
                    .add();
        }
        batch.execute();
    }

    /** Makes the rows of an entry anew from what is written beside its repository; where nothing is written there, writes it. */
    public void restore(EntryId entry) throws IOException {
        writing.lock();
        try {
            HeldFile file = new HeldFile(folders.apply(entry));
            if (!file.exists()) {
                writeFromIndex(entry, file);
                return;
            }
            List<Item> items = file.read();
            index.quietly(db -> {
                db.execute("DELETE FROM held_object WHERE entry_id = ?", entry.value());
                insert(db, entry, items);
                return null;
            });
        } finally {
            writing.unlock();
        }
    }

    /** Writes the files that earlier versions, which kept what is held in the index alone, did not write. */
    public void writeMissing() throws IOException {
        List<String> known = index.read(db -> db.createQuery("SELECT DISTINCT entry_id FROM held_object")
                .mapTo(String.class)
                .list());
        for (String id : known) {
            EntryId entry = new EntryId(id);
            HeldFile file = new HeldFile(folders.apply(entry));
            writing.lock();
            try {
                if (!file.exists() && Files.isDirectory(folders.apply(entry))) {
                    writeFromIndex(entry, file);
                }
            } finally {
                writing.unlock();
            }
        }
    }

    private void writeFromIndex(EntryId entry, HeldFile file) throws IOException {
        List<Item> items = all(entry);
        if (!items.isEmpty()) {
            file.create(items.stream().map(HeldFile::held).toList());
        }
    }

    private List<Item> all(EntryId entry) {
        return page(entry, "", Integer.MAX_VALUE);
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
