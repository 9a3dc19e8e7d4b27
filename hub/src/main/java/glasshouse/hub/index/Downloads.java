package glasshouse.hub.index;

import glasshouse.core.entry.EntryId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * How often entries were downloaded, by day. Counted in memory and written down from time to time: a crash loses the counts of
 * some minutes and nothing else. Safe for many threads.
 */
public final class Downloads {
    /** What clients call downloads is the number of the last so many days. */
    public static final int RECENT_DAYS = 30;

    /**
     * The downloads of an entry.
     *
     * @param recent in the last {@value #RECENT_DAYS} days
     * @param ever since it was made
     */
    public record Count(long recent, long ever) {
        static final Count NONE = new Count(0, 0);
    }

    private final Database people;
    private final InstantSource clock;
    private final Map<String, Long> unsaved = new ConcurrentHashMap<>();

    public Downloads(Database people, InstantSource clock) {
        this.people = people;
        this.clock = clock;
    }

    /** Counts one download. */
    public void count(EntryId entry) {
        unsaved.merge(entry.value(), 1L, Long::sum);
    }

    /** Writes down what was counted since the last time. */
    public void save() {
        Map<String, Long> batch = new HashMap<>();
        for (String entry : unsaved.keySet()) {
            Long count = unsaved.remove(entry);
            if (count != null) {
                batch.put(entry, count);
            }
        }
        if (batch.isEmpty()) {
            return;
        }
        long today = day(clock.instant());
        people.quietly(db -> {
            batch.forEach((entry, count) -> db.execute(
                    "INSERT INTO download_day (entry_id, day, downloads) VALUES (?, ?, ?)"
                            + " ON CONFLICT (entry_id, day) DO UPDATE SET"
                            + " downloads = download_day.downloads + excluded.downloads",
                    entry,
                    today,
                    count));
            return batch.size();
        });
    }

    /** The downloads of some entries; those that have none are there with zeros. */
    public Map<EntryId, Count> of(Collection<EntryId> entries) {
        if (entries.isEmpty()) {
            return Map.of();
        }
        long since = day(clock.instant()) - RECENT_DAYS + 1;
        Map<String, Count> saved = people.read(db -> db
                .createQuery("SELECT entry_id, SUM(CASE WHEN day >= :since THEN downloads ELSE 0 END) AS recent,"
                        + " SUM(downloads) AS ever FROM download_day WHERE entry_id IN (<ids>) GROUP BY entry_id")
                .bind("since", since)
                .bindList("ids", entries.stream().map(EntryId::value).toList())
                .map((row, context) ->
                        Map.entry(row.getString("entry_id"), new Count(row.getLong("recent"), row.getLong("ever"))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        Map<EntryId, Count> counts = new HashMap<>();
        for (EntryId entry : entries) {
            Count known = saved.getOrDefault(entry.value(), Count.NONE);
            long more = unsaved.getOrDefault(entry.value(), 0L);
            counts.put(entry, new Count(known.recent() + more, known.ever() + more));
        }
        return counts;
    }

    /** The entries that were downloaded lately, with how often. */
    public Map<EntryId, Long> recent() {
        long since = day(clock.instant()) - RECENT_DAYS + 1;
        return people.read(db -> db
                .createQuery("SELECT entry_id, SUM(downloads) AS recent FROM download_day WHERE day >= :since"
                        + " GROUP BY entry_id")
                .bind("since", since)
                .map((row, context) -> Map.entry(new EntryId(row.getString("entry_id")), row.getLong("recent")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** The downloads of an entry. */
    public Count of(EntryId entry) {
        return of(java.util.List.of(entry)).getOrDefault(entry, Count.NONE);
    }

    private static long day(Instant at) {
        return at.toEpochMilli() / Duration.ofDays(1).toMillis();
    }
}
