/** Cards: what the front matter of {@code README.md} states. Start with {@link glasshouse.inspect.card.CardFrontMatter}. */
@NullMarked
package glasshouse.inspect.card;

import org.jspecify.annotations.NullMarked;
