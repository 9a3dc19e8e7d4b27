package glasshouse.hub.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Puts on disk what JGit leaves in memory. JGit syncs the packs it receives and, when told to, the refs it writes; it syncs
 * neither the packs that it makes itself (those go through {@link Incoming}) nor any folder, so that after a
 * crash a file can be whole and yet not be there.
 */
public final class Durable {
    private Durable() {}

    /** The folder that names a file. */
    static Path folderOf(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a root has no name");
    }

    /** Syncs one file or folder. */
    public static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Writes a file beside its place, syncs it, and puts it into its place. */
    public static void replace(Path file, String text) throws IOException {
        Path fresh = Files.createTempFile(folderOf(file), file.getFileName().toString(), ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            sync(folderOf(file));
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** Syncs a whole tree of files, and the folder that names its root: for a repository that was just made. */
    public static void syncTree(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            paths.forEach(path -> {
                try {
                    sync(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        sync(folderOf(root));
    }

    /** Syncs the folders that name a ref, from the ref up to the repository. */
    public static void syncRef(GitRepo repo, String ref) throws IOException {
        syncRefs(repo, List.of(ref));
    }

    /** Syncs the folders that name some refs, from the refs up to the repository, each once. */
    public static void syncRefs(GitRepo repo, Collection<String> refs) throws IOException {
        Set<Path> folders = new LinkedHashSet<>();
        for (String ref : refs) {
            Path folder = repo.folder().resolve(ref).getParent();
            while (folder != null && folder.startsWith(repo.folder()) && folders.add(folder)) {
                folder = folder.getParent();
            }
        }
        for (Path folder : folders) {
            // A folder may be gone: git removes those that are empty. Then the one above says so.
            if (Files.isDirectory(folder)) {
                sync(folder);
            }
        }
    }
}
