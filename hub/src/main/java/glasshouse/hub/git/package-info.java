/**
 * Repositories: ordinary bare git repositories on disk, read and written through JGit.
 *
 * <p>A revision is a commit; large files are pointers in the form of git-lfs. Reading touches only what is asked for: a folder of a
 * million files is paged, and a change rewrites only the folders on its path. What is written is synced, with the folders that
 * name it, before anybody is told ({@link glasshouse.hub.git.Durable}). Start with {@link glasshouse.hub.git.Repositories} and
 * {@link glasshouse.hub.git.TreeListing}.
 */
@NullMarked
package glasshouse.hub.git;

import org.jspecify.annotations.NullMarked;
