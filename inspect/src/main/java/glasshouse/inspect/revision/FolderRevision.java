package glasshouse.inspect.revision;

import glasshouse.core.entry.ArtefactPath;
import glasshouse.core.entry.Digest;
import glasshouse.format.source.ByteSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A folder on disk as it is now. Symbolic links inside it are followed to regular files inside it and nowhere else; {@code .git}
 * is left out, and so is what no entry could hold (pipes, names that git refuses), which {@link #leftOut} names.
 *
 * <p>The folder is listed once. Who changes it meanwhile gets evidence of some state in between; the hub's revisions cannot change.
 */
public final class FolderRevision implements Revision {
    /** How many of those left out are named. */
    private static final int MAX_LEFT_OUT = 100;

    private final Path root;
    private final List<Artefact> artefacts = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();
    private final Map<Path, Digest> digests = new ConcurrentHashMap<>();

    private FolderRevision(Path root) {
        this.root = root;
    }

    /**
     * Lists a folder.
     *
     * @throws IOException where it is none or cannot be listed
     */
    public static FolderRevision of(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw Files.exists(folder)
                    ? new NotDirectoryException(folder.toString())
                    : new NoSuchFileException(folder.toString());
        }
        FolderRevision revision = new FolderRevision(folder.toRealPath());
        revision.list();
        return revision;
    }

    /** Paths that are in the folder and not in the revision, the first hundred of them, with the reason. */
    public List<String> leftOut() {
        return List.copyOf(leftOut);
    }

    @Override
    public Stream<Artefact> artefacts() {
        return artefacts.stream();
    }

    @Override
    public Optional<Artefact> artefact(ArtefactPath path) throws IOException {
        Path file = root.resolve(path.value());
        return Files.isRegularFile(file)
                ? resolved(file).map(real -> artefact(path, real, sizeOf(real)))
                : Optional.empty();
    }

    private void list() throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return folder.endsWith(".git") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                add(file, attributes);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                leaveOut(file, "cannot be read");
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void add(Path file, BasicFileAttributes attributes) throws IOException {
        String relative = relative(file);
        if (relative.equals(".git")) {
            return; // the file that stands for the folder in a worktree
        }
        String fault = ArtefactPath.fault(relative);
        if (!fault.isEmpty()) {
            leaveOut(file, fault);
            return;
        }
        ArtefactPath path = new ArtefactPath(relative);
        if (attributes.isRegularFile()) {
            artefacts.add(artefact(path, file, attributes.size()));
            return;
        }
        if (!attributes.isSymbolicLink()) {
            leaveOut(file, "is no regular file");
            return;
        }
        Optional<Path> real = resolved(file).filter(Files::isRegularFile);
        if (real.isPresent()) {
            artefacts.add(artefact(path, real.get(), Files.size(real.get())));
        } else {
            leaveOut(file, "is a link out of the folder, to nothing, or to a folder");
        }
    }

    /** Where a path ends after links, if that is inside the folder and not in its {@code .git}. */
    private Optional<Path> resolved(Path file) {
        try {
            Path real = file.toRealPath();
            boolean inside = real.startsWith(root)
                    && ArtefactPath.fault(relative(real)).isEmpty(); // no `.git` on the way either
            return inside ? Optional.of(real) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private String relative(Path file) {
        return root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0; // it went away just now: reading it will say so
        }
    }

    private void leaveOut(Path file, String why) {
        if (leftOut.size() < MAX_LEFT_OUT) {
            leftOut.add(root.relativize(file) + " " + why);
        }
    }

    private Artefact artefact(ArtefactPath path, Path file, long sizeBytes) {
        return new FolderArtefact(path, file, sizeBytes);
    }

    private Digest digest(Path file) throws IOException {
        Digest known = digests.get(file);
        if (known == null) {
            known = computed(file);
            digests.put(file, known);
        }
        return known;
    }

    private static Digest computed(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sha256.update(buffer, 0, n);
            }
            return Digest.sha256(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private final class FolderArtefact implements Artefact {
        private final ArtefactPath path;
        private final Path file;
        private final long sizeBytes;

        FolderArtefact(ArtefactPath path, Path file, long sizeBytes) {
            this.path = path;
            this.file = file;
            this.sizeBytes = sizeBytes;
        }

        @Override
        public ArtefactPath path() {
            return path;
        }

        @Override
        public long sizeBytes() {
            return sizeBytes;
        }

        @Override
        public Digest digest() throws IOException {
            return FolderRevision.this.digest(file);
        }

        @Override
        public ByteSource open() {
            return new FileSource(file);
        }
    }
}
