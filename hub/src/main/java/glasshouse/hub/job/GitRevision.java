package glasshouse.hub.job;

import glasshouse.core.entry.ArtefactPath;
import glasshouse.core.entry.Digest;
import glasshouse.core.entry.RevisionId;
import glasshouse.format.source.ByteSource;
import glasshouse.hub.git.BlobSource;
import glasshouse.hub.git.Committer;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.LfsPointer;
import glasshouse.hub.git.TreeListing;
import glasshouse.hub.index.HeldObjects;
import glasshouse.inspect.revision.Artefact;
import glasshouse.inspect.revision.Revision;
import glasshouse.store.object.ObjectStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * A revision of a repository as inspectors see it: what a checkout with all large files would hold. A link is the file that it leads
 * to within the revision; one that leads elsewhere, a submodule, and a name that no entry could hold are left out. Going through a
 * million artefacts holds one at a time; size and content are looked up when they are asked for.
 */
final class GitRevision implements Revision {
    private static final int MAX_LINKS = 40;
    private static final int MAX_LINK_BYTES = 4096;
    private static final int MAX_FAULTS = 10;

    private final GitRepo repo;
    private final ObjectId root;
    private final ObjectStore large;
    private final HeldObjects held;
    private final Runnable check;
    private final Map<ObjectId, Content> contents = new ConcurrentHashMap<>();
    private final List<String> faults = Collections.synchronizedList(new ArrayList<>());

    /**
     * What a blob stands for.
     *
     * @param digest nothing where the blob is a pointer to an object that the entry does not hold
     */
    private record Content(long sizeBytes, Optional<Digest> digest, boolean isLarge) {}

    /**
     * Opens a revision.
     *
     * @param held says which objects of the store the entry may read: a pointer alone opens nothing
     * @param check called now and then; what it throws ends the inspection
     */
    GitRevision(GitRepo repo, RevisionId revision, ObjectStore large, HeldObjects held, Runnable check)
            throws IOException {
        this.repo = repo;
        this.root = Committer.tree(repo, revision);
        this.large = large;
        this.held = held;
        this.check = check;
    }

    /** What could not be read though it should be there, the first few of it. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    @Override
    public Stream<Artefact> artefacts() throws IOException {
        return artefacts(TreeListing.MAX_PATHS);
    }

    /** As above, for a revision of at most {@code max} files and folders. */
    Stream<Artefact> artefacts(long max) throws IOException {
        ObjectReader reader = repo.jgit().newObjectReader();
        TreeWalk walk = new TreeWalk(reader);
        try {
            walk.addTree(root);
        } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
        walk.setRecursive(true);
        walk.setFilter(TreeListing.atMost(max, TreeFilter.ALL));
        var all =
                new Spliterators.AbstractSpliterator<Artefact>(
                        Long.MAX_VALUE, Spliterator.DISTINCT | Spliterator.NONNULL) {
                    @Override
                    public boolean tryAdvance(Consumer<? super Artefact> action) {
                        try {
                            while (walk.next()) {
                                check.run();
                                Optional<Artefact> artefact = artefact(reader, walk);
                                if (artefact.isPresent()) {
                                    action.accept(artefact.get());
                                    return true;
                                }
                            }
                            return false;
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    }
                };
        return StreamSupport.stream(all, false).onClose(reader::close);
    }

    private Optional<Artefact> artefact(ObjectReader reader, TreeWalk walk) throws IOException {
        FileMode mode = walk.getFileMode(0);
        String path = walk.getPathString();
        if (mode == FileMode.GITLINK || !ArtefactPath.fault(path).isEmpty()) {
            return Optional.empty();
        }
        Optional<ObjectId> blob = mode == FileMode.SYMLINK ? resolve(reader, path) : Optional.of(walk.getObjectId(0));
        return blob.map(id -> new GitArtefact(new ArtefactPath(path), id));
    }

    @Override
    public Optional<Artefact> artefact(ArtefactPath path) throws IOException {
        try (ObjectReader reader = repo.jgit().newObjectReader()) {
            return resolve(reader, path.value()).map(blob -> new GitArtefact(path, blob));
        }
    }

    /** The blob that a path leads to, links followed as a checkout would; nothing where it leads to no file of this revision. */
    private Optional<ObjectId> resolve(ObjectReader reader, String path) throws IOException {
        Deque<String> todo = new ArrayDeque<>(List.of(path.split("/")));
        List<String> at = new ArrayList<>();
        int links = 0;
        while (!todo.isEmpty()) {
            String segment = todo.pop();
            if (segment.isEmpty() || segment.equals(".")) {
                continue;
            }
            if (segment.equals("..")) {
                if (at.isEmpty()) {
                    return Optional.empty();
                }
                at.removeLast();
                continue;
            }
            at.add(segment);
            try (TreeWalk walk = TreeWalk.forPath(reader, String.join("/", at), root)) {
                if (walk == null) {
                    return Optional.empty();
                }
                FileMode mode = walk.getFileMode(0);
                if (mode == FileMode.SYMLINK) {
                    String target = target(reader, walk.getObjectId(0));
                    if (++links > MAX_LINKS || target.isEmpty() || target.startsWith("/")) {
                        return Optional.empty();
                    }
                    at.removeLast();
                    List<String> segments = List.of(target.split("/"));
                    segments.reversed().forEach(todo::push);
                } else if (mode != FileMode.TREE) {
                    boolean file = mode != FileMode.GITLINK && todo.isEmpty();
                    return file ? Optional.of(walk.getObjectId(0)) : Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static String target(ObjectReader reader, ObjectId link) throws IOException {
        var blob = reader.open(link, Constants.OBJ_BLOB);
        return blob.getSize() > MAX_LINK_BYTES
                ? ""
                : new String(blob.getCachedBytes(MAX_LINK_BYTES), java.nio.charset.StandardCharsets.UTF_8);
    }

    private Content content(ObjectId blob) throws IOException {
        Content known = contents.get(blob);
        if (known == null) {
            known = lookUp(blob);
            contents.put(blob, known);
        }
        return known;
    }

    private Content lookUp(ObjectId blob) throws IOException {
        try (ObjectReader reader = repo.jgit().newObjectReader()) {
            long size = reader.getObjectSize(blob, Constants.OBJ_BLOB);
            if (size < LfsPointer.MAX_BYTES) {
                Optional<LfsPointer> pointer =
                        LfsPointer.parse(reader.open(blob, Constants.OBJ_BLOB).getCachedBytes(LfsPointer.MAX_BYTES));
                if (pointer.isPresent()) {
                    return content(pointer.get());
                }
            }
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            try (var in = reader.open(blob, Constants.OBJ_BLOB).openStream()) {
                byte[] piece = new byte[1 << 16];
                for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                    sha256.update(piece, 0, n);
                }
            }
            return new Content(size, Optional.of(Digest.sha256(sha256.digest())), false);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * INVARIANT: whoever knows a digest can write a pointer. What the entry does not hold has neither bytes nor a digest here: by the
     * digest alone, what was seen in it through another entry would be taken over.
     */
    private Content content(LfsPointer pointer) {
        boolean here = held.sizeOf(repo.id(), pointer.sha256().hex()).equals(OptionalLong.of(pointer.sizeBytes()));
        return new Content(pointer.sizeBytes(), here ? Optional.of(pointer.sha256()) : Optional.empty(), true);
    }

    private void fault(String what) {
        if (faults.size() < MAX_FAULTS && !faults.contains(what)) {
            faults.add(what);
        }
    }

    private final class GitArtefact implements Artefact {
        private final ArtefactPath path;
        private final ObjectId blob;

        GitArtefact(ArtefactPath path, ObjectId blob) {
            this.path = path;
            this.blob = blob;
        }

        @Override
        public ArtefactPath path() {
            return path;
        }

        @Override
        public long sizeBytes() {
            try {
                return content(blob).sizeBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Digest digest() throws IOException {
            return content(blob).digest().orElseThrow(this::notHeld);
        }

        @Override
        public ByteSource open() throws IOException {
            check.run();
            Content content = content(blob);
            if (content.isLarge()) {
                Digest digest = content.digest().orElseThrow(this::notHeld);
                return new LargeSource(large, digest, content.sizeBytes(), this::missing);
            }
            try {
                return BlobSource.open(repo, blob.name());
            } catch (IOException e) {
                fault("`" + path + "` cannot be read from the repository");
                throw e;
            }
        }

        private FileNotFoundException notHeld() {
            String what = "the content of `" + path + "` was not uploaded to this entry; upload it through git-lfs";
            fault(what);
            return new FileNotFoundException(what);
        }

        private void missing() {
            fault("the content of `" + path + "` cannot be read from the store");
        }
    }
}
