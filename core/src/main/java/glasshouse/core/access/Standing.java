package glasshouse.core.access;

import java.util.Optional;

/**
 * How a caller stands to a subject (an entry, a namespace, the instance).
 *
 * @param signedIn whether the caller said who they are
 * @param operator whether the caller administers the whole instance
 * @param role the caller's role in the subject's namespace
 * @param creator whether the caller made the entry
 * @param granted whether the caller was given access to a gated entry
 * @param reach how far the credential reaches on this subject
 */
public record Standing(
        boolean signedIn, boolean operator, Optional<Role> role, boolean creator, boolean granted, Reach reach) {
    /** Somebody who did not say who they are. */
    public static final Standing ANONYMOUS = new Standing(false, false, Optional.empty(), false, false, Reach.NONE);
}
