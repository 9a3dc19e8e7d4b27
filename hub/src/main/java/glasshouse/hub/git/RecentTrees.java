package glasshouse.hub.git;

import glasshouse.hub.recent.Recent;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * The bytes of folders that were looked into lately, so that the pages of a folder of a million files do not unpack it anew each time,
 * and a file that is asked for again and again does not open those above it. A tree never changes, so nothing here is ever stale.
 * Bounded by bytes; safe for many threads.
 */
public final class RecentTrees {
    private static final int LARGEST = 256 << 20;

    private final Recent<ObjectId, byte[]> recent;

    /** @param limitBytes how many to hold at the most */
    public RecentTrees(long limitBytes) {
        this.recent = new Recent<>(limitBytes, bytes -> bytes.length);
    }

    /** The raw content of a tree object, not to be changed. */
    byte[] bytes(ObjectReader reader, ObjectId id) throws IOException {
        Optional<byte[]> known = recent.get(id);
        if (known.isPresent()) {
            return known.get();
        }
        byte[] bytes = reader.open(id, Constants.OBJ_TREE).getCachedBytes(LARGEST);
        keep(id, bytes);
        return bytes;
    }

    /** Remembers a tree that was just written. Its bytes must not be changed any more. */
    void keep(ObjectId id, byte[] bytes) {
        recent.keep(id.copy(), bytes);
    }
}
