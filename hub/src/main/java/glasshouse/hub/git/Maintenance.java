package glasshouse.hub.git;

import glasshouse.core.entry.EntryId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.eclipse.jgit.internal.storage.file.RefDirectory;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;

/**
 * Keeps repositories quick: each push leaves a pack and each moved branch a file, and a reader looks into all of them. Run by a job
 * from time to time; readers and writers go on meanwhile. Safe for many threads; a repository is tidied by one at a time.
 *
 * <p>Where a branch was rewritten or deleted, what nothing leads to any more goes soon: it can be read by its id until then. A file,
 * {@code glasshouse-rewritten}, is there while that is to be done.
 */
public final class Maintenance {
    /** More packs than this are put together. */
    static final int MANY_PACKS = 40;
    /** More refs than this that are files of their own are put into one. */
    static final int MANY_LOOSE_REFS = 200;

    private static final String REWRITTEN = "glasshouse-rewritten";

    private final InstantSource clock;
    private final Set<EntryId> running = ConcurrentHashMap.newKeySet();

    public Maintenance(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether there is something to do that is worth it. */
    public boolean needed(GitRepo repo) throws IOException {
        return isDue(repo)
                || Repack.of(repo, clock, false).candidates().size() > MANY_PACKS
                || looseRefs(repo.folder().resolve("refs"), MANY_LOOSE_REFS + 1) > MANY_LOOSE_REFS;
    }

    /**
     * Whether there is something to take away: history was rewritten, or was apart for long enough. Cheap, so that repositories where
     * nothing happens any more can be asked again and again.
     */
    public boolean isDue(GitRepo repo) throws IOException {
        return Files.exists(repo.folder().resolve(REWRITTEN))
                || Repack.of(repo, clock, false).hasExpired();
    }

    /** Whether {@link #isDue} is worth asking, without the repository being opened. */
    public static boolean isNoted(Path repository) {
        return Files.exists(repository.resolve(REWRITTEN)) || Files.exists(repository.resolve(Repack.UNREACHABLE));
    }

    /**
     * Notes, durably, that something is about to be taken out of what refs lead to. To be called before the ref moves, with the lock
     * of the repository held: a crash between leaves a note too many rather than one too few.
     */
    static void noteRewrite(GitRepo repo) throws IOException {
        // Another word each time: a note that comes while the one before is acted upon must not go with it.
        Durable.replace(repo.folder().resolve(REWRITTEN), UUID.randomUUID().toString());
    }

    private static String rewriteNote(GitRepo repo) throws IOException {
        try {
            return Files.readString(repo.folder().resolve(REWRITTEN));
        } catch (NoSuchFileException none) {
            return "";
        }
    }

    private static void removeNote(GitRepo repo, String note) throws IOException {
        repo.writing().lock();
        try {
            if (rewriteNote(repo).equals(note)) {
                Files.deleteIfExists(repo.folder().resolve(REWRITTEN));
            }
        } finally {
            repo.writing().unlock();
        }
    }

    private static long looseRefs(Path refs, long enough) throws IOException {
        try (Stream<Path> files = Files.walk(refs)) {
            return files.filter(Files::isRegularFile).limit(enough).count();
        } catch (java.io.UncheckedIOException moved) {
            // Refs come and go while they are counted.
            return 0;
        }
    }

    /**
     * Tidies a repository: packs its refs, and its objects where they are in many packs.
     *
     * @return what was done, in words; empty where there was nothing to do, or somebody else does it
     */
    public String run(GitRepo repo) throws IOException {
        if (!running.add(repo.id())) {
            return "";
        }
        try {
            List<String> done = new ArrayList<>();
            int refs = packRefs(repo);
            if (refs > 0) {
                done.add(refs + " refs packed");
            }
            String note = rewriteNote(repo);
            boolean rewritten = !note.isEmpty();
            Repack repack = Repack.of(repo, clock, rewritten);
            if (rewritten || repack.candidates().size() > MANY_PACKS || repack.hasExpired()) {
                done.add(repack.run());
            }
            if (rewritten) {
                removeNote(repo, note);
            }
            return String.join("; ", done);
        } finally {
            running.remove(repo.id());
        }
    }

    /** Puts refs that are files of their own into the one file of packed refs. */
    private static int packRefs(GitRepo repo) throws IOException {
        if (!(repo.jgit().getRefDatabase() instanceof RefDirectory refs)) {
            return 0;
        }
        repo.writing().lock();
        try {
            List<String> loose = refs.getRefsByPrefix(Constants.R_REFS).stream()
                    .filter(ref -> !ref.isSymbolic() && ref.getStorage().isLoose())
                    .map(Ref::getName)
                    .toList();
            if (loose.size() <= MANY_LOOSE_REFS) {
                return 0;
            }
            refs.pack(loose);
            Durable.syncRefs(repo, loose);
            return loose.size();
        } finally {
            repo.writing().unlock();
        }
    }
}
