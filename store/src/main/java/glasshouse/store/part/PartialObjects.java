package glasshouse.store.part;

import glasshouse.store.object.Stored;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Uploads in parts. Safe for many threads. */
public interface PartialObjects {
    /**
     * Makes an upload known. To begin one again that was begun with the same plan changes nothing: parts that are there stay.
     *
     * @throws IllegalArgumentException where it was begun with another plan
     * @throws glasshouse.store.disk.NoSpace where there is no room for it
     */
    void begin(UploadId id, UploadPlan plan) throws IOException;

    /** What was announced, if the upload is known. */
    Optional<UploadPlan> plan(UploadId id) throws IOException;

    /**
     * Begins to take a part in; it takes the place of what was there of it.
     *
     * @throws UnknownUpload where it was never begun, or is assembled, aborted or expired
     * @throws IllegalArgumentException where the upload has no such part
     */
    PartWriter put(UploadId id, int number) throws IOException;

    /** The parts that are complete, in order. */
    List<Part> parts(UploadId id) throws IOException;

    /**
     * Makes an object of the parts, durable when this returns; the upload is then forgotten.
     *
     * @throws MissingParts where some are missing or were damaged on disk; they can be sent again
     * @throws glasshouse.store.object.ObjectMismatch where the whole is not what was announced; the upload is forgotten
     * @throws UnknownUpload as for {@link #put}; it may have become an object before
     */
    Stored assemble(UploadId id) throws IOException;

    /**
     * Forgets an upload and its parts.
     *
     * @return whether it was known
     */
    boolean abort(UploadId id) throws IOException;

    /** Aborts the uploads that nothing came for since a time; says which. */
    List<UploadId> expire(Instant idleSince) throws IOException;
}
