/** Tests of licence recognition, and the program that computes its table: {@code FingerprintTableTest}. */
@NullMarked
package glasshouse.inspect.licence;

import org.jspecify.annotations.NullMarked;
