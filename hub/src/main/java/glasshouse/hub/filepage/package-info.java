/**
 * The pages about files: folders, single files, history, commits and what they changed. Each is bounded: a folder of a million files is
 * paged, a long file or diff is cut with a word about it. Start with {@link glasshouse.hub.filepage.FileRoutes}.
 */
@NullMarked
package glasshouse.hub.filepage;

import org.jspecify.annotations.NullMarked;
