/** Tests. */
@NullMarked
package glasshouse.format.source;

import org.jspecify.annotations.NullMarked;
