/**
 * Objects that come in parts: in any order, several at once, over hours and restarts, and are put together when the last one is
 * there.
 *
 * <p>The parts of an upload lie in one file, each at its final place, because all but the last have the same size. So assembling
 * moves nothing: the file is hashed once from end to end, synced, and renamed into the store. Each byte is written once. Hashing
 * runs ahead in the background as far as parts are there without a gap, so that little is left when the last one comes.
 *
 * <p>Start with {@link glasshouse.store.part.PartialObjects}; the layout on disk is in {@link
 * glasshouse.store.part.FolderParts}.
 */
@NullMarked
package glasshouse.store.part;

import org.jspecify.annotations.NullMarked;
