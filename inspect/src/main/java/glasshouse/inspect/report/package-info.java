/**
 * Findings for terminals ({@link glasshouse.inspect.report.TextReport}) and for programs ({@link
 * glasshouse.inspect.report.JsonReport}).
 */
@NullMarked
package glasshouse.inspect.report;

import org.jspecify.annotations.NullMarked;
