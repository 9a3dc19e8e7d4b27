/**
 * JSON from a {@link glasshouse.format.source.ByteSource}, token by token and within limits: for formats that have JSON inside.
 *
 * <p>A tree would be simpler and would let a file of 100 MB take a gigabyte. Start with {@link glasshouse.format.json.JsonStream}.
 */
@NullMarked
package glasshouse.format.json;

import org.jspecify.annotations.NullMarked;
