package glasshouse.store.object;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Keeps objects by the SHA-256 of their bytes. Safe for many threads; two that write the same object both succeed.
 *
 * <p>Names come as {@link Sha256}, sizes and positions in bytes. A full disk is told by {@link glasshouse.store.disk.NoSpace},
 * bytes that are not what was announced by {@link ObjectMismatch}; every other {@link IOException} is the disk's own.
 */
public interface ObjectStore {
    /** Begins to take an object in. */
    ObjectWriter begin(Expectation expected) throws IOException;

    /**
     * The size of an object, if it is here. Then it is here for good: it outlives a crash, so that something durable may refer
     * to it. Whoever knows what size it should have compares: another size means that it is damaged and wanted again.
     */
    OptionalLong sizeBytes(Sha256 sha256) throws IOException;

    /** Whether the object is here for good; see {@link #sizeBytes}. */
    default boolean contains(Sha256 sha256) throws IOException {
        return sizeBytes(sha256).isPresent();
    }

    /** Opens an object for reading. Its bytes are not checked again: {@link #verify} does that. */
    Optional<StoredObject> open(Sha256 sha256) throws IOException;

    /** Reads an object again and compares its digest. */
    Verification verify(Sha256 sha256, OnDamage onDamage) throws IOException;

    /**
     * Deletes an object. Whether somebody still wants it is for the caller to know.
     *
     * @return whether it was here
     */
    boolean delete(Sha256 sha256) throws IOException;

    /** All objects in the order of their names; to be closed. Those that come or go meanwhile may be listed or not. */
    Stream<Sha256> list() throws IOException;

    /** How many bytes more the store can take. */
    long usableBytes() throws IOException;
}
