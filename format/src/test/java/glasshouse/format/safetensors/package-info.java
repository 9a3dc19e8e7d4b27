/** Tests. */
@NullMarked
package glasshouse.format.safetensors;

import org.jspecify.annotations.NullMarked;
