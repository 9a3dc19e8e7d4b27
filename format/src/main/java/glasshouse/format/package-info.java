/**
 * Readers of the formats that people publish in: bytes in, records out. {@link glasshouse.format.Formats} lists them.
 *
 * <p>Nothing here touches a file, a clock or a thread, and nothing is executed. Every reader has limits and ends in a record or in
 * a {@link glasshouse.format.source.FormatFailure}, whatever the bytes.
 */
@NullMarked
package glasshouse.format;

import org.jspecify.annotations.NullMarked;
