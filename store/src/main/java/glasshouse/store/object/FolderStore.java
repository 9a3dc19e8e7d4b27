package glasshouse.store.object;

import glasshouse.store.disk.Disk;
import glasshouse.store.disk.DiskFile;
import glasshouse.store.disk.Facts;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
    private final StoreFolder folder;
    private final Disk disk;
    private final TwoLevels objects;
    private final Leaves leaves;

    /**
     * Opens the store in a folder, or makes one there if the folder is missing or empty.
     *
     * @param reserveBytes how much of the disk is left free for others; what would go below is refused as if the disk were full
     * @throws NotAStore where the folder holds something else, or what a later version wrote
     */
    public static FolderStore open(Disk disk, Path root, long reserveBytes) throws IOException {
        return new FolderStore(StoreFolder.open(disk, root, reserveBytes, StoreMarker.FOLDER_1, List.of(), List.of()));
    }

    /** The plain objects in a folder, whatever its marker says: a store of a later layout has them, too. */
    public FolderStore(StoreFolder folder) {
        this.folder = folder;
        this.disk = folder.disk();
        this.objects = folder.layout().objects();
        this.leaves = new Leaves(disk, objects);
    }

    @Override
    public ObjectWriter begin(Expectation expected) throws IOException {
        folder.requireRoom(expected.sizeBytes().orElse(0));
        return new FolderWriter(this, disk, folder.temporary(), expected);
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
        Path place = objects.file(hashed.sha256());
        leaves.change(TwoLevels.leafOf(hashed.sha256()), () -> disk.rename(path, place));
        return hashed;
    }

    @Override
    public OptionalLong sizeBytes(Sha256 sha256) throws IOException {
        Optional<Facts> facts = disk.look(objects.file(sha256));
        if (facts.isEmpty() || facts.get().folder()) {
            return OptionalLong.empty();
        }
        leaves.settle(TwoLevels.leafOf(sha256));
        return OptionalLong.of(facts.get().sizeBytes());
    }

    @Override
    public Optional<StoredObject> open(Sha256 sha256) throws IOException {
        try {
            DiskFile file = disk.open(objects.file(sha256));
            return Optional.of(new OpenObject(sha256, file, folder.pieces()));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    @Override
    public Verification verify(Sha256 sha256, OnDamage onDamage) throws IOException {
        int leaf = TwoLevels.leafOf(sha256);
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
        Path aside = folder.aside(sha256.hex());
        boolean moved = leaves.changeIfStill(leaf, changes, () -> disk.rename(objects.file(sha256), aside));
        if (moved) {
            folder.syncAside();
        }
        return moved;
    }

    @Override
    public boolean delete(Sha256 sha256) throws IOException {
        return leaves.remove(TwoLevels.leafOf(sha256), () -> disk.delete(objects.file(sha256)));
    }

    @Override
    public Stream<Sha256> list() throws IOException {
        return objects.list(disk);
    }

    @Override
    public long usableBytes() throws IOException {
        return folder.usableBytes();
    }

    void requireRoom(long bytes) throws IOException {
        folder.requireRoom(bytes);
    }

    Workers workers() {
        return folder.workers();
    }
}
