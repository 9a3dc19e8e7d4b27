/**
 * The names of things: entries, revisions, artefacts, digests.
 *
 * <p>Each identifier is a type that refuses bad values when it is made, so that no later code has to ask whether a name is
 * sane. Start with {@link glasshouse.core.entry.RepoName}.
 */
@NullMarked
package glasshouse.core.entry;

import org.jspecify.annotations.NullMarked;
