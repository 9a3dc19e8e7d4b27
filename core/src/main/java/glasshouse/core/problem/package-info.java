/**
 * What went wrong, in one shape: what, where, why, what to do.
 *
 * <p>Handlers throw a {@link glasshouse.core.problem.Refusal}; one place per surface renders its {@link
 * glasshouse.core.problem.Problem} in that surface's own terms.
 */
@NullMarked
package glasshouse.core.problem;

import org.jspecify.annotations.NullMarked;
