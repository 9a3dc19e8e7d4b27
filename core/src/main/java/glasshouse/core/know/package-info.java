/**
 * What is known: what machines found ({@link glasshouse.core.know.Evidence}), what somebody states ({@link
 * glasshouse.core.know.Fact}), and how the two stand to each other ({@link glasshouse.core.know.Claim}).
 *
 * <p>Plain values: equal content is equal, nothing here knows a file format, a clock or a database. When something was looked at
 * is an envelope ({@link glasshouse.core.know.Observed}) and never part of what was found, so that the same bytes give the same
 * evidence for ever. Start with {@link glasshouse.core.know.Value}.
 */
@NullMarked
package glasshouse.core.know;

import org.jspecify.annotations.NullMarked;
