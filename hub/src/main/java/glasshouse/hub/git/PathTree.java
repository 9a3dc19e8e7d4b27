package glasshouse.hub.git;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/** Paths that are looked for, by folder, so that each folder on the way is read once however many of them lie in it. */
final class PathTree {
    private static final int FEW = 4;

    final Map<String, PathTree> below = new HashMap<>();
    /** Whether this very path is looked for; else only what lies below it. */
    boolean wanted;

    /** What a folder holds under a name. */
    record Found(FileMode mode, ObjectId id) {}

    static PathTree of(Collection<String> paths) {
        PathTree root = new PathTree();
        for (String path : paths) {
            PathTree node = root;
            for (String segment : path.split("/")) {
                node = node.below.computeIfAbsent(segment, s -> new PathTree());
            }
            node.wanted = true;
        }
        return root;
    }

    /**
     * Those names of this level that a folder has.
     *
     * @param folder the raw content of a tree object
     */
    Map<String, Found> in(byte[] folder) {
        Map<String, Found> found = new HashMap<>();
        byte[][] few = below.size() > FEW
                ? new byte[0][]
                : below.keySet().stream()
                        .map(name -> name.getBytes(StandardCharsets.UTF_8))
                        .toArray(byte[][]::new);
        CanonicalTreeParser entries = new CanonicalTreeParser();
        for (entries.reset(folder); !entries.eof() && found.size() < below.size(); entries.next(1)) {
            if (few.length > 0 && !isOneOf(few, entries)) {
                continue;
            }
            String name = entries.getEntryPathString();
            if (below.containsKey(name)) {
                found.put(name, new Found(entries.getEntryFileMode(), entries.getEntryObjectId()));
            }
        }
        return found;
    }

    private static boolean isOneOf(byte[][] names, CanonicalTreeParser entry) {
        byte[] buffer = entry.getEntryPathBuffer();
        int length = entry.getEntryPathLength();
        for (byte[] name : names) {
            if (name.length == length && Arrays.equals(name, 0, length, buffer, 0, length)) {
                return true;
            }
        }
        return false;
    }
}
