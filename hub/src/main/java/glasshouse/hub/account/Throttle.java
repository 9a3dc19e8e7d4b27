package glasshouse.hub.account;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Slows down those who guess: after some free attempts, each further one must wait twice as long as the one before. An attempt
 * counts when it begins, so that many at once are no way around. What is remembered is bounded: the key that was quiet for
 * longest is forgotten. Safe for many threads.
 */
public final class Throttle {
    /**
     * How strict to be.
     *
     * @param free attempts without a wait
     * @param first the first wait
     * @param most the longest wait
     * @param forgotten after this time of quiet, a key starts anew
     */
    public record Policy(int free, Duration first, Duration most, Duration forgotten) {
        /**
         * On an account: strict but never long, since whoever knows a name could otherwise keep its owner out. With a wait of a minute
         * per attempt, a password of our length is not guessed in a lifetime.
         */
        public static final Policy ACCOUNT =
                new Policy(10, Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofHours(1));

        /** On an address: many people may share one, but no one of them has a right to guess. */
        public static final Policy ADDRESS =
                new Policy(20, Duration.ofSeconds(1), Duration.ofMinutes(15), Duration.ofHours(1));
    }

    private record Attempts(int count, Instant last, Instant notBefore) {}

    private final Policy policy;
    private final InstantSource clock;
    private final Map<String, Attempts> byKey;

    /** @param limit the most keys that are remembered */
    public Throttle(Policy policy, int limit, InstantSource clock) {
        this.policy = policy;
        this.clock = clock;
        this.byKey = new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Attempts> eldest) {
                return size() > limit;
            }
        };
    }

    /** Begins an attempt, or says how long to wait before the next one; then this one does not count. */
    public synchronized Optional<Duration> begin(String key) {
        Instant now = clock.instant();
        Attempts before = byKey.get(key);
        if (before == null || !now.isBefore(before.last().plus(policy.forgotten()))) {
            before = new Attempts(0, now, now);
        }
        if (now.isBefore(before.notBefore())) {
            return Optional.of(Duration.between(now, before.notBefore()));
        }
        int count = before.count() + 1;
        byKey.put(key, new Attempts(count, now, now.plus(waitAfter(count))));
        return Optional.empty();
    }

    private Duration waitAfter(int count) {
        int over = count - policy.free();
        if (over < 0) {
            return Duration.ZERO;
        }
        Duration wait = policy.first().multipliedBy(1L << Math.min(over, 30));
        return wait.compareTo(policy.most()) > 0 ? policy.most() : wait;
    }

    /** Forgets the attempts of a key: the last one was right. */
    public synchronized void forget(String key) {
        byKey.remove(key);
    }

    /**
     * Takes back one attempt, which was right. The ones before stay: somebody with an account of their own could otherwise guess at
     * others for free.
     */
    public synchronized void takeBack(String key) {
        byKey.computeIfPresent(key, (k, attempts) -> {
            int count = attempts.count() - 1;
            return count <= 0 ? null : new Attempts(count, attempts.last(), attempts.last());
        });
    }

    synchronized int size() {
        return byKey.size();
    }
}
