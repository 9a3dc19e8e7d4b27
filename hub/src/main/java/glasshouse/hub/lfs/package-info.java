/**
 * git-lfs: the large files of entries, up and down, with the extension of the Hub for uploads in parts.
 *
 * <p>A client asks with a batch what it may send or get, and is given signed addresses: whoever has one may do that one thing for
 * a while, without a token, since clients send none to them. Bytes go straight into the store and are checked by it; only then does
 * the entry hold the object. Whether the store has an object that this entry does not hold is told to nobody. Start with {@link
 * glasshouse.hub.lfs.LfsRoutes}.
 */
@NullMarked
package glasshouse.hub.lfs;

import org.jspecify.annotations.NullMarked;
