/** What machines that watch the server ask for: whether it is well, and its figures. */
@NullMarked
package glasshouse.hub.watch;

import org.jspecify.annotations.NullMarked;
