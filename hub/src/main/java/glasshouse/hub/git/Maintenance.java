package glasshouse.hub.git;

import glasshouse.core.entry.EntryId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.eclipse.jgit.internal.storage.file.RefDirectory;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;

/**
 * Keeps repositories quick: each push leaves a pack and each moved branch a file, and a reader looks into all of them. Run by a job
 * from time to time; readers and writers go on meanwhile. Safe for many threads; a repository is tidied by one at a time.
 */
public final class Maintenance {
    /** More packs than this are put together. */
    static final int MANY_PACKS = 40;
    /** More refs than this that are files of their own are put into one. */
    static final int MANY_LOOSE_REFS = 200;

    private final InstantSource clock;
    private final Set<EntryId> running = ConcurrentHashMap.newKeySet();

    public Maintenance(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether there is something to do that is worth it. */
    public boolean needed(GitRepo repo) throws IOException {
        return Repack.of(repo, clock).candidates().size() > MANY_PACKS
                || looseRefs(repo.folder().resolve("refs"), MANY_LOOSE_REFS + 1) > MANY_LOOSE_REFS;
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
            Repack repack = Repack.of(repo, clock);
            if (repack.candidates().size() > MANY_PACKS || repack.hasExpired()) {
                done.add(repack.run());
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
