/**
 * Cards: the {@code README.md} of an entry, with its front matter in YAML and its headings.
 *
 * <p>YAML is read from events, not with a library's object builder: so every value knows its line, and depth, aliases and keys are
 * counted before anything is built. Start with {@link glasshouse.format.card.CardFile}.
 */
@NullMarked
package glasshouse.format.card;

import org.jspecify.annotations.NullMarked;
