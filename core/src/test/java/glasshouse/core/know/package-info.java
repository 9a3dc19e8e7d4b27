/** Tests. */
@NullMarked
package glasshouse.core.know;

import org.jspecify.annotations.NullMarked;
