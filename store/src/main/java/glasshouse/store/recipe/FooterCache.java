package glasshouse.store.recipe;

import glasshouse.store.chunk.XetHash;
import glasshouse.store.disk.DiskFile;
import glasshouse.store.object.Leaves;
import glasshouse.store.xet.Xorb;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Footers of the xorbs that were used last, as far as they have room. Safe for many threads.
 *
 * <p>The file of a xorb may be replaced by another one with the same chunks at other places. So a file and its footer belong
 * together: files are opened and replaced under one lock, and a footer that was read from a replaced file is not kept.
 */
final class FooterCache {
    private static final int CHUNK_BYTES = 72;
    private static final int XORB_BYTES = 256;

    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<XetHash, Xorb> footers = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;
    private long replacements;

    /** Opens the file of a xorb. */
    interface Opening {
        DiskFile open() throws IOException;
    }

    /** Reads the footer of a xorb from its file. */
    interface Reading {
        Xorb read(DiskFile file) throws IOException;
    }

    FooterCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Opens a xorb.
     *
     * @param fresh whether the footer is read even if it is known: then damage of it is seen
     */
    OpenXorb open(XetHash hash, boolean fresh, Opening opening, Reading reading) throws IOException {
        DiskFile file;
        Optional<Xorb> known;
        long seen;
        lock.lock();
        try {
            file = opening.open();
            known = fresh ? Optional.empty() : Optional.ofNullable(footers.get(hash));
            seen = replacements;
        } finally {
            lock.unlock();
        }
        if (known.isPresent()) {
            return new OpenXorb(known.get(), file);
        }
        boolean read = false;
        try {
            Xorb xorb = reading.read(file);
            keep(xorb, seen);
            read = true;
            return new OpenXorb(xorb, file);
        } finally {
            if (!read) {
                file.close();
            }
        }
    }

    private void keep(Xorb xorb, long seen) {
        lock.lock();
        try {
            if (seen != replacements) {
                return;
            }
            forget(xorb.hash());
            footers.put(xorb.hash(), xorb);
            bytes += sizeOf(xorb);
            Iterator<Xorb> oldest = footers.values().iterator();
            while (bytes > maxBytes && oldest.hasNext()) {
                bytes -= sizeOf(oldest.next());
                oldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Puts a file in place of the one that a xorb has now. */
    void replace(XetHash hash, Leaves.Step rename) throws IOException {
        lock.lock();
        try {
            // INVARIANT: forgotten even if the rename fails: nobody knows whether it was done.
            forget(hash);
            replacements++;
            rename.run();
        } finally {
            lock.unlock();
        }
    }

    private void forget(XetHash hash) {
        Xorb known = footers.remove(hash);
        if (known != null) {
            bytes -= sizeOf(known);
        }
    }

    private static long sizeOf(Xorb xorb) {
        return XORB_BYTES + (long) CHUNK_BYTES * xorb.chunks().size();
    }
}
