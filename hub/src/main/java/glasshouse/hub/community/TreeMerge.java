package glasshouse.hub.community;

import glasshouse.hub.git.LfsPointer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.merge.MergeAlgorithm;
import org.eclipse.jgit.merge.MergeFormatter;
import org.eclipse.jgit.merge.MergeResult;
import org.eclipse.jgit.treewalk.AbstractTreeIterator;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.NameConflictTreeWalk;

/**
 * Merges two trees that come from a third, folder by folder. A folder that only one side changed is taken as it is and not opened; git's
 * own way goes through every file of the repository. Used once.
 *
 * <p>A file that both sides changed is merged line by line where it is text; what stands for a large file is not text, whatever it
 * looks like.
 */
final class TreeMerge {
    /** The most changed files and folders that are looked at. */
    static final int MAX_CHANGES = 20_000;

    /** The most conflicts that are told. */
    static final int MAX_CONFLICTS = 200;

    private static final int MAX_TEXT_BYTES = 4 << 20;

    /**
     * What came of it.
     *
     * @param tree the merged tree, where nothing conflicts
     * @param conflicts paths that both sides changed in ways that do not go together
     * @param tooLarge whether more changed than is merged here
     */
    record Outcome(Optional<ObjectId> tree, List<String> conflicts, boolean tooLarge) {
        Outcome {
            conflicts = List.copyOf(conflicts);
        }
    }

    /** What stands at a name on one side; nothing is {@link FileMode#MISSING}. */
    private record Side(FileMode mode, ObjectId id) {
        static final Side NOTHING = new Side(FileMode.MISSING, ObjectId.zeroId());

        boolean isFolder() {
            return mode == FileMode.TREE;
        }

        boolean isFile() {
            return mode == FileMode.REGULAR_FILE || mode == FileMode.EXECUTABLE_FILE;
        }
    }

    private record Item(byte[] name, Side side) {}

    /** More than is merged here. */
    private static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final ObjectReader reader;
    private final ObjectInserter inserter;
    private final List<String> conflicts = new ArrayList<>();
    private int changes;

    /** @param inserter takes merged files and folders */
    TreeMerge(ObjectReader reader, ObjectInserter inserter) {
        this.reader = reader;
        this.inserter = inserter;
    }

    /** Merges. */
    Outcome merge(ObjectId base, ObjectId ours, ObjectId theirs) throws IOException {
        try {
            Side merged = pick(
                    "", new Side(FileMode.TREE, base), new Side(FileMode.TREE, ours), new Side(FileMode.TREE, theirs));
            if (!conflicts.isEmpty()) {
                return new Outcome(Optional.empty(), conflicts, false);
            }
            ObjectId tree = merged.isFolder() ? merged.id() : inserter.insert(new TreeFormatter());
            return new Outcome(Optional.of(tree), List.of(), false);
        } catch (TooLarge e) {
            return new Outcome(Optional.empty(), conflicts, true);
        }
    }

    private Side pick(String path, Side base, Side ours, Side theirs) throws IOException {
        if (ours.equals(theirs) || base.equals(theirs)) {
            return ours;
        }
        if (base.equals(ours)) {
            return theirs;
        }
        if (++changes > MAX_CHANGES) {
            throw new TooLarge();
        }
        if (ours.isFolder() && theirs.isFolder()) {
            return folder(path, base.isFolder() ? base : Side.NOTHING, ours, theirs);
        }
        if (base.isFile() && ours.isFile() && theirs.isFile()) {
            Optional<Side> merged = file(base, ours, theirs);
            if (merged.isPresent()) {
                return merged.get();
            }
        }
        if (conflicts.size() < MAX_CONFLICTS) {
            conflicts.add(path);
        }
        return ours;
    }

    private Side folder(String path, Side base, Side ours, Side theirs) throws IOException {
        List<Item> items = new ArrayList<>();
        String prefix = path.isEmpty() ? "" : path + "/";
        try (NameConflictTreeWalk walk = new NameConflictTreeWalk(reader)) {
            walk.setRecursive(false);
            walk.addTree(iterator(base));
            walk.addTree(iterator(ours));
            walk.addTree(iterator(theirs));
            while (walk.next()) {
                Side picked = pick(prefix + walk.getNameString(), side(walk, 0), side(walk, 1), side(walk, 2));
                if (picked.mode() != FileMode.MISSING) {
                    items.add(new Item(name(walk), picked));
                }
            }
        }
        return items.isEmpty() ? Side.NOTHING : new Side(FileMode.TREE, insert(items));
    }

    private AbstractTreeIterator iterator(Side side) throws IOException {
        return side.isFolder() ? new CanonicalTreeParser(new byte[0], reader, side.id()) : new EmptyTreeIterator();
    }

    private static Side side(NameConflictTreeWalk walk, int tree) {
        FileMode mode = walk.getFileMode(tree);
        return mode == FileMode.MISSING ? Side.NOTHING : new Side(mode, walk.getObjectId(tree));
    }

    private static byte[] name(NameConflictTreeWalk walk) {
        byte[] path = walk.getRawPath();
        int slash = path.length;
        while (slash > 0 && path[slash - 1] != '/') {
            slash--;
        }
        return Arrays.copyOfRange(path, slash, path.length);
    }

    private ObjectId insert(List<Item> items) throws IOException {
        items.sort((a, b) -> Arrays.compareUnsigned(ordered(a), ordered(b)));
        TreeFormatter tree = new TreeFormatter();
        for (Item item : items) {
            tree.append(
                    item.name(),
                    0,
                    item.name().length,
                    item.side().mode(),
                    item.side().id());
        }
        return inserter.insert(tree);
    }

    /** Git orders a folder as if its name ended in a slash. */
    private static byte[] ordered(Item item) {
        if (!item.side().isFolder()) {
            return item.name();
        }
        byte[] longer = Arrays.copyOf(item.name(), item.name().length + 1);
        longer[item.name().length] = '/';
        return longer;
    }

    private Optional<Side> file(Side base, Side ours, Side theirs) throws IOException {
        FileMode mode = ours.mode() == base.mode() ? theirs.mode() : ours.mode();
        Optional<RawText> before = text(base);
        Optional<RawText> left = text(ours);
        Optional<RawText> right = text(theirs);
        if (ours.id().equals(theirs.id())) {
            return Optional.of(new Side(mode, ours.id()));
        }
        if (base.id().equals(ours.id()) || base.id().equals(theirs.id())) {
            return Optional.of(new Side(mode, base.id().equals(ours.id()) ? theirs.id() : ours.id()));
        }
        if (before.isEmpty() || left.isEmpty() || right.isEmpty()) {
            return Optional.empty();
        }
        MergeResult<RawText> merged =
                new MergeAlgorithm().merge(RawTextComparator.DEFAULT, before.get(), left.get(), right.get());
        if (merged.containsConflicts()) {
            return Optional.empty();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new MergeFormatter().formatMerge(bytes, merged, List.of("base", "ours", "theirs"), StandardCharsets.UTF_8);
        return Optional.of(new Side(mode, inserter.insert(Constants.OBJ_BLOB, bytes.toByteArray())));
    }

    private Optional<RawText> text(Side side) throws IOException {
        ObjectLoader blob = reader.open(side.id(), Constants.OBJ_BLOB);
        if (blob.getSize() > MAX_TEXT_BYTES) {
            return Optional.empty();
        }
        byte[] bytes = blob.getCachedBytes(MAX_TEXT_BYTES);
        return RawText.isBinary(bytes) || LfsPointer.parse(bytes).isPresent()
                ? Optional.empty()
                : Optional.of(new RawText(bytes));
    }
}
