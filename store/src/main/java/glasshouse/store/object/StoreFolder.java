package glasshouse.store.object;

import glasshouse.store.disk.Disk;
import glasshouse.store.disk.NoSpace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * What all layouts of a store have in common: the marker, a folder for what is on its way in, one for what was found corrupt, and
 * room that is left to others. For the stores of this module. Safe for many threads.
 */
public final class StoreFolder {
    private static final Pattern TEMPORARY = Pattern.compile("glasshouse-[0-9a-f]{16}-[0-9]{1,19}\\.part");

    private final Disk disk;
    private final FolderLayout layout;
    private final long reserveBytes;
    private final Pieces pieces = new Pieces();
    private final Workers workers = new Workers();
    /** Makes names that no other process made, even where a clean-up has failed. */
    private final String stamp = String.format("%016x", UUID.randomUUID().getMostSignificantBits());

    private final AtomicLong names = new AtomicLong();

    /**
     * Opens the folder of a store, or makes one if the folder is missing or empty.
     *
     * @param reserveBytes how much of the disk is left free for others; what would go below is refused as if the disk were full
     * @param kind what the marker says or will say
     * @param earlier markers that are replaced by {@code kind}, once all folders are there
     * @param folders what is made in it beside those that all stores have
     * @throws NotAStore where the folder holds something else, or what a later version wrote
     */
    public static StoreFolder open(
            Disk disk, Path root, long reserveBytes, StoreMarker kind, List<StoreMarker> earlier, List<String> folders)
            throws IOException {
        FolderLayout layout = new FolderLayout(root.toAbsolutePath().normalize());
        disk.createFolders(layout.root());
        if (disk.look(layout.marker()).isPresent()) {
            StoreMarker marker = StoreMarker.read(disk, layout.marker());
            if (earlier.contains(marker)) {
                // INVARIANT: folders before the marker that promises them; until it is there the earlier kind opens it.
                makeFolders(disk, layout, folders);
                kind.write(disk, layout.root(), layout.marker());
            } else if (!marker.equals(kind)) {
                throw new NotAStore("`" + root + "` is a store of " + marker + "; this version opens " + kind);
            }
            // Whoever wrote it may have been killed before it was durable.
            disk.syncFolder(layout.root());
        } else {
            Path unfinished = StoreMarker.unfinished(layout.marker()).getFileName();
            List<String> others = disk.list(layout.root()).stream()
                    .filter(name -> !name.equals(unfinished.toString()))
                    .toList();
            if (!others.isEmpty()) {
                throw new NotAStore("`" + root + "` is not empty and has no file `format`, so it is not a store");
            }
            kind.write(disk, layout.root(), layout.marker());
        }
        makeFolders(disk, layout, folders);
        for (String name : disk.list(layout.temporary())) {
            if (TEMPORARY.matcher(name).matches()) {
                disk.delete(layout.temporary().resolve(name));
            }
        }
        return new StoreFolder(disk, layout, reserveBytes);
    }

    private static void makeFolders(Disk disk, FolderLayout layout, List<String> others) throws IOException {
        disk.createFolder(layout.objects().top());
        for (String other : others) {
            disk.createFolder(layout.root().resolve(other));
        }
        disk.createFolder(layout.temporary());
        disk.createFolder(layout.aside());
    }

    private StoreFolder(Disk disk, FolderLayout layout, long reserveBytes) {
        this.disk = disk;
        this.layout = layout;
        this.reserveBytes = reserveBytes;
    }

    public Disk disk() {
        return disk;
    }

    FolderLayout layout() {
        return layout;
    }

    public Path root() {
        return layout.root();
    }

    public Workers workers() {
        return workers;
    }

    public Pieces pieces() {
        return pieces;
    }

    /** A path of its own for something on its way in; deleted when a store is opened here. */
    public Path temporary() {
        return layout.temporary().resolve("glasshouse-" + unique() + ".part");
    }

    /** A path of its own for what was found corrupt. */
    public Path aside(String name) {
        return layout.aside().resolve(name + "." + unique());
    }

    /** Makes durable what was put aside. */
    public void syncAside() throws IOException {
        disk.syncFolder(layout.aside());
    }

    private String unique() {
        return stamp + "-" + names.getAndIncrement();
    }

    public long usableBytes() throws IOException {
        return Math.max(0, disk.usableBytes(layout.root()) - reserveBytes);
    }

    /** Refuses what cannot be kept before it is sent rather than after. */
    public void requireRoom(long bytes) throws IOException {
        long usable = usableBytes();
        if (bytes >= usable) {
            throw new NoSpace("the store has room for " + usable + " bytes more; " + bytes + " are wanted");
        }
    }
}
