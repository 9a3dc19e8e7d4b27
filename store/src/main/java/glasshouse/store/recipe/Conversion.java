package glasshouse.store.recipe;

import glasshouse.store.object.Expectation;
import glasshouse.store.object.FolderStore;
import glasshouse.store.object.ObjectMismatch;
import glasshouse.store.object.ObjectWriter;
import glasshouse.store.object.OnDamage;
import glasshouse.store.object.Sha256;
import glasshouse.store.object.StoredObject;
import glasshouse.store.object.Verification;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Makes recipes of the objects that an older store has written as they are, one after the other. Each is read, stored, read back
 * from the disk and compared with its SHA-256; only then the plain file is deleted. So it may be stopped or killed at any moment
 * and run again, and all objects can be read meanwhile. What is damaged stays where it is and is counted.
 *
 * <p>Needs room for the largest object. Runs in the thread that calls {@link #run}, one at a time for a store; the counts can be
 * read by others.
 */
public final class Conversion {
    private final RecipeStore store;
    private final FolderStore plain;
    private final AtomicLong converted = new AtomicLong();
    private final AtomicLong convertedBytes = new AtomicLong();
    private final AtomicLong damaged = new AtomicLong();

    private static final class Deleted extends IOException {
        private static final long serialVersionUID = 1L;

        Deleted(Sha256 name) {
            super("object " + name + " was deleted while it was converted");
        }
    }

    public Conversion(RecipeStore store) {
        this.store = store;
        this.plain = store.plainObjects();
    }

    /** How many objects were converted so far. */
    public long converted() {
        return converted.get();
    }

    /** How many bytes these have. */
    public long convertedBytes() {
        return convertedBytes.get();
    }

    /** How many objects were found damaged so far, and left as they are. */
    public long damaged() {
        return damaged.get();
    }

    /**
     * Converts all objects that are there now.
     *
     * @param goOn is asked before each object, and while one is read
     * @return whether it came to the end
     * @throws IOException where the disk fails or is full; what was converted by then is converted
     */
    public boolean run(BooleanSupplier goOn) throws IOException {
        try (Stream<Sha256> names = plain.list()) {
            for (Sha256 name : (Iterable<Sha256>) names::iterator) {
                if (!goOn.getAsBoolean() || !convert(name, goOn)) {
                    return false;
                }
            }
        } catch (UncheckedIOException unlisted) {
            throw unlisted.getCause();
        }
        return true;
    }

    private boolean convert(Sha256 name, BooleanSupplier goOn) throws IOException {
        // One that was stopped before it could delete is done already.
        if (!isWhole(name)) {
            try {
                if (!store(name, goOn)) {
                    return false;
                }
            } catch (ObjectMismatch corrupt) {
                damaged.incrementAndGet();
                return true;
            } catch (Deleted meanwhile) {
                return true;
            }
            if (!isWhole(name)) {
                throw new IOException(
                        "object " + name + " cannot be read back after it was stored; it stays as it was");
            }
        }
        // INVARIANT: only while the recipe is there. Else it was deleted meanwhile, and what is there was stored again.
        long size = plain.sizeBytes(name).orElse(0);
        if (store.recipes().whileThere(name, () -> plain.delete(name))) {
            converted.incrementAndGet();
            convertedBytes.addAndGet(size);
        }
        return true;
    }

    private boolean isWhole(Sha256 name) throws IOException {
        return store.verifyRecipe(name, OnDamage.REPORT) instanceof Verification.Whole;
    }

    private boolean store(Sha256 name, BooleanSupplier goOn) throws IOException {
        Optional<StoredObject> opened = plain.open(name);
        if (opened.isEmpty()) {
            throw new Deleted(name);
        }
        try (StoredObject object = opened.get();
                ObjectWriter writer = store.begin(Expectation.of(name), Optional.empty(), () -> requireThere(name))) {
            ByteBuffer piece = ByteBuffer.allocate(256 * 1024);
            long at = 0;
            for (int n = object.read(at, piece); n >= 0; n = object.read(at, piece)) {
                writer.write(piece.flip());
                piece.clear();
                at += n;
                if (!goOn.getAsBoolean()) {
                    return false;
                }
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted while an object was converted");
            }
            writer.commit();
            return true;
        }
    }

    /**
     * INVARIANT: an object that was deleted while it was converted does not come back. Deleting takes away the plain object first
     * and the recipe, under the lock under which this runs, afterwards.
     */
    private void requireThere(Sha256 name) throws IOException {
        if (!plain.contains(name)) {
            throw new Deleted(name);
        }
    }
}
