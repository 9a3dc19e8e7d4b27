package glasshouse.hub.git;

import glasshouse.core.entry.ArtefactPath;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.git.RawTree.Item;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Changes to a tree, written by rewriting only the folders on the paths that change. The index that git itself would use for this
 * lists every file of the repository; with a million files that alone takes seconds.
 */
public final class TreeEdit {
    /** What happens at a path. */
    public sealed interface Change {
        /** The blob is there afterwards. */
        record Put(ObjectId blob, FileMode mode) implements Change {}

        /** The file is not there afterwards. */
        record DeleteFile() implements Change {}

        /** Whatever is there, file or folder, is not there afterwards. */
        record Delete() implements Change {}

        /** The folder and all in it are not there afterwards. */
        record DeleteFolder() implements Change {}
    }

    /** The changes below one folder: at names in it, and within folders in it. */
    private static final class Level {
        final Map<String, Change> here = new TreeMap<>();
        final Map<String, Level> below = new HashMap<>();
        /** What was deleted before something else was put in its place. */
        final Set<String> cleared = new HashSet<>();
        /** Whether something is put here or below. */
        boolean puts;
    }

    private final RecentTrees trees;
    private final Level root = new Level();
    private int changes;

    public TreeEdit() {
        this(new RecentTrees(0));
    }

    /** @param trees where large folders are remembered, so that the next commit and the next listing need not unpack them */
    public TreeEdit(RecentTrees trees) {
        this.trees = trees;
    }

    /** Notes a change; a later one at the same path takes the place of the earlier one. */
    public void at(String path, Change change) {
        Level level = root;
        String[] segments = path.split("/");
        for (int i = 0; i < segments.length - 1; i++) {
            if (level.here.get(segments[i]) instanceof Change.Put) {
                throw Problem.of(Code.INVALID, "`" + path + "` lies within a file of the same change")
                        .refusal();
            }
            level.puts |= change instanceof Change.Put;
            level = level.below.computeIfAbsent(segments[i], s -> new Level());
        }
        level.puts |= change instanceof Change.Put;
        String name = segments[segments.length - 1];
        if (change instanceof Change.Put && level.below.containsKey(name)) {
            throw Problem.of(Code.INVALID, "`" + path + "` is a folder in the same change")
                    .refusal();
        }
        Change before = level.here.put(name, change);
        if (before != null && !(before instanceof Change.Put)) {
            level.cleared.add(name);
        }
        changes++;
    }

    public boolean isEmpty() {
        return changes == 0;
    }

    /**
     * Writes the trees that the changes make.
     *
     * @param base the tree to change, where there is one
     * @return the new root
     * @throws glasshouse.core.problem.Refusal ARTEFACT_NOT_FOUND for a deletion of what is not there
     */
    public ObjectId write(ObjectReader reader, ObjectInserter inserter, @Nullable ObjectId base) throws IOException {
        ObjectId tree = write(reader, inserter, base, root, "");
        return tree == null ? inserter.insert(new TreeFormatter()) : tree;
    }

    private @Nullable ObjectId write(
            ObjectReader reader, ObjectInserter inserter, @Nullable ObjectId base, Level level, String prefix)
            throws IOException {
        RawTree old = base == null ? RawTree.EMPTY : new RawTree(trees.bytes(reader, base));
        Map<String, Change> here = new HashMap<>(level.here);
        Map<String, Level> below = new HashMap<>(level.below);
        Set<String> names = new HashSet<>(here.keySet());
        names.addAll(below.keySet());
        List<Item> items = new ArrayList<>();
        List<RawTree.Found> touched = new ArrayList<>();
        List<String> alike = new ArrayList<>();
        for (RawTree.Found found : old.like(names)) {
            if (names.contains(found.name())) {
                touched.add(found);
                merge(reader, inserter, items, found, here, below, level.cleared, prefix);
            } else {
                alike.add(found.name());
            }
        }
        refuseClashes(items, alike, here, below, prefix);
        // What is left is new, or was to be deleted and is not there.
        for (Map.Entry<String, Level> folder : below.entrySet()) {
            ObjectId id = write(reader, inserter, null, folder.getValue(), prefix + folder.getKey() + "/");
            if (id != null) {
                items.add(new Item(folder.getKey(), FileMode.TREE, id));
            }
        }
        for (Map.Entry<String, Change> fresh : here.entrySet()) {
            if (!(fresh.getValue() instanceof Change.Put put)) {
                throw missing(prefix + fresh.getKey());
            }
            items.add(new Item(fresh.getKey(), put.mode(), put.blob()));
        }
        byte[] changed = old.changed(touched, items);
        if (changed.length == 0) {
            return null;
        }
        ObjectId id = inserter.insert(Constants.OBJ_TREE, changed);
        trees.keep(id, changed);
        return id;
    }

    /** Takes over one item of the old folder, changed where it is to be changed. */
    private void merge(
            ObjectReader reader,
            ObjectInserter inserter,
            List<Item> items,
            RawTree.Found item,
            Map<String, Change> here,
            Map<String, Level> below,
            Set<String> cleared,
            String prefix)
            throws IOException {
        String name = item.name();
        boolean folder = item.mode() == FileMode.TREE;
        Change change = here.remove(name);
        Level inner = below.remove(name);
        switch (change) {
            case null -> {
                if (inner == null) {
                    throw new IllegalStateException(prefix + name + " is not touched");
                }
                if (!folder && inner.puts) {
                    throw inTheWay(prefix + name, "file");
                }
                ObjectId id = write(reader, inserter, folder ? item.id() : null, inner, prefix + name + "/");
                if (id != null) {
                    items.add(new Item(name, FileMode.TREE, id));
                }
            }
            case Change.Put put -> {
                // Nothing is lost without being told: a folder goes only where it is deleted by name.
                if (folder && !cleared.contains(name)) {
                    throw inTheWay(prefix + name, "folder");
                }
                // New content does not take the executable bit away.
                boolean runs = item.mode() == FileMode.EXECUTABLE_FILE && put.mode() == FileMode.REGULAR_FILE;
                items.add(new Item(name, runs ? item.mode() : put.mode(), put.blob()));
            }
            case Change.Delete() -> addNew(reader, inserter, items, name, inner, prefix + name + "/");
            case Change.DeleteFile() -> {
                if (folder) {
                    throw missing(prefix + name);
                }
                addNew(reader, inserter, items, name, inner, prefix + name + "/");
            }
            case Change.DeleteFolder() -> {
                if (!folder) {
                    throw missing(prefix + name);
                }
                addNew(reader, inserter, items, name, inner, prefix + name + "/");
            }
        }
    }

    private void addNew(
            ObjectReader reader,
            ObjectInserter inserter,
            List<Item> items,
            String name,
            @Nullable Level inner,
            String prefix)
            throws IOException {
        ObjectId id = inner == null ? null : write(reader, inserter, null, inner, prefix);
        if (id != null) {
            items.add(new Item(name, FileMode.TREE, id));
        }
    }

    /** Refuses new names that differ from others in the folder by case alone: many disks cannot hold both. */
    private static void refuseClashes(
            List<Item> items, List<String> alike, Map<String, Change> here, Map<String, Level> below, String prefix) {
        if (here.isEmpty() && below.isEmpty()) {
            return;
        }
        Map<String, String> fresh = new HashMap<>();
        for (Set<String> names : List.of(here.keySet(), below.keySet())) {
            for (String name : names) {
                String other = fresh.put(ArtefactPath.caseKey(name), name);
                if (other != null && !other.equals(name)) {
                    throw clash(prefix, name, other);
                }
            }
        }
        List<String> others = new ArrayList<>(alike);
        items.forEach(item -> others.add(new String(item.name(), StandardCharsets.UTF_8)));
        for (String name : others) {
            String other = fresh.get(ArtefactPath.caseKey(name));
            if (other != null && !other.equals(name)) {
                throw clash(prefix, other, name);
            }
        }
    }

    private static RuntimeException clash(String prefix, String name, String other) {
        return Problem.of(Code.INVALID, "`" + prefix + name + "` and `" + prefix + other + "` differ by case alone")
                .because("many disks cannot hold both")
                .mend("rename one of them")
                .refusal();
    }

    private static RuntimeException inTheWay(String path, String what) {
        return Problem.of(Code.INVALID, "`" + path + "` is a " + what)
                .mend("delete it in the same commit, or choose another path")
                .refusal();
    }

    private static RuntimeException missing(String path) {
        return Problem.of(Code.ARTEFACT_NOT_FOUND, "A file with this name doesn't exist: `" + path + "`")
                .refusal();
    }
}
