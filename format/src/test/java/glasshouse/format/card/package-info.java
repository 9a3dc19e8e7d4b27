/** Tests. */
@NullMarked
package glasshouse.format.card;

import org.jspecify.annotations.NullMarked;
