/**
 * Changes by the Hub's API: what a client asks before it uploads, and the commit itself.
 *
 * <p>A commit is read line by line and its files go into a pack that nobody sees while they come; only then, for as long as the
 * trees take, is the repository locked. What is refused leaves nothing. Start with {@link glasshouse.hub.commit.CommitRoutes} and
 * {@link glasshouse.hub.commit.Commits}.
 */
@NullMarked
package glasshouse.hub.commit;

import org.jspecify.annotations.NullMarked;
