package glasshouse.store.object;

import glasshouse.store.disk.Disk;
import glasshouse.store.disk.DiskFile;
import glasshouse.store.disk.Facts;
import glasshouse.store.disk.NoSpace;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Objects in a plain folder, layout {@code folder}, version 1:
 *
 * <pre>
 * format                          what this is: see {@link StoreMarker}
 * objects/ab/cd/abcd…             the bytes of an object, nothing else; the name is its SHA-256, 64 lower-case hex digits
 * tmp/glasshouse-(16 hex)-(n).part    on its way in; deleted when the store is opened. Other names in tmp/ are not touched
 * aside/abcd….(16 hex)-(n)        was found corrupt; kept for people to look at, never read
 * </pre>
 *
 * An object is written under a temporary name, synced, renamed into place, and its folder synced; then it is acknowledged. One
 * process at a time has the store open: the one that holds the lock of the data folder.
 */
public final class FolderStore implements ObjectStore {
    private static final Pattern TEMPORARY = Pattern.compile("glasshouse-[0-9a-f]{16}-[0-9]{1,19}\\.part");

    private final Disk disk;
    private final FolderLayout layout;
    private final long reserveBytes;
    private final Leaves leaves;
    private final Pieces pieces = new Pieces();
    private final Workers workers = new Workers();
    /** Makes names that no other process made, even where a clean-up has failed. */
    private final String stamp = String.format("%016x", UUID.randomUUID().getMostSignificantBits());

    private final AtomicLong names = new AtomicLong();

    /**
     * Opens the store in a folder, or makes one there if the folder is missing or empty.
     *
     * @param reserveBytes how much of the disk is left free for others; what would go below is refused as if the disk were full
     * @throws NotAStore where the folder holds something else, or what a later version wrote
     */
    public static FolderStore open(Disk disk, Path root, long reserveBytes) throws IOException {
        FolderLayout layout = new FolderLayout(root.toAbsolutePath().normalize());
        disk.createFolders(layout.root());
        if (disk.look(layout.marker()).isPresent()) {
            StoreMarker marker = StoreMarker.read(disk, layout.marker());
            if (!marker.equals(StoreMarker.FOLDER_1)) {
                throw new NotAStore("`" + root + "` is a store of layout `" + marker.layout() + "`, version "
                        + marker.version() + "; this version opens layout `folder`, version 1");
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
            StoreMarker.FOLDER_1.write(disk, layout.root(), layout.marker());
        }
        disk.createFolder(layout.objects());
        disk.createFolder(layout.temporary());
        disk.createFolder(layout.aside());
        for (String name : disk.list(layout.temporary())) {
            if (TEMPORARY.matcher(name).matches()) {
                disk.delete(layout.temporary().resolve(name));
            }
        }
        return new FolderStore(disk, layout, reserveBytes);
    }

    private FolderStore(Disk disk, FolderLayout layout, long reserveBytes) {
        this.disk = disk;
        this.layout = layout;
        this.reserveBytes = reserveBytes;
        this.leaves = new Leaves(disk, layout);
    }

    @Override
    public ObjectWriter begin(Expectation expected) throws IOException {
        requireRoom(expected.sizeBytes().orElse(0));
        return new FolderWriter(this, disk, layout.temporary().resolve("glasshouse-" + unique() + ".part"), expected);
    }

    /**
     * Takes a file on the same disk over as an object, by renaming it. The caller has hashed all its bytes, knows that nobody
     * writes to it any more, and gives it up.
     */
    public Stored adopt(Path path, DiskFile file, Stored hashed) throws IOException {
        if (file.sizeBytes() != hashed.sizeBytes()) {
            throw new IllegalArgumentException(
                    "`" + path + "` has " + file.sizeBytes() + " bytes, and " + hashed.sizeBytes() + " were hashed");
        }
        // INVARIANT: content before name. A name that is durable before its content is an object of zeros after a
        // crash.
        file.sync();
        file.close();
        Path place = layout.object(hashed.sha256());
        leaves.change(FolderLayout.leafOf(hashed.sha256()), () -> disk.rename(path, place));
        return hashed;
    }

    @Override
    public OptionalLong sizeBytes(Sha256 sha256) throws IOException {
        Optional<Facts> facts = disk.look(layout.object(sha256));
        if (facts.isEmpty() || facts.get().folder()) {
            return OptionalLong.empty();
        }
        leaves.settle(FolderLayout.leafOf(sha256));
        return OptionalLong.of(facts.get().sizeBytes());
    }

    @Override
    public Optional<StoredObject> open(Sha256 sha256) throws IOException {
        try {
            DiskFile file = disk.open(layout.object(sha256));
            return Optional.of(new OpenObject(sha256, file, pieces));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    @Override
    public Verification verify(Sha256 sha256, OnDamage onDamage) throws IOException {
        int leaf = FolderLayout.leafOf(sha256);
        int changes = leaves.changes(leaf);
        Optional<StoredObject> opened = open(sha256);
        if (opened.isEmpty()) {
            return new Verification.Missing();
        }
        String found;
        try (StoredObject object = opened.get()) {
            Stored actual = ContentHash.of(object);
            if (actual.sha256().equals(sha256)) {
                return new Verification.Whole(actual.sizeBytes());
            }
            found = actual.sizeBytes() + " bytes with sha256 " + actual.sha256();
        } catch (ClosedChannelException | InterruptedIOException stopped) {
            // Somebody wants this thread to stop. That says nothing about the object.
            throw stopped;
        } catch (IOException unreadable) {
            // A bad sector is damage, not a reason to stop looking at the other objects.
            found = "it cannot be read: " + unreadable.getMessage();
        }
        boolean setAside = switch (onDamage) {
            case REPORT -> false;
            case SET_ASIDE -> setAside(sha256, leaf, changes);
        };
        return new Verification.Corrupt(found, setAside);
    }

    /** Not if anything was put in place in the leaf since: it may be the good upload that replaces what was found corrupt. */
    private boolean setAside(Sha256 sha256, int leaf, int changes) throws IOException {
        Path aside = layout.aside().resolve(sha256.hex() + "." + unique());
        boolean moved = leaves.changeIfStill(leaf, changes, () -> disk.rename(layout.object(sha256), aside));
        if (moved) {
            disk.syncFolder(layout.aside());
        }
        return moved;
    }

    @Override
    public boolean delete(Sha256 sha256) throws IOException {
        return leaves.remove(FolderLayout.leafOf(sha256), () -> disk.delete(layout.object(sha256)));
    }

    @Override
    public Stream<Sha256> list() throws IOException {
        return disk.list(layout.objects()).stream()
                .filter(FolderLayout::isHexByte)
                .flatMap(branch -> names(layout.objects().resolve(branch))
                        .filter(FolderLayout::isHexByte)
                        .map(leaf -> Integer.parseInt(branch + leaf, 16)))
                .flatMap(leaf ->
                        names(layout.leaf(leaf)).flatMap(name -> FolderLayout.objectNamed(name, leaf).stream()));
    }

    private Stream<String> names(Path folder) {
        try {
            return disk.list(folder).stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public long usableBytes() throws IOException {
        return Math.max(0, disk.usableBytes(layout.root()) - reserveBytes);
    }

    /** Refuses what cannot be kept before it is sent rather than after. */
    void requireRoom(long bytes) throws IOException {
        long usable = usableBytes();
        if (bytes >= usable) {
            throw new NoSpace("the store has room for " + usable + " bytes more; " + bytes + " are wanted");
        }
    }

    Workers workers() {
        return workers;
    }

    private String unique() {
        return stamp + "-" + names.getAndIncrement();
    }
}
