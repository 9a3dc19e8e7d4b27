package glasshouse.hub.git;

import glasshouse.core.entry.RevisionId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/** Lists and finds files of a revision, a page at a time; a page costs what it shows, not what the folder holds. */
public final class TreeListing {
    /** The most files and folders of a revision that anything goes through: a few small trees can name each other to any number. */
    public static final long MAX_PATHS = 10_000_000;

    /** How many folders are looked into, beside the files that are wanted, before a list ends without the rest. */
    private static final int MAX_FOLDERS = 100_000;

    private final BlobFacts facts;
    private final RecentTrees trees;

    public TreeListing(BlobFacts facts, RecentTrees trees) {
        this.facts = facts;
        this.trees = trees;
    }

    /** A walk would have no end that anybody lives to see. */
    public static final class TooManyPaths extends IOException {
        private static final long serialVersionUID = 1L;

        private TooManyPaths(long max) {
            super("a revision has more than " + max + " files and folders");
        }
    }

    /**
     * A filter for one walk that ends it after so many files and folders, those counted that it only goes through.
     *
     * @param filter which of them are wanted
     */
    public static TreeFilter atMost(long max, TreeFilter filter) {
        return new TreeFilter() {
            private long seen;

            @Override
            public boolean include(TreeWalk at) throws IOException {
                if (++seen > max) {
                    throw new TooManyPaths(max);
                }
                return filter.include(at);
            }

            @Override
            public boolean shouldBeRecursive() {
                return filter.shouldBeRecursive();
            }

            @Override
            public TreeFilter clone() {
                return atMost(max, filter.clone());
            }
        };
    }

    /**
     * One page.
     *
     * @param items in git's order: by name, a folder as if its name ended in a slash
     * @param next where the next page starts, where there is one
     */
    public record Page(List<TreeItem> items, Optional<String> next) {}

    /**
     * Lists a folder.
     *
     * @param folder path of the folder, empty for the root
     * @param recursive whether to list what is within folders too, each folder before its content
     * @param after the {@code next} of the page before
     * @return nothing where there is no such folder
     */
    public Optional<Page> list(
            GitRepo repo, RevisionId revision, String folder, boolean recursive, Optional<String> after, int limit)
            throws IOException {
        try (ObjectReader reader = repo.jgit().newObjectReader()) {
            Optional<ObjectId> tree = folderId(repo, reader, revision, folder);
            if (tree.isEmpty()) {
                return Optional.empty();
            }
            Walk walk = new Walk(repo, reader, recursive, limit);
            String prefix = folder.isEmpty() ? "" : folder + "/";
            List<String> cursor = after.filter(path -> path.startsWith(prefix))
                    .map(path -> List.of(path.substring(prefix.length()).split("/")))
                    .orElse(List.of());
            boolean more = walk.visit(tree.get(), prefix, cursor);
            Optional<String> next = more && !walk.items.isEmpty()
                    ? Optional.of(walk.items.getLast().path())
                    : Optional.empty();
            return Optional.of(new Page(walk.items, next));
        }
    }

    /** The paths of the first files of a revision, in git's order, {@code max} at the most. Nothing but trees is read. */
    public List<String> paths(GitRepo repo, RevisionId revision, int max) throws IOException {
        List<String> paths = new ArrayList<>();
        try (ObjectReader reader = repo.jgit().newObjectReader()) {
            Optional<ObjectId> root = folderId(repo, reader, revision, "");
            if (root.isPresent()) {
                addPaths(reader, root.get(), "", paths, max, new int[] {max + MAX_FOLDERS});
            }
        }
        return paths;
    }

    private void addPaths(ObjectReader reader, ObjectId tree, String prefix, List<String> paths, int max, int[] left)
            throws IOException {
        CanonicalTreeParser entries = new CanonicalTreeParser();
        for (entries.reset(trees.bytes(reader, tree));
                !entries.eof() && paths.size() < max && left[0]-- > 0;
                entries.next(1)) {
            String path = prefix + entries.getEntryPathString();
            if (FileMode.TREE.equals(entries.getEntryRawMode())) {
                addPaths(reader, entries.getEntryObjectId(), path + "/", paths, max, left);
            } else if (!FileMode.GITLINK.equals(entries.getEntryRawMode())) {
                paths.add(path);
            }
        }
    }

    private final class Walk {
        private final GitRepo repo;
        private final ObjectReader reader;
        private final boolean recursive;
        private final int limit;
        private final List<TreeItem> items = new ArrayList<>();

        Walk(GitRepo repo, ObjectReader reader, boolean recursive, int limit) {
            this.repo = repo;
            this.reader = reader;
            this.recursive = recursive;
            this.limit = limit;
        }

        /** Adds what comes after the cursor; says whether more would have come. */
        boolean visit(ObjectId tree, String prefix, List<String> cursor) throws IOException {
            byte @Nullable [] last = cursor.isEmpty() ? null : cursor.getFirst().getBytes(StandardCharsets.UTF_8);
            CanonicalTreeParser entries = new CanonicalTreeParser();
            for (entries.reset(trees.bytes(reader, tree)); !entries.eof(); entries.next(1)) {
                boolean folder = FileMode.TREE.equals(entries.getEntryRawMode());
                boolean within = false;
                if (last != null) {
                    int order = compare(entries, folder, last, cursor.size() > 1);
                    if (order < 0) {
                        continue;
                    }
                    if (order == 0) {
                        if (!(folder && recursive)) {
                            continue;
                        }
                        within = true;
                    }
                }
                String path = prefix + entries.getEntryPathString();
                if (!within) {
                    if (items.size() == limit) {
                        return true;
                    }
                    items.add(facts.item(repo, reader, path, entries.getEntryFileMode(), entries.getEntryObjectId()));
                }
                if (folder && recursive) {
                    List<String> inner = within ? cursor.subList(1, cursor.size()) : List.of();
                    if (visit(entries.getEntryObjectId(), path + "/", inner)) {
                        return true;
                    }
                }
            }
            return false;
        }

        /**
         * Compares an entry with a segment of the cursor, in git's order: a folder as if its name ended in a slash. Done for each entry
         * that a page skips, of which there may be a million: so nothing is copied.
         */
        private int compare(CanonicalTreeParser entry, boolean folder, byte[] segment, boolean segmentIsFolder) {
            byte[] name = entry.getEntryPathBuffer();
            int length = entry.getEntryPathLength();
            int common = Math.min(length, segment.length);
            int differ = Arrays.mismatch(name, 0, common, segment, 0, common);
            if (differ >= 0) {
                return Byte.compareUnsigned(name[differ], segment[differ]);
            }
            if (length == segment.length) {
                return 0;
            }
            if (length < segment.length) {
                return folder ? Byte.compareUnsigned((byte) '/', segment[length]) : -1;
            }
            // What the cursor was is not known where it says nothing of its inside: as a folder it comes after what it
            // begins.
            boolean asFolder = segmentIsFolder || !folder;
            return asFolder ? Byte.compareUnsigned(name[segment.length], (byte) '/') : 1;
        }
    }

    /** The file or folder at a path. */
    public Optional<TreeItem> find(GitRepo repo, RevisionId revision, String path) throws IOException {
        return Optional.ofNullable(find(repo, revision, List.of(path)).get(path));
    }

    /** The files and folders at some paths, by path; those that are not there are left out. */
    public Map<String, TreeItem> find(GitRepo repo, RevisionId revision, Collection<String> paths) throws IOException {
        Map<String, TreeItem> found = new HashMap<>();
        try (ObjectReader reader = repo.jgit().newObjectReader()) {
            ObjectId root = root(repo, reader, revision);
            find(repo, reader, root, PathTree.of(paths), "", found);
        }
        return found;
    }

    private void find(
            GitRepo repo,
            ObjectReader reader,
            ObjectId folder,
            PathTree wanted,
            String prefix,
            Map<String, TreeItem> found)
            throws IOException {
        if (wanted.below.isEmpty()) {
            return;
        }
        for (Map.Entry<String, PathTree.Found> child :
                wanted.in(trees.bytes(reader, folder)).entrySet()) {
            String path = prefix + child.getKey();
            PathTree inner = Objects.requireNonNull(wanted.below.get(child.getKey()));
            PathTree.Found here = child.getValue();
            if (inner.wanted) {
                found.put(path, facts.item(repo, reader, path, here.mode(), here.id()));
            }
            if (FileMode.TREE.equals(here.mode())) {
                find(repo, reader, here.id(), inner, path + "/", found);
            }
        }
    }

    private static Optional<ObjectId> folderId(GitRepo repo, ObjectReader reader, RevisionId revision, String folder)
            throws IOException {
        ObjectId root = root(repo, reader, revision);
        if (folder.isEmpty()) {
            return Optional.of(root);
        }
        try (TreeWalk walk = TreeWalk.forPath(reader, folder, root)) {
            return walk == null || !FileMode.TREE.equals(walk.getRawMode(0))
                    ? Optional.empty()
                    : Optional.of(walk.getObjectId(0));
        }
    }

    private static ObjectId root(GitRepo repo, ObjectReader reader, RevisionId revision) throws IOException {
        return repo.commits().get(reader, ObjectId.fromString(revision.value())).tree();
    }
}
