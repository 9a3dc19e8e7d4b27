package glasshouse.hub;

import glasshouse.format.source.ByteSource;
import glasshouse.hub.filepage.LargeFiles;
import glasshouse.hub.git.LfsPointer;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.HeldObjects;
import glasshouse.store.object.ObjectStore;
import glasshouse.store.object.Sha256;
import glasshouse.store.object.StoredObject;
import java.io.IOException;
import java.util.Optional;

/** Large files as pages look into them: those that the entry holds, and no others. */
final class StoredFiles implements LargeFiles {
    private final ObjectStore store;
    private final HeldObjects held;

    StoredFiles(ObjectStore store, HeldObjects held) {
        this.store = store;
        this.held = held;
    }

    @Override
    public Optional<ByteSource> open(Entry entry, LfsPointer pointer) throws IOException {
        Sha256 name = new Sha256(pointer.sha256().hex());
        // INVARIANT: a pointer alone opens nothing: whoever can guess a digest could read what others hide.
        boolean here =
                held.holds(entry.id(), name.hex()) && store.sizeBytes(name).orElse(-1) == pointer.sizeBytes();
        return here ? Optional.of(new Source(store, name, pointer.sizeBytes())) : Optional.empty();
    }

    /** Holds no file open between reads: a page reads a few pieces and is done. */
    private record Source(ObjectStore store, Sha256 name, long sizeBytes) implements ByteSource {
        @Override
        public int read(long offset, byte[] into, int at, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (offset >= sizeBytes) {
                return -1;
            }
            try (StoredObject object =
                    store.open(name).orElseThrow(() -> new IOException("the object " + name + " has gone"))) {
                return object.read(offset, into, at, (int) Math.min(length, sizeBytes - offset));
            }
        }
    }
}
