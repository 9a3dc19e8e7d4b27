package glasshouse.hub.repos;

import glasshouse.core.entry.EntryId;
import glasshouse.core.entry.RepoName;
import glasshouse.core.entry.Visibility;
import glasshouse.hub.git.Committer;
import glasshouse.hub.git.Durable;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.Quota;
import glasshouse.hub.git.Repositories;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.HeldObjects;
import glasshouse.hub.index.Ids;
import glasshouse.hub.index.People.Account;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Ref;

/**
 * Makes an entry that begins as another is: its branches and tags with their whole history, and its large files. No bytes are copied:
 * packs and loose objects never change, so the copy has links to the same files, and an object of the store is held by both.
 *
 * <p>Pull requests stay with the original. The gate comes along, so that what was given on request is not given away by copying.
 */
public final class Duplication {
    private final Repositories repositories;
    private final HeldObjects held;
    private final Quota quota;
    private final Lifecycle lifecycle;
    private final Committer committer;
    private final InstantSource clock;

    public Duplication(
            Repositories repositories,
            HeldObjects held,
            Quota quota,
            Lifecycle lifecycle,
            Committer committer,
            InstantSource clock) {
        this.repositories = repositories;
        this.held = held;
        this.quota = quota;
        this.lifecycle = lifecycle;
        this.committer = committer;
        this.clock = clock;
    }

    /**
     * Duplicates an entry.
     *
     * @param visibility as the original's where empty
     * @throws glasshouse.core.problem.Refusal CONFLICT where the name is taken; QUOTA where the copy has no room
     */
    public Entry duplicate(Entry source, RepoName name, Optional<Visibility> visibility, Account creator)
            throws IOException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Entry copy = new Entry(
                new EntryId(Ids.next(now.toEpochMilli())),
                source.kind(),
                name,
                visibility.orElse(source.visibility()),
                source.gate(),
                source.defaultBranch(),
                source.sdk(),
                creator.id(),
                now,
                source.head());
        Entry made;
        try (var _ = quota.reserve(copy, quota.usedBytes(source))) {
            made = lifecycle.add(copy, repo -> fill(repo, source, now));
        }
        committer.announce(repositories.open(made.id()));
        return made;
    }

    private void fill(GitRepo copy, Entry source, Instant now) throws IOException {
        GitRepo original = repositories.open(source.id());
        // While nobody moves a ref of the original, the objects that its refs lead to stay.
        original.writing().lock();
        try {
            link(original.folder().resolve("objects"), copy.folder().resolve("objects"));
            // INVARIANT: the objects are held before a ref leads to them.
            held.holdAll(copy.id(), held.of(source.id()), now);
            Durable.syncTree(copy.folder().resolve("objects"));
            Durable.replace(copy.folder().resolve("packed-refs"), packedRefs(original));
        } finally {
            original.writing().unlock();
        }
    }

    private static void link(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = file.getFileName().toString();
                // What is still being written begins or ends so.
                if (name.startsWith("tmp_")
                        || name.startsWith("incoming_")
                        || name.endsWith(".tmp")
                        || name.endsWith(".lock")) {
                    return FileVisitResult.CONTINUE;
                }
                Path place = to.resolve(from.relativize(file));
                try {
                    Files.createLink(place, file);
                } catch (FileAlreadyExistsException there) {
                    return FileVisitResult.CONTINUE;
                } catch (UnsupportedOperationException noLinks) {
                    Files.copy(file, place);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                // A temporary file that went away meanwhile; what refs lead to does not.
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** The refs in git's own form for many: name by name, what a tag object stands for below it. */
    private static String packedRefs(GitRepo original) throws IOException {
        var database = original.jgit().getRefDatabase();
        TreeMap<String, Ref> refs = new TreeMap<>();
        for (String prefix : List.of("refs/heads/", "refs/tags/", "refs/convert/")) {
            for (Ref ref : database.getRefsByPrefix(prefix)) {
                if (ref.getObjectId() != null && !ref.isSymbolic()) {
                    refs.put(ref.getName(), database.peel(ref));
                }
            }
        }
        StringBuilder text = new StringBuilder("# pack-refs with: peeled fully-peeled sorted \n");
        for (Ref ref : refs.values()) {
            text.append(ref.getObjectId().name())
                    .append(' ')
                    .append(ref.getName())
                    .append('\n');
            if (ref.getPeeledObjectId() != null) {
                text.append('^').append(ref.getPeeledObjectId().name()).append('\n');
            }
        }
        return text.toString();
    }
}
