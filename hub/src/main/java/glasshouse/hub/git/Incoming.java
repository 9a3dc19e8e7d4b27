package glasshouse.hub.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * Objects on their way into a repository, in a folder of their own beside it: {@code <id>.incoming-<n>}. They can be read together
 * with those that are there, but are no part of the repository before {@link #admit}: what is refused is removed with its folder,
 * and nobody has seen it. A crash leaves a folder that the next start removes.
 *
 * <p>For one thread; closed by whoever opened it.
 */
public final class Incoming implements AutoCloseable {
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final GitRepo repo;
    private final Path folder;
    private final FileRepository jgit;

    private Incoming(GitRepo repo, Path folder, FileRepository jgit) {
        this.repo = repo;
        this.folder = folder;
        this.jgit = jgit;
    }

    /** Makes an empty folder for what comes. */
    public static Incoming into(GitRepo repo) throws IOException {
        Path folder = repo.folder().resolveSibling(repo.id() + ".incoming-" + NUMBERS.incrementAndGet());
        Files.createDirectories(folder.resolve("pack"));
        FileRepositoryBuilder builder = new FileRepositoryBuilder();
        builder.setGitDir(repo.folder().toFile());
        builder.setObjectDirectory(folder.toFile());
        // JGit finds the repository behind this folder in its cache, so that its indexes are not read again.
        builder.addAlternateObjectDirectory(repo.folder().resolve("objects").toFile());
        builder.setBare();
        return new Incoming(repo, folder, new FileRepository(builder.setup()));
    }

    /** The repository as it would be with these objects: new objects go to the folder, all can be read. */
    public FileRepository jgit() {
        return jgit;
    }

    /** The packs that have come. */
    public ObjectDirectory objects() {
        return jgit.getObjectDatabase();
    }

    /** How many bytes have come, as they will lie in the repository. */
    public long bytes() throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.list(folder.resolve("pack"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    /**
     * Makes the objects part of the repository; they are on disk, and their names too, when the call returns. The order is the point:
     * content is synced before it has its name, and a pack before its index, since it counts from when it has one.
     */
    public void admit() throws IOException {
        Path packs = repo.folder().resolve("objects").resolve("pack");
        List<Path> moved = new ArrayList<>();
        for (Path pack : packs()) {
            String stem = pack.getFileName().toString().replaceAll("\\.pack$", "");
            Path index = pack.resolveSibling(stem + ".idx");
            Path place = packs.resolve(stem + ".pack");
            if (Files.exists(packs.resolve(stem + ".idx")) && Files.exists(place)) {
                // The same objects are there already, under the name that is made of theirs.
                continue;
            }
            Durable.sync(pack);
            Durable.sync(index);
            Files.move(pack, place, StandardCopyOption.ATOMIC_MOVE);
            Files.move(index, packs.resolve(stem + ".idx"), StandardCopyOption.ATOMIC_MOVE);
            moved.add(place);
        }
        // Also where nothing was moved: whoever put the same pack there may not have come to this line yet.
        Durable.sync(packs);
        for (Path pack : moved) {
            repo.jgit().getObjectDatabase().openPack(pack.toFile());
        }
    }

    private List<Path> packs() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("pack"))) {
            return files.filter(file -> file.getFileName().toString().endsWith(".pack"))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void close() throws IOException {
        jgit.close();
        try {
            Repositories.deleteTree(folder);
        } catch (NoSuchFileException gone) {
            // somebody has removed the repository with all that is beside it
        }
    }
}
