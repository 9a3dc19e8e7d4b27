/**
 * The pages of one entry: what was found (first), its card, its branches and checkpoints, its discussions, its settings and the requests
 * for access to it. Start with {@link glasshouse.hub.entrypage.EntryRoutes}.
 */
@NullMarked
package glasshouse.hub.entrypage;

import org.jspecify.annotations.NullMarked;
