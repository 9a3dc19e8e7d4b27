/** Tests. */
@NullMarked
package glasshouse.format;

import org.jspecify.annotations.NullMarked;
