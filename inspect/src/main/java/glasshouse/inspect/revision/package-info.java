/**
 * What inspectors look at: a {@link glasshouse.inspect.revision.Revision}, whether it is a folder on disk or a commit in the hub.
 * Start there.
 */
@NullMarked
package glasshouse.inspect.revision;

import org.jspecify.annotations.NullMarked;
