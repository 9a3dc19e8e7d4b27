/** Tests. */
@NullMarked
package glasshouse.inspect.revision;

import org.jspecify.annotations.NullMarked;
