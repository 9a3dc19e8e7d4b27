/**
 * Golden cases: folders with an input and the output that somebody reviewed. {@code -Dcases=accept} writes what came out; the
 * difference in version control is the review. Start with {@link glasshouse.testkit.cases.Cases}.
 */
@NullMarked
package glasshouse.testkit.cases;

import org.jspecify.annotations.NullMarked;
