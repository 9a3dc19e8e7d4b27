package glasshouse.hub.recent;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What was asked for lately, by what it is made from: for what costs more to make than to keep. A key must say everything that its
 * value depends on, so that nothing that is kept is ever stale. Bounded by bytes; safe for many threads.
 */
public final class Recent<K, V> {
    /** What an entry costs beside its value, about: keys, and the map itself. */
    private static final int OVERHEAD = 512;

    private final long limitBytes;
    private final ToLongFunction<V> bytes;
    private final Map<K, V> recent = new LinkedHashMap<>(16, 0.75f, true);
    private long heldBytes;

    /**
     * @param limitBytes how many bytes to hold at the most; 0 for nothing
     * @param bytes how many bytes a value takes
     */
    public Recent(long limitBytes, ToLongFunction<V> bytes) {
        this.limitBytes = limitBytes;
        this.bytes = bytes;
    }

    /** The value of a key, where it is held. It must not be changed. */
    public Optional<V> get(K key) {
        synchronized (recent) {
            return Optional.ofNullable(recent.get(key));
        }
    }

    /** Holds the value of a key, unless it is too large. It must not be changed any more. */
    public void keep(K key, V value) {
        if (cost(value) > limitBytes) {
            return;
        }
        synchronized (recent) {
            if (recent.putIfAbsent(key, value) == null) {
                heldBytes += cost(value);
            }
            var eldest = recent.values().iterator();
            while (heldBytes > limitBytes && eldest.hasNext()) {
                heldBytes -= cost(eldest.next());
                eldest.remove();
            }
        }
    }

    private long cost(V value) {
        return bytes.applyAsLong(value) + OVERHEAD;
    }
}
