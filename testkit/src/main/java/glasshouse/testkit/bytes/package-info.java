/**
 * Bytes for tests: small writers of formats, written from their published descriptions and sharing no code with our readers, and
 * damage to do to what they wrote.
 */
@NullMarked
package glasshouse.testkit.bytes;

import org.jspecify.annotations.NullMarked;
