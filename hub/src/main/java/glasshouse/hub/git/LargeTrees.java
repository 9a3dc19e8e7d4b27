package glasshouse.hub.git;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * Remembers the bytes of the largest folders that were listed lately, so that the pages of a folder of a million files do not
 * unpack it anew each time. A tree never changes, so what is remembered is never stale. Bounded by bytes; safe for many threads.
 */
public final class LargeTrees {
    private static final int WORTH_KEEPING = 256 << 10;
    private static final int LARGEST = 256 << 20;

    private final long limitBytes;
    private final Map<ObjectId, byte[]> recent = new LinkedHashMap<>(16, 0.75f, true);
    private long heldBytes;

    public LargeTrees(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** The raw content of a tree object, not to be changed. */
    byte[] bytes(ObjectReader reader, ObjectId id) throws IOException {
        synchronized (recent) {
            byte[] known = recent.get(id);
            if (known != null) {
                return known;
            }
        }
        byte[] bytes = reader.open(id, Constants.OBJ_TREE).getCachedBytes(LARGEST);
        keep(id, bytes);
        return bytes;
    }

    /** Remembers a tree that was just written. Its bytes must not be changed any more. */
    void keep(ObjectId id, byte[] bytes) {
        if (bytes.length < WORTH_KEEPING || bytes.length > limitBytes) {
            return;
        }
        synchronized (recent) {
            if (recent.putIfAbsent(id.copy(), bytes) == null) {
                heldBytes += bytes.length;
            }
            var eldest = recent.entrySet().iterator();
            while (heldBytes > limitBytes && eldest.hasNext()) {
                heldBytes -= eldest.next().getValue().length;
                eldest.remove();
            }
        }
    }
}
