package glasshouse.hub.git;

import glasshouse.core.entry.ArtefactPath;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
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

    private record Item(byte[] name, FileMode mode, ObjectId id) {}

    private final Level root = new Level();
    private int changes;

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
        List<Item> items = new ArrayList<>();
        Map<String, Change> here = new HashMap<>(level.here);
        Map<String, Level> below = new HashMap<>(level.below);
        if (base != null) {
            CanonicalTreeParser old = new CanonicalTreeParser();
            for (old.reset(reader, base); !old.eof(); old.next(1)) {
                byte[] raw = Arrays.copyOf(old.getEntryPathBuffer(), old.getEntryPathLength());
                Item item = new Item(raw, old.getEntryFileMode(), old.getEntryObjectId());
                String name = here.isEmpty() && below.isEmpty() ? "" : new String(raw, StandardCharsets.UTF_8);
                merge(reader, inserter, items, item, name, here, below, level.cleared, prefix);
            }
        }
        refuseClashes(items, here, below, prefix);
        // What is left is new, or was to be deleted and is not there.
        for (Map.Entry<String, Level> folder : below.entrySet()) {
            ObjectId id = write(reader, inserter, null, folder.getValue(), prefix + folder.getKey() + "/");
            if (id != null) {
                items.add(new Item(folder.getKey().getBytes(StandardCharsets.UTF_8), FileMode.TREE, id));
            }
        }
        for (Map.Entry<String, Change> fresh : here.entrySet()) {
            if (!(fresh.getValue() instanceof Change.Put put)) {
                throw missing(prefix + fresh.getKey());
            }
            items.add(new Item(fresh.getKey().getBytes(StandardCharsets.UTF_8), put.mode(), put.blob()));
        }
        return items.isEmpty() ? null : insert(inserter, items);
    }

    /** Takes over one item of the old folder, changed where it is to be changed. */
    private void merge(
            ObjectReader reader,
            ObjectInserter inserter,
            List<Item> items,
            Item item,
            String name,
            Map<String, Change> here,
            Map<String, Level> below,
            Set<String> cleared,
            String prefix)
            throws IOException {
        boolean folder = item.mode() == FileMode.TREE;
        Change change = here.remove(name);
        Level inner = below.remove(name);
        switch (change) {
            case null -> {
                if (inner == null) {
                    items.add(item);
                } else {
                    if (!folder && inner.puts) {
                        throw inTheWay(prefix + name, "file");
                    }
                    ObjectId id = write(reader, inserter, folder ? item.id() : null, inner, prefix + name + "/");
                    if (id != null) {
                        items.add(new Item(item.name(), FileMode.TREE, id));
                    }
                }
            }
            case Change.Put put -> {
                // Nothing is lost without being told: a folder goes only where it is deleted by name.
                if (folder && !cleared.contains(name)) {
                    throw inTheWay(prefix + name, "folder");
                }
                // New content does not take the executable bit away.
                boolean runs = item.mode() == FileMode.EXECUTABLE_FILE && put.mode() == FileMode.REGULAR_FILE;
                items.add(new Item(item.name(), runs ? item.mode() : put.mode(), put.blob()));
            }
            case Change.Delete() -> addNew(reader, inserter, items, item.name(), inner, prefix + name + "/");
            case Change.DeleteFile() -> {
                if (folder) {
                    throw missing(prefix + name);
                }
                addNew(reader, inserter, items, item.name(), inner, prefix + name + "/");
            }
            case Change.DeleteFolder() -> {
                if (!folder) {
                    throw missing(prefix + name);
                }
                addNew(reader, inserter, items, item.name(), inner, prefix + name + "/");
            }
        }
    }

    private void addNew(
            ObjectReader reader,
            ObjectInserter inserter,
            List<Item> items,
            byte[] name,
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
            List<Item> items, Map<String, Change> here, Map<String, Level> below, String prefix) {
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
        for (Item item : items) {
            String name = new String(item.name(), StandardCharsets.UTF_8);
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

    private static ObjectId insert(ObjectInserter inserter, List<Item> items) throws IOException {
        items.sort((a, b) -> order(slashed(a), slashed(b)));
        int size = 0;
        for (Item item : items) {
            size += TreeFormatter.entrySize(item.mode(), item.name().length);
        }
        TreeFormatter tree = new TreeFormatter(Math.max(64, size));
        for (Item item : items) {
            tree.append(item.name(), 0, item.name().length, item.mode(), item.id());
        }
        return inserter.insert(Constants.OBJ_TREE, tree.toByteArray());
    }

    private static int order(byte[] a, byte[] b) {
        return Arrays.compareUnsigned(a, b);
    }

    private static byte[] slashed(Item item) {
        if (item.mode() != FileMode.TREE) {
            return item.name();
        }
        byte[] longer = Arrays.copyOf(item.name(), item.name().length + 1);
        longer[item.name().length] = '/';
        return longer;
    }
}
