package glasshouse.hub.git;

import glasshouse.core.entry.EntryId;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.index.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.WindowCacheConfig;
import org.eclipse.jgit.util.FS;

/**
 * The repositories on disk: {@code repos/<first two digits>/<id>.git}. They are found by id and never by a name, so that a
 * rename moves nothing and no name from outside becomes a path. Safe for many threads.
 */
public final class Repositories implements AutoCloseable {
    private static final String NO_PACKED_REFS = "# pack-refs with: peeled fully-peeled sorted \n";
    private static final int MAX_OPEN = 256;

    private final Path root;
    private final Map<EntryId, GitRepo> open = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<EntryId, ReentrantLock> locks = new java.util.concurrent.ConcurrentHashMap<>();

    /** @param root the folder {@code repos}, which is there */
    public Repositories(Path root) {
        this.root = root;
        HermeticReader.install();
        WindowCacheConfig windows = new WindowCacheConfig();
        windows.setExposeStatsViaJmx(false);
        windows.setPackedGitLimit(64L << 20);
        windows.setPackedGitOpenFiles(512);
        windows.setDeltaBaseCacheLimit(16 << 20);
        windows.install();
    }

    /** The folder of a repository, whether it is there or not. */
    public Path folder(EntryId id) {
        return root.resolve(id.value().substring(id.value().length() - 2)).resolve(id + ".git");
    }

    /** Makes the repository of an entry, empty but for its description. It is on disk when the call returns. */
    public GitRepo create(Entry entry) throws IOException {
        Path place = folder(entry.id());
        Files.createDirectories(Durable.folderOf(place));
        Durable.sync(root);
        // Made beside its place and moved there whole: a crash leaves a `.new` that the next start removes.
        Path fresh = place.resolveSibling(entry.id() + ".new");
        deleteTree(fresh);
        try (FileRepository made = new FileRepository(fresh.toFile())) {
            made.create(true);
            StoredConfig config = made.getConfig();
            config.setBoolean("core", null, "fsyncRefFiles", true);
            config.setString("core", null, "logAllRefUpdates", "false");
            config.save();
            made.updateRef("HEAD").link("refs/heads/" + entry.defaultBranch());
        }
        // Where there is no such file, JGit looks for it at each question for a ref, and all who ask wait for each
        // other.
        Files.writeString(fresh.resolve("packed-refs"), NO_PACKED_REFS);
        Durable.replace(fresh.resolve(Description.FILE), Description.text(entry));
        Durable.syncTree(fresh);
        Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
        Durable.sync(Durable.folderOf(place));
        return open(entry.id());
    }

    /**
     * The repository of an entry.
     *
     * @throws glasshouse.core.problem.Refusal UNAVAILABLE where it is not there or cannot be read
     */
    public GitRepo open(EntryId id) {
        synchronized (open) {
            GitRepo known = open.get(id);
            if (known != null) {
                return known;
            }
        }
        Path folder = folder(id);
        GitRepo repo = new GitRepo(id, folder, openAt(id, folder), locks.computeIfAbsent(id, i -> new ReentrantLock()));
        synchronized (open) {
            GitRepo other = open.putIfAbsent(id, repo);
            if (other != null) {
                repo.jgit().close();
                return other;
            }
            RepositoryCache.register(repo.jgit());
            if (open.size() > MAX_OPEN) {
                // Those in use stay usable: closing only drops what is cached, and JGit opens it again.
                var eldest = open.entrySet().iterator().next();
                open.remove(eldest.getKey());
                forget(eldest.getValue());
            }
        }
        return repo;
    }

    private static void forget(GitRepo repo) {
        RepositoryCache.unregister(repo.jgit());
        repo.jgit().close();
    }

    private static FileRepository openAt(EntryId id, Path folder) {
        if (!Files.isRegularFile(folder.resolve("HEAD"))) {
            throw Problem.of(Code.UNAVAILABLE, "the repository of this entry is not there")
                    .because("no `" + id + ".git` under `repos`")
                    .mend("restore it from a backup, or delete the entry")
                    .refusal();
        }
        try {
            // Read before JGit does: it opens a SHA-256 repository without complaint, and then answers nonsense.
            FileBasedConfig config =
                    new FileBasedConfig(folder.resolve("config").toFile(), FS.DETECTED);
            config.load();
            String format = config.getString(ConfigConstants.CONFIG_EXTENSIONS_SECTION, null, "objectformat");
            if (format != null && !format.equalsIgnoreCase("sha1")) {
                throw Problem.of(Code.UNAVAILABLE, "the repository uses `" + format + "` object names")
                        .because("clients know 40-digit revisions only")
                        .refusal();
            }
            return new FileRepository(folder.toFile());
        } catch (IOException | ConfigInvalidException e) {
            throw new glasshouse.core.problem.Refusal(
                    Problem.of(Code.UNAVAILABLE, "the repository of this entry cannot be read")
                            .because(String.valueOf(e.getMessage()))
                            .mend("run `git fsck` on it, or restore it from a backup"),
                    e);
        }
    }

    /** Removes a repository for good. */
    public void delete(EntryId id) throws IOException {
        synchronized (open) {
            GitRepo known = open.remove(id);
            if (known != null) {
                forget(known);
            }
        }
        Path place = folder(id);
        if (Files.exists(place)) {
            Path gone = place.resolveSibling(id + ".gone");
            Files.move(place, gone, StandardCopyOption.ATOMIC_MOVE);
            Durable.sync(Durable.folderOf(place));
            deleteTree(gone);
        }
    }

    /** Every repository that is there. */
    public List<EntryId> ids() throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.walk(root, 2)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .filter(name -> name.matches("[0-9a-f]{24}\\.git"))
                    .map(name -> new EntryId(name.substring(0, 24)))
                    .sorted(Comparator.comparing(EntryId::value))
                    .toList();
        }
    }

    /** Removes what a crash left half made or half removed. Called before anything else is done. */
    public void recover() throws IOException {
        try (Stream<Path> folders = Files.walk(root, 2)) {
            for (Path folder : folders.filter(
                            f -> f.getFileName().toString().matches("[0-9a-f]{24}\\.(new|gone|incoming-[0-9]+)"))
                    .toList()) {
                deleteTree(folder);
            }
        }
    }

    static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() {
        synchronized (open) {
            open.values().forEach(Repositories::forget);
            open.clear();
        }
    }
}
