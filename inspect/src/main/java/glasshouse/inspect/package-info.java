/**
 * Bytes to evidence, and evidence held against what is stated.
 *
 * <p>{@link glasshouse.inspect.Inspection} runs {@link glasshouse.inspect.Inspectors#ALL} on a revision; {@link
 * glasshouse.inspect.Findings} holds the claims of the publisher against what came out. A folder and a hosted revision go through
 * the same code. Nothing here judges: that a claim is contradicted is arithmetic, what it means is not said.
 */
@NullMarked
package glasshouse.inspect;

import org.jspecify.annotations.NullMarked;
