/**
 * What is in a revision, for the Hub's clients: folders page by page, and single paths. Start with {@link
 * glasshouse.hub.tree.TreeRoutes}.
 */
@NullMarked
package glasshouse.hub.tree;

import org.jspecify.annotations.NullMarked;
