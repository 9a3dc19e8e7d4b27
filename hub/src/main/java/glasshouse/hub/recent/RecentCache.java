package glasshouse.hub.recent;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Answers that hold until the database they came from is written to. There is one writer and it is this process, so a counter
 * of writes says exactly when an answer is stale. Safe for many threads.
 */
public final class RecentCache<K, V> {
    private final int limit;
    private final LongSupplier version;
    private final Map<K, V> answers;
    private long filledAt = -1;

    /**
     * @param limit how many answers to hold at the most
     * @param version changes whenever an answer may have changed
     */
    public RecentCache(int limit, LongSupplier version) {
        this.limit = limit;
        this.version = version;
        this.answers = new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > RecentCache.this.limit;
            }
        };
    }

    /** The cached answer, or the one that {@code ask} gives now. */
    public V get(K key, Function<K, V> ask) {
        long before = version.getAsLong();
        synchronized (answers) {
            if (filledAt != before) {
                answers.clear();
                filledAt = before;
            }
            V known = answers.get(key);
            if (known != null) {
                return known;
            }
        }
        V answer = ask.apply(key);
        synchronized (answers) {
            // INVARIANT: an answer that was asked for before a write must not be kept after it.
            if (filledAt == before && version.getAsLong() == before) {
                answers.put(key, answer);
            }
        }
        return answer;
    }
}
