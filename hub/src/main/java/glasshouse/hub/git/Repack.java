package glasshouse.hub.git;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.internal.storage.file.Pack;
import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdOwnerMap;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.pack.PackConfig;

/**
 * Puts many packs of a repository into one. What no ref leads to goes into a second pack, apart, and stays there for {@value
 * #KEPT_DAYS} days: somebody may be about to point a branch at it again. A file, {@code glasshouse-unreachable}, says since when, a
 * line for each such pack: its name, a space, seconds since 1970.
 *
 * <p>INVARIANT: nothing is deleted before what replaces it is on disk, names included. An object goes only after it was apart for
 * that long, and no ref has moved since it was last looked for. Clients leave out of a push what refs led to when it began, so a push
 * never rests on an object that nothing has led to for days.
 */
final class Repack {
    static final int KEPT_DAYS = 2;

    static final String UNREACHABLE = "glasshouse-unreachable";
    /** Larger packs stay as they are: writing them anew costs more than looking into one pack more. */
    private static final long LARGE_PACK_BYTES = 1L << 30;

    private static final long DELTA_MEMORY_BYTES = 64L << 20;
    private static final int LARGEST_DELTA_BASE = 8 << 20;

    private final GitRepo repo;
    private final Instant now;
    private final Map<String, Instant> apart;
    private final boolean large;

    private static final class Known extends ObjectIdOwnerMap.Entry {
        Known(AnyObjectId id) {
            super(id);
        }
    }

    private Repack(GitRepo repo, Instant now, Map<String, Instant> apart, boolean large) {
        this.repo = repo;
        this.now = now;
        this.apart = apart;
        this.large = large;
    }

    /** @param large whether large packs too are written anew, to set apart what nothing leads to in them */
    static Repack of(GitRepo repo, InstantSource clock, boolean large) throws IOException {
        Map<String, Instant> apart = new TreeMap<>();
        Path file = repo.folder().resolve(UNREACHABLE);
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                int space = line.indexOf(' ');
                if (space > 0) {
                    apart.put(
                            line.substring(0, space), Instant.ofEpochSecond(Long.parseLong(line.substring(space + 1))));
                }
            }
        }
        return new Repack(repo, clock.instant(), apart, large);
    }

    private static String name(Pack pack) {
        return pack.getPackFile().getName().replaceAll("\\.pack$", "");
    }

    /** The packs that would be put together. */
    List<Pack> candidates() {
        return repo.jgit().getObjectDatabase().getPacks().stream()
                .filter(pack -> !pack.shouldBeKept()
                        && !apart.containsKey(name(pack))
                        && (large || pack.getPackFile().length() <= LARGE_PACK_BYTES))
                .toList();
    }

    private boolean isExpired(String name) {
        Instant since = apart.get(name);
        return since != null && since.plus(Duration.ofDays(KEPT_DAYS)).isBefore(now);
    }

    /** Whether there are objects that were apart for long enough. */
    boolean hasExpired() {
        return apart.keySet().stream().anyMatch(this::isExpired);
    }

    /** Does it; says what was done. */
    String run() throws IOException {
        List<Pack> old;
        Set<ObjectId> tips;
        repo.writing().lock();
        try {
            old = candidates();
            tips = tips();
        } finally {
            repo.writing().unlock();
        }
        List<Pack> stay = repo.jgit().getObjectDatabase().getPacks().stream()
                .filter(pack -> !old.contains(pack) && !apart.containsKey(name(pack)))
                .toList();
        try (Incoming incoming = Incoming.into(repo)) {
            ObjectIdOwnerMap<Known> reachable = new ObjectIdOwnerMap<>();
            Set<String> fresh = new HashSet<>();
            writeReachable(incoming, tips, stay, reachable).ifPresent(fresh::add);
            Optional<String> rest = writeRest(incoming, old, stay, reachable);
            rest.ifPresent(fresh::add);
            return exchange(incoming, old, tips, fresh, rest);
        }
    }

    private Set<ObjectId> tips() throws IOException {
        Set<ObjectId> tips = new HashSet<>();
        for (Ref ref : repo.jgit().getRefDatabase().getRefs()) {
            if (ref.getObjectId() != null) {
                tips.add(ref.getObjectId());
            }
        }
        return tips;
    }

    private PackWriter writer() {
        PackConfig config = new PackConfig(repo.jgit());
        config.setThreads(1);
        config.setDeltaSearchMemoryLimit(DELTA_MEMORY_BYTES);
        config.setBigFileThreshold(LARGEST_DELTA_BASE);
        PackWriter writer = new PackWriter(config, repo.jgit().newObjectReader());
        writer.setDeltaBaseAsOffset(true);
        writer.setUseBitmaps(false);
        return writer;
    }

    private Optional<String> writeReachable(
            Incoming incoming, Set<ObjectId> tips, List<Pack> stay, ObjectIdOwnerMap<Known> reachable)
            throws IOException {
        try (PackWriter writer = writer()) {
            for (Pack pack : stay) {
                writer.excludeObjects(id -> has(pack, id));
            }
            writer.preparePack(NullProgressMonitor.INSTANCE, tips, PackWriter.NONE);
            for (ObjectIdOwnerMap.Entry object : writer.getObjectSet()) {
                reachable.add(new Known(object));
            }
            return write(incoming, writer);
        }
    }

    private static boolean has(Pack pack, AnyObjectId id) {
        try {
            return pack.hasObject(id);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** What the old packs have beside that. */
    private Optional<String> writeRest(
            Incoming incoming, List<Pack> old, List<Pack> stay, ObjectIdOwnerMap<Known> reachable) throws IOException {
        List<RevObject> rest = new ArrayList<>();
        try (RevWalk walk = new RevWalk(repo.jgit());
                PackWriter writer = writer()) {
            for (Pack pack : old) {
                for (var entry : pack) {
                    ObjectId id = entry.toObjectId();
                    if (!reachable.contains(id) && stay.stream().noneMatch(kept -> has(kept, id))) {
                        reachable.add(new Known(id));
                        rest.add(walk.parseAny(id));
                    }
                }
            }
            writer.preparePack(rest.iterator());
            return write(incoming, writer);
        }
    }

    /** Writes a pack and its index; says its name, or nothing where it would be empty. */
    private static Optional<String> write(Incoming incoming, PackWriter writer) throws IOException {
        if (writer.getObjectCount() == 0) {
            return Optional.empty();
        }
        String name = "pack-" + writer.computeName().name();
        Path folder = incoming.objects().getPackDirectory().toPath();
        try (OutputStream out = Files.newOutputStream(folder.resolve(name + ".pack"))) {
            writer.writePack(NullProgressMonitor.INSTANCE, NullProgressMonitor.INSTANCE, out);
        }
        try (OutputStream out = Files.newOutputStream(folder.resolve(name + ".idx"))) {
            writer.writeIndex(out);
        }
        return Optional.of(name);
    }

    private String exchange(
            Incoming incoming, List<Pack> old, Set<ObjectId> tips, Set<String> fresh, Optional<String> rest)
            throws IOException {
        repo.writing().lock();
        try {
            Map<String, Instant> noted = new HashMap<>(apart);
            rest.ifPresent(name -> noted.put(name, now));
            incoming.admit();
            boolean still = tips.containsAll(tips());
            List<Path> gone = new ArrayList<>();
            for (Pack pack : old) {
                if (!fresh.contains(name(pack))) {
                    gone.add(pack.getPackFile().toPath());
                }
            }
            int dropped = 0;
            for (String name : apart.keySet()) {
                if (still && isExpired(name) && !fresh.contains(name)) {
                    gone.add(repo.folder().resolve("objects/pack/" + name + ".pack"));
                    noted.remove(name);
                    dropped++;
                }
            }
            note(noted);
            delete(gone);
            return (gone.size() - dropped) + " packs put into one"
                    + (dropped > 0 ? ", " + dropped + " packs of objects that nothing leads to deleted" : "");
        } finally {
            repo.writing().unlock();
        }
    }

    private void note(Map<String, Instant> noted) throws IOException {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(noted)
                .forEach((name, since) -> text.append(name)
                        .append(' ')
                        .append(since.getEpochSecond())
                        .append('\n'));
        Path file = repo.folder().resolve(UNREACHABLE);
        if (!text.isEmpty() || Files.exists(file)) {
            Durable.replace(file, text.toString());
        }
    }

    private void delete(List<Path> packs) throws IOException {
        for (Path pack : packs) {
            String stem = pack.getFileName().toString().replaceAll("\\.pack$", "");
            // The index first: an index without its pack would be a fault, a pack without its index is nothing.
            for (String end : List.of(".idx", ".bitmap", ".rev", ".pack")) {
                Files.deleteIfExists(pack.resolveSibling(stem + end));
            }
        }
        if (!packs.isEmpty()) {
            Durable.sync(repo.folder().resolve("objects").resolve("pack"));
        }
    }
}
