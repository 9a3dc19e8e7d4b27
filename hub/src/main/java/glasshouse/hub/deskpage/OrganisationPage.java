package glasshouse.hub.deskpage;

import glasshouse.core.problem.Problem;
import glasshouse.hub.index.People.Membership;
import glasshouse.hub.index.People.Namespace;
import glasshouse.hub.page.Layout;
import java.util.List;
import java.util.Optional;

/**
 * The settings of an organisation.
 *
 * @param usedBytes what its entries take
 */
public record OrganisationPage(
        Layout layout,
        Namespace organisation,
        List<Membership> members,
        long usedBytes,
        Optional<String> done,
        Optional<Problem> fault) {
    public OrganisationPage {
        members = List.copyOf(members);
    }
}
