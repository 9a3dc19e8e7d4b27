/**
 * The history of an entry, for the Hub's clients: its refs and commits, making and deleting branches and tags, squashing, and the
 * large files that all of it points to. Start with {@link glasshouse.hub.history.HistoryRoutes}.
 */
@NullMarked
package glasshouse.hub.history;

import org.jspecify.annotations.NullMarked;
