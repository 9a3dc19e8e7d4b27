package glasshouse.hub.git;

import glasshouse.core.entry.Names;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.index.Entries;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.HeldObjects;
import glasshouse.hub.index.People;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * How much an entry may still take. Counted are logical bytes: an object counts in every entry that holds it, since each of them
 * could be the last.
 */
public final class Quota {
    /**
     * The limits.
     *
     * @param fileBytes the most bytes of one file
     * @param entryBytes the most bytes of one entry
     * @param namespaceBytes the most bytes of a namespace that has no limit of its own
     */
    public record Limits(long fileBytes, long entryBytes, long namespaceBytes) {}

    private static final long SLOW_NANOS = 20_000_000L;
    private static final long REMEMBERED_NANOS = 10_000_000_000L;

    private final Map<String, Remembered> slow = new ConcurrentHashMap<>();
    private final Map<String, Long> reserved = new ConcurrentHashMap<>();
    private final People people;
    private final Entries entries;
    private final HeldObjects held;
    private final Repositories repositories;
    private final Limits limits;

    public Quota(People people, Entries entries, HeldObjects held, Repositories repositories, Limits limits) {
        this.people = people;
        this.entries = entries;
        this.held = held;
        this.repositories = repositories;
        this.limits = limits;
    }

    public Limits limits() {
        return limits;
    }

    /** A sum that took long to make, and until when it is good enough. */
    private record Remembered(long bytes, long untilNanos) {}

    /** Asks for a sum of an entry or a namespace; one over very many objects is not made anew for each of them. */
    private long sum(String key, java.util.function.LongSupplier question) {
        long now = System.nanoTime();
        Remembered known = slow.get(key);
        if (known != null && known.untilNanos() - now > 0) {
            return known.bytes();
        }
        long bytes = question.getAsLong();
        if (System.nanoTime() - now > SLOW_NANOS) {
            slow.put(key, new Remembered(bytes, now + REMEMBERED_NANOS));
        } else {
            slow.remove(key);
        }
        return bytes;
    }

    /** What an entry takes now: the objects that it holds, and its repository as it lies on disk. */
    public long usedBytes(Entry entry) throws IOException {
        return sum(entry.id().value(), () -> held.totalBytes(entry.id())) + packBytes(entry);
    }

    private long packBytes(Entry entry) throws IOException {
        Path packs = repositories.folder(entry.id()).resolve("objects").resolve("pack");
        long bytes = 0;
        try (Stream<Path> files = Files.list(packs)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                bytes += sizeOf(file);
            }
        } catch (NoSuchFileException none) {
            return 0;
        }
        return bytes;
    }

    private static long sizeOf(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException gone) {
            return 0;
        }
    }

    /** How many bytes more the entry can take, by its own limit and by that of its namespace; not below 0. */
    public long leftBytes(Entry entry) throws IOException {
        return Math.max(0, Math.min(limits.entryBytes() - usedBytes(entry), namespaceLeft(entry)));
    }

    private long namespaceLeft(Entry entry) {
        String name = entry.name().namespace();
        return namespaceLimit(name) - namespaceUsed(name);
    }

    private long namespaceLimit(String name) {
        Optional<Long> own = people.namespace(name).flatMap(People.Namespace::quotaBytes);
        return own.orElse(limits.namespaceBytes());
    }

    private static String key(String namespace) {
        return "/" + Names.key(namespace);
    }

    /** What is known at once (objects), or what was counted lately (objects and repositories), whichever is more. */
    private long namespaceUsed(String name) {
        return sum(key(name), () -> Math.max(held.totalBytes(name), entries.usedBytes(name)));
    }

    /**
     * Lets so many bytes more into an entry, or refuses them.
     *
     * @throws glasshouse.core.problem.Refusal QUOTA with the numbers
     */
    public void require(Entry entry, long moreBytes) throws IOException {
        requireEntry(entry, moreBytes);
        requireNamespace(entry.name().namespace(), moreBytes);
    }

    private void requireEntry(Entry entry, long moreBytes) throws IOException {
        long used = usedBytes(entry);
        if (moreBytes > limits.entryBytes() - used) {
            throw reached("`" + entry.name() + "`", used, moreBytes, limits.entryBytes());
        }
    }

    private void requireNamespace(String name, long moreBytes) {
        long used = namespaceUsed(name);
        long limit = namespaceLimit(name);
        if (moreBytes > limit - used) {
            throw reached("`" + name + "`", used, moreBytes, limit);
        }
    }

    /**
     * Bytes that are on their way in: no longer free, and not used yet. To be closed when they are used, or will not come. Two that
     * come at once are so not both let into the room for one.
     */
    public final class Reservation implements AutoCloseable {
        private final List<String> keys;
        private final long bytes;
        private final AtomicBoolean open = new AtomicBoolean(true);

        private Reservation(List<String> keys, long bytes) {
            this.keys = keys;
            this.bytes = bytes;
        }

        private void giveBack() {
            if (open.compareAndSet(true, false)) {
                keys.forEach(key -> reserved.computeIfPresent(key, (k, all) -> all == bytes ? null : all - bytes));
            }
        }

        /** Says that the bytes are used by now, or gone. A second call does nothing. */
        @Override
        public void close() {
            // A sum that is remembered does not know of them. Too much for a few seconds is better than too little.
            keys.forEach(key -> slow.computeIfPresent(
                    key, (k, known) -> open.get() ? new Remembered(known.bytes() + bytes, known.untilNanos()) : known));
            giveBack();
        }
    }

    /** For what takes no room. */
    public Reservation nothing() {
        return new Reservation(List.of(), 0);
    }

    /**
     * Keeps room for bytes that are about to come into an entry, or refuses them.
     *
     * @throws glasshouse.core.problem.Refusal QUOTA with the numbers
     */
    public Reservation reserve(Entry entry, long bytes) throws IOException {
        String namespace = entry.name().namespace();
        long onItsWay = add(entry.id().value(), bytes);
        long ofAll = add(key(namespace), bytes);
        return checked(new Reservation(List.of(entry.id().value(), key(namespace)), bytes), () -> {
            requireEntry(entry, onItsWay);
            requireNamespace(namespace, ofAll);
        });
    }

    /**
     * Keeps room in a namespace for an entry that moves there, or refuses it.
     *
     * @throws glasshouse.core.problem.Refusal QUOTA with the numbers
     */
    public Reservation reserve(String namespace, long bytes) throws IOException {
        long ofAll = add(key(namespace), bytes);
        return checked(new Reservation(List.of(key(namespace)), bytes), () -> requireNamespace(namespace, ofAll));
    }

    private long add(String key, long bytes) {
        return reserved.merge(key, bytes, Long::sum);
    }

    private interface Check {
        void run() throws IOException;
    }

    /**
     * INVARIANT: first reserved, then looked at what is used: what others reserved before is in the sum, or used by then, and never
     * in neither.
     */
    private static Reservation checked(Reservation taken, Check check) throws IOException {
        boolean fits = false;
        try {
            check.run();
            fits = true;
            return taken;
        } finally {
            if (!fits) {
                taken.giveBack();
            }
        }
    }

    /**
     * Lets a file of a size into an entry, or refuses it.
     *
     * @throws glasshouse.core.problem.Refusal TOO_LARGE or QUOTA with the numbers
     */
    public void requireFile(Entry entry, long bytes) throws IOException {
        if (bytes > limits.fileBytes()) {
            throw Problem.of(Code.TOO_LARGE, "a file of " + amount(bytes) + " is larger than this server takes")
                    .because("the limit for one file is " + amount(limits.fileBytes()))
                    .mend("split the file")
                    .refusal();
        }
        require(entry, bytes);
    }

    private static RuntimeException reached(String whose, long used, long more, long limit) {
        return Problem.of(Code.QUOTA, "the storage of " + whose + " is used up")
                .because(amount(used) + " of " + amount(limit) + " are used, and " + amount(more)
                        + " more are asked for or on their way")
                .mend("delete what is not needed, or ask an administrator for more")
                .refusal();
    }

    /** A number of bytes as people read it: {@code 12 bytes}, {@code 3.4 MB}. */
    public static String amount(long bytes) {
        if (bytes < 1000) {
            return bytes + " bytes";
        }
        String[] units = {"kB", "MB", "GB", "TB", "PB"};
        double value = bytes;
        int unit = -1;
        while (value >= 999.95 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
    }
}
