/**
 * Evidence, facts and claims as JSON, one form for each: fields in the order of their names, numbers in plain digits, no space.
 * What is equal has equal JSON and the same digest. Start with {@link glasshouse.inspect.record.Records}.
 */
@NullMarked
package glasshouse.inspect.record;

import org.jspecify.annotations.NullMarked;
