/**
 * The rows of the table, each a class. Start with any of them.
 */
@NullMarked
package glasshouse.bench.row;

import org.jspecify.annotations.NullMarked;
