package glasshouse.hub.index;

import glasshouse.core.entry.EntryId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How often entries were downloaded, by day. Somebody who takes many files of an entry one after the other counts once. Counts
 * are kept in memory and written together; a crash loses the last ones. Safe for many threads.
 */
public final class Downloads implements AutoCloseable {
    /** How long somebody may pause within one download. */
    private static final long PAUSE_MILLIS = 15 * 60_000L;

    private static final long WRITE_EVERY_MILLIS = 60_000;
    private static final int MAX_REMEMBERED = 50_000;
    private static final int RECENT_DAYS = 30;

    /** Somebody who downloads an entry. */
    private record Visit(EntryId entry, String who) {}

    private record Day(EntryId entry, long day) {}

    private final Database people;
    private final InstantSource clock;
    private final Map<Visit, Long> visits = new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Visit, Long> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };
    private final Map<Day, Long> unwritten = new HashMap<>();
    private long writtenAt;

    public Downloads(Database people, InstantSource clock) {
        this.people = people;
        this.clock = clock;
        this.writtenAt = clock.millis();
    }

    /**
     * Counts a request for a file.
     *
     * @param who tells one downloader from another; never stored
     */
    public void count(EntryId entry, String who) {
        long now = clock.millis();
        boolean write;
        synchronized (this) {
            Long last = visits.put(new Visit(entry, who), now);
            if (last != null && now - last < PAUSE_MILLIS) {
                return;
            }
            unwritten.merge(new Day(entry, day(clock.instant())), 1L, Long::sum);
            write = now - writtenAt >= WRITE_EVERY_MILLIS;
            if (write) {
                writtenAt = now;
            }
        }
        if (write) {
            Thread.ofVirtual().name("downloads").start(this::write);
        }
    }

    /** Writes what was counted. */
    public void write() {
        Map<Day, Long> taken;
        synchronized (this) {
            taken = Map.copyOf(unwritten);
            unwritten.clear();
        }
        if (taken.isEmpty()) {
            return;
        }
        people.quietly(db -> {
            taken.forEach((key, n) -> db.execute(
                    "INSERT INTO download_day (entry_id, day, downloads) VALUES (?, ?, ?)"
                            + " ON CONFLICT (entry_id, day) DO UPDATE SET downloads = download_day.downloads + excluded.downloads",
                    key.entry().value(),
                    key.day(),
                    n));
            return taken.size();
        });
    }

    /**
     * The downloads of an entry.
     *
     * @param recent in the last {@value #RECENT_DAYS} days
     * @param ever since it was made
     */
    public record Count(long recent, long ever) {}

    /** The downloads of each entry, also of those without any. */
    public Map<EntryId, Count> of(Collection<EntryId> entries) {
        Map<EntryId, Long> recent = recent(entries);
        Map<EntryId, Long> total = total(entries);
        Map<EntryId, Count> counts = new HashMap<>();
        entries.forEach(id -> counts.put(id, new Count(recent.getOrDefault(id, 0L), total.getOrDefault(id, 0L))));
        return counts;
    }

    /** The downloads of one entry. */
    public Count of(EntryId entry) {
        return Objects.requireNonNull(of(java.util.List.of(entry)).get(entry));
    }

    /** Downloads in the last thirty days, by entry; entries without any are left out. */
    public Map<EntryId, Long> recent(Collection<EntryId> entries) {
        return since(entries, day(clock.instant()) - RECENT_DAYS + 1);
    }

    /** Downloads in the last thirty days, of every entry that has any. */
    public Map<EntryId, Long> recent() {
        write();
        long first = day(clock.instant()) - RECENT_DAYS + 1;
        Map<EntryId, Long> counts = new HashMap<>();
        people.read(db -> {
            db.createQuery(
                            "SELECT entry_id, SUM(downloads) AS n FROM download_day WHERE day >= :first GROUP BY entry_id")
                    .bind("first", first)
                    .map((row, context) -> Map.entry(new EntryId(row.getString(1)), row.getLong(2)))
                    .forEach(row -> counts.put(row.getKey(), row.getValue()));
            return counts;
        });
        return counts;
    }

    /** Downloads ever, by entry; entries without any are left out. */
    public Map<EntryId, Long> total(Collection<EntryId> entries) {
        return since(entries, 0);
    }

    private Map<EntryId, Long> since(Collection<EntryId> entries, long first) {
        Map<EntryId, Long> counts = new HashMap<>();
        if (entries.isEmpty()) {
            return counts;
        }
        people.read(db -> {
            db.createQuery("SELECT entry_id, SUM(downloads) AS n FROM download_day"
                            + " WHERE day >= :first AND entry_id IN (<ids>) GROUP BY entry_id")
                    .bind("first", first)
                    .bindList("ids", entries.stream().map(EntryId::value).toList())
                    .map((row, context) -> Map.entry(new EntryId(row.getString(1)), row.getLong(2)))
                    .forEach(row -> counts.put(row.getKey(), row.getValue()));
            return counts;
        });
        synchronized (this) {
            unwritten.forEach((key, n) -> {
                if (key.day() >= first && entries.contains(key.entry())) {
                    counts.merge(key.entry(), n, Long::sum);
                }
            });
        }
        return counts;
    }

    private static long day(Instant instant) {
        return instant.truncatedTo(ChronoUnit.DAYS).getEpochSecond() / 86_400;
    }

    @Override
    public void close() {
        write();
    }
}
