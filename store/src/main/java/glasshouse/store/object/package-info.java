/**
 * Objects by their SHA-256: taken in as a stream, hashed while they are written, durable before they are acknowledged.
 *
 * <p>{@link glasshouse.store.object.ObjectStore} is the small interface that the rest of the house sees; {@link
 * glasshouse.store.object.FolderStore} keeps it in a plain folder whose layout is in its class comment. The layout is written
 * for good: later stores open it. Nothing here knows repositories, users or rules; who may read or delete an object is decided
 * above.
 *
 * <p>What the callers can rest on: what {@link glasshouse.store.object.ObjectWriter#commit} returned is there after a crash, and
 * whole; what did not get that far is not there at all. Start with {@link glasshouse.store.object.ObjectStore}.
 */
@NullMarked
package glasshouse.store.object;

import org.jspecify.annotations.NullMarked;
