/**
 * Who may do what: one pure function, {@link glasshouse.core.access.Access#decide}, over what an entry is and how a caller
 * stands to it.
 *
 * <p>It knows no users, requests or databases. The hub asks it in one place, in front of every handler; listings ask it through
 * the same rules turned into a condition. Start with {@link glasshouse.core.access.Action}.
 */
@NullMarked
package glasshouse.core.access;

import org.jspecify.annotations.NullMarked;
