package glasshouse.store.recipe;

import glasshouse.store.chunk.XetHash;
import glasshouse.store.disk.Disk;
import glasshouse.store.disk.DiskFile;
import glasshouse.store.object.Leaves;
import glasshouse.store.object.StoreFolder;
import glasshouse.store.xet.BadXorb;
import glasshouse.store.xet.Xorb;
import glasshouse.store.xet.XorbFooter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The xorbs on the disk, each in a file: body, then footer. Safe for many threads. */
final class Xorbs {
    private static final long CACHED_BYTES = 32L << 20;

    private final Disk disk;
    private final XorbFolders folders;
    private final Leaves leaves;
    private final FooterCache footers = new FooterCache(CACHED_BYTES);

    Xorbs(StoreFolder folder, Path top) {
        this.disk = folder.disk();
        this.folders = new XorbFolders(top);
        this.leaves = new Leaves(disk, folders);
    }

    /** Opens a xorb, if it is there, with a footer that may have been read earlier. */
    Optional<OpenXorb> open(XetHash hash) throws IOException {
        return open(hash, false);
    }

    /**
     * Opens a xorb, if it is there.
     *
     * @param fresh whether its footer is read from the disk in any case
     * @throws DamagedXorb where its footer is damaged
     */
    Optional<OpenXorb> open(XetHash hash, boolean fresh) throws IOException {
        try {
            return Optional.of(
                    footers.open(hash, fresh, () -> disk.open(folders.file(hash)), file -> footer(hash, file)));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    private static Xorb footer(XetHash hash, DiskFile file) throws IOException {
        try {
            long size = file.sizeBytes();
            byte[] last = read(hash, file, size - XorbFooter.LENGTH_BYTES, XorbFooter.LENGTH_BYTES);
            int footerBytes = XorbFooter.bytesFromEnd(last);
            Xorb xorb = XorbFooter.read(read(hash, file, size - footerBytes, footerBytes));
            if (!xorb.hash().equals(hash) || xorb.encodedBytes() != size - footerBytes) {
                throw new DamagedXorb(hash, "its footer is that of another xorb");
            }
            return xorb;
        } catch (BadXorb bad) {
            throw new DamagedXorb(hash, "its footer is damaged: " + bad.reason());
        }
    }

    private static byte[] read(XetHash hash, DiskFile file, long at, int length) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(length);
        while (into.hasRemaining()) {
            if (at < 0 || file.read(at + into.position(), into) < 0) {
                throw new DamagedXorb(hash, "it is cut off");
            }
        }
        return into.array();
    }

    /** Whether a xorb is there for good, whole or not. */
    boolean contains(XetHash hash) throws IOException {
        if (disk.look(folders.file(hash)).isEmpty()) {
            return false;
        }
        settle(hash);
        return true;
    }

    /** Makes durable the name of a xorb that was seen. */
    void settle(XetHash hash) throws IOException {
        leaves.settle(XorbFolders.leafOf(hash));
    }

    private enum There {
        NOTHING,
        /** The same chunks at the same places: only their bytes may be damaged. */
        SAME,
        OTHER,
        DAMAGED
    }

    /**
     * Puts a file in place as a xorb; durable when this returns. Its bytes are synced and known to be good.
     *
     * <p>If the xorb is there already, the file replaces it, as of the bytes on disk nobody knows whether they are still good. Only
     * if its chunks lie at other places, which addresses that were given out may rest on, it is read, and kept if it is good.
     *
     * @return whether it was not there before, or was damaged
     */
    boolean place(Path file, Xorb xorb) throws IOException {
        There there = lookFor(xorb);
        if (there == There.OTHER) {
            disk.delete(file);
            settle(xorb.hash());
            return false;
        }
        leaves.change(
                XorbFolders.leafOf(xorb.hash()),
                () -> footers.replace(xorb.hash(), () -> disk.rename(file, folders.file(xorb.hash()))));
        return there != There.SAME;
    }

    private There lookFor(Xorb xorb) throws IOException {
        Optional<OpenXorb> opened;
        try {
            opened = open(xorb.hash(), true);
            if (opened.isEmpty()) {
                return There.NOTHING;
            }
            try (OpenXorb open = opened.get()) {
                if (open.xorb().equals(xorb)) {
                    return There.SAME;
                }
                check(open);
                return There.OTHER;
            }
        } catch (ClosedChannelException | InterruptedIOException stopped) {
            throw stopped;
        } catch (IOException unreadable) {
            // Damaged, or on a bad sector: either way the good one is wanted.
            return There.DAMAGED;
        }
    }

    /** Reads all chunks of a xorb. */
    private static void check(OpenXorb open) throws IOException {
        ChunkReader reader = new ChunkReader();
        for (int chunk = 0; chunk < open.xorb().chunks().size(); chunk++) {
            reader.read(open, chunk);
        }
    }
}
