/**
 * The two databases, and all the SQL there is.
 *
 * <p>{@code people} holds what people did here and is kept; {@code index} is derived from the repositories and can be thrown
 * away. Both are SQLite files by default and two schemas of one PostgreSQL database by configuration; the statements are the
 * same. There is one writer: writes of a database are taken one after the other, in this process, whichever engine is
 * behind. Each table group has a class; start with {@link glasshouse.hub.index.Database} and {@link
 * glasshouse.hub.index.Entries}.
 */
@NullMarked
package glasshouse.hub.index;

import org.jspecify.annotations.NullMarked;
