/**
 * Measures Glasshouse as people meet it: servers run in processes of their own, clients are those that people use, and beside each
 * figure stands that of a baseline of the same run. Nothing here stops a build. Start with {@link glasshouse.bench.Bench}.
 */
@NullMarked
package glasshouse.bench;

import org.jspecify.annotations.NullMarked;
