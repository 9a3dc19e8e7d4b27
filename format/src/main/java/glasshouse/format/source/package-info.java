/**
 * Where bytes come from. A reader of a format gets a {@link glasshouse.format.source.ByteSource} and never a path: the same code
 * reads a file, an object of the store, a blob in git, or an array in a test.
 */
@NullMarked
package glasshouse.format.source;

import org.jspecify.annotations.NullMarked;
