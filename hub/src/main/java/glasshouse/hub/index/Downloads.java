package glasshouse.hub.index;

import glasshouse.core.entry.EntryId;
import glasshouse.hub.recent.RecentCache;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

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
    private static final Count NONE = new Count(0, 0);

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
    private final AtomicLong writes = new AtomicLong();
    private final RecentCache<Day, Count> written = new RecentCache<>(10_000, writes::get);
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
            unwritten.merge(new Day(entry, today()), 1L, Long::sum);
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
        writes.incrementAndGet();
    }

    /**
     * The downloads of an entry.
     *
     * @param recent in the last {@value #RECENT_DAYS} days
     * @param ever since it was made
     */
    public record Count(long recent, long ever) {}

    /** The downloads of one entry. What the database says is remembered until counts are written to it. */
    public Count of(EntryId entry) {
        long day = today();
        return withUnwritten(
                written.get(
                        new Day(entry, day), key -> written(List.of(entry), day).getOrDefault(entry, NONE)),
                entry,
                day);
    }

    /** The downloads of each entry, also of those without any. */
    public Map<EntryId, Count> of(Collection<EntryId> entries) {
        long day = today();
        Map<EntryId, Count> known = entries.isEmpty() ? Map.of() : written(entries, day);
        Map<EntryId, Count> counts = new HashMap<>();
        entries.forEach(id -> counts.put(id, withUnwritten(known.getOrDefault(id, NONE), id, day)));
        return counts;
    }

    private Map<EntryId, Count> written(Collection<EntryId> entries, long day) {
        Map<EntryId, Count> counts = new HashMap<>();
        people.read(db -> {
            db.createQuery("SELECT entry_id, SUM(CASE WHEN day >= :first THEN downloads ELSE 0 END), SUM(downloads)"
                            + " FROM download_day WHERE entry_id IN (<ids>) GROUP BY entry_id")
                    .bind("first", day - RECENT_DAYS + 1)
                    .bindList("ids", entries.stream().map(EntryId::value).toList())
                    .map((row, context) ->
                            Map.entry(new EntryId(row.getString(1)), new Count(row.getLong(2), row.getLong(3))))
                    .forEach(row -> counts.put(row.getKey(), row.getValue()));
            return counts;
        });
        return counts;
    }

    private Count withUnwritten(Count count, EntryId entry, long day) {
        synchronized (this) {
            // Counts are written every minute, so what is not written is of today, or of a moment before midnight.
            long more = unwritten.getOrDefault(new Day(entry, day), 0L)
                    + unwritten.getOrDefault(new Day(entry, day - 1), 0L);
            return new Count(count.recent() + more, count.ever() + more);
        }
    }

    /** Downloads in the last thirty days, of every entry that has any. */
    public Map<EntryId, Long> recent() {
        write();
        long first = today() - RECENT_DAYS + 1;
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

    /** Days since 1970. */
    private long today() {
        return Math.floorDiv(clock.instant().getEpochSecond(), 86_400L);
    }

    @Override
    public void close() {
        write();
    }
}
