package glasshouse.hub.git;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * Size of a blob, and the pointer in it where it is one. Blobs never change, so what was found is remembered by name, for the
 * last {@value #REMEMBERED}. Safe for many threads.
 */
public final class BlobFacts {
    private static final int REMEMBERED = 100_000;

    private record Facts(long bytes, Optional<LfsPointer> pointer) {}

    private final Map<ObjectId, Facts> recent = new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ObjectId, Facts> eldest) {
            return size() > REMEMBERED;
        }
    };

    TreeItem item(GitRepo repo, ObjectReader reader, String path, FileMode mode, ObjectId id) throws IOException {
        if (mode == FileMode.TREE) {
            return new TreeItem(path, TreeItem.Type.FOLDER, id.name(), 0, Optional.empty());
        }
        if (mode == FileMode.GITLINK) {
            return new TreeItem(path, TreeItem.Type.SUBMODULE, id.name(), 0, Optional.empty());
        }
        Facts facts = facts(reader, id);
        return mode == FileMode.SYMLINK
                ? new TreeItem(path, TreeItem.Type.LINK, id.name(), facts.bytes(), Optional.empty())
                : new TreeItem(path, TreeItem.Type.FILE, id.name(), facts.bytes(), facts.pointer());
    }

    private Facts facts(ObjectReader reader, ObjectId id) throws IOException {
        synchronized (recent) {
            Facts known = recent.get(id);
            if (known != null) {
                return known;
            }
        }
        long bytes = reader.getObjectSize(id, Constants.OBJ_BLOB);
        Optional<LfsPointer> pointer = bytes < LfsPointer.MAX_BYTES
                ? LfsPointer.parse(reader.open(id, Constants.OBJ_BLOB).getCachedBytes(LfsPointer.MAX_BYTES))
                : Optional.empty();
        Facts facts = new Facts(bytes, pointer);
        synchronized (recent) {
            recent.put(id.copy(), facts);
        }
        return facts;
    }
}
