package glasshouse.hub.deskpage;

import glasshouse.core.problem.Problem;
import glasshouse.hub.index.People.Account;
import glasshouse.hub.index.People.Namespace;
import glasshouse.hub.page.Layout;
import glasshouse.hub.page.Paging;
import java.util.List;
import java.util.Optional;

/**
 * The people and organisations of this instance.
 *
 * @param search what their names contain
 */
public record UsersPage(
        Layout layout,
        String search,
        List<Account> accounts,
        Paging paging,
        List<Namespace> organisations,
        Optional<String> done,
        Optional<Problem> fault) {
    public UsersPage {
        accounts = List.copyOf(accounts);
        organisations = List.copyOf(organisations);
    }
}
