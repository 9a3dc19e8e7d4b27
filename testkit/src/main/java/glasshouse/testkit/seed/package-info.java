/**
 * Randomness that can be repeated: every failure prints the seed that brings it back. Start with {@link
 * glasshouse.testkit.seed.Seeds}.
 */
@NullMarked
package glasshouse.testkit.seed;

import org.jspecify.annotations.NullMarked;
