/** Tests. */
@NullMarked
package glasshouse.inspect;

import org.jspecify.annotations.NullMarked;
