package glasshouse.store.recipe;

import glasshouse.store.chunk.XetHash;
import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A few open xorbs, those that were used last. For one thread at a time. */
final class XorbHandles implements Closeable {
    private static final int MOST = 4;

    private final Xorbs xorbs;
    private final boolean fresh;
    private final Map<XetHash, OpenXorb> open = new LinkedHashMap<>(8, 0.75f, true);

    /**
     * @param fresh whether footers are read from the disk in any case
     */
    XorbHandles(Xorbs xorbs, boolean fresh) {
        this.xorbs = xorbs;
        this.fresh = fresh;
    }

    /**
     * An open xorb; lent until another one is asked for.
     *
     * @throws DamagedXorb where it is missing or its footer is damaged
     */
    OpenXorb get(XetHash hash) throws IOException {
        OpenXorb known = open.get(hash);
        if (known != null) {
            return known;
        }
        Optional<OpenXorb> opened = xorbs.open(hash, fresh);
        if (opened.isEmpty()) {
            throw new DamagedXorb(hash, "it is missing");
        }
        open.put(hash, opened.get());
        if (open.size() > MOST) {
            Iterator<OpenXorb> oldest = open.values().iterator();
            OpenXorb old = oldest.next();
            oldest.remove();
            old.close();
        }
        return opened.get();
    }

    /** Closes a xorb that has failed, so that it is opened again when it is wanted again. */
    void drop(XetHash hash) throws IOException {
        OpenXorb known = open.remove(hash);
        if (known != null) {
            known.close();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            for (OpenXorb each : open.values()) {
                each.close();
            }
        } finally {
            open.clear();
        }
    }
}
