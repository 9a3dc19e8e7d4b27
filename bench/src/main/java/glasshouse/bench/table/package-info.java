/**
 * The table: what a row is, what a figure says beside its baseline and its goal, and how the last ones become {@code RESULTS.md}.
 * Start with {@link glasshouse.bench.table.Figure}.
 */
@NullMarked
package glasshouse.bench.table;

import org.jspecify.annotations.NullMarked;
