/**
 * Entries as wholes: made, described, listed, changed, moved, duplicated, deleted and brought back. Start with {@link
 * glasshouse.hub.repos.Lifecycle}.
 */
@NullMarked
package glasshouse.hub.repos;

import org.jspecify.annotations.NullMarked;
