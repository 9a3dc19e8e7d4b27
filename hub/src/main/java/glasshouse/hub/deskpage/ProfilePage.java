package glasshouse.hub.deskpage;

import glasshouse.core.problem.Problem;
import glasshouse.hub.index.Governance.AccessRequest;
import glasshouse.hub.index.People.Account;
import glasshouse.hub.index.People.Membership;
import glasshouse.hub.page.Layout;
import java.util.List;
import java.util.Optional;

/**
 * A person's own settings.
 *
 * @param done what was just done, in words
 * @param asked what they asked access to, with the address of the entry where they may still see it
 */
public record ProfilePage(
        Layout layout,
        Account account,
        List<Membership> memberships,
        List<Asked> asked,
        Optional<String> done,
        Optional<Problem> fault) {
    /** A request for access. */
    public record Asked(AccessRequest request, String name, String href) {}

    public ProfilePage {
        memberships = List.copyOf(memberships);
        asked = List.copyOf(asked);
    }
}
