/** Tests. */
@NullMarked
package glasshouse.inspect.record;

import org.jspecify.annotations.NullMarked;
