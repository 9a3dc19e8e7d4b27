/**
 * What the Hub's clients ask for and this server does not have yet, in one table: {@link glasshouse.hub.later.LaterRoutes}.
 *
 * <p>A clear no is worth more than a missing address: a client that cannot find something retries, guesses, or blames the name of an
 * entry.
 */
@NullMarked
package glasshouse.hub.later;

import org.jspecify.annotations.NullMarked;
