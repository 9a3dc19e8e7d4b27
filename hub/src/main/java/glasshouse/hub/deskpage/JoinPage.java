package glasshouse.hub.deskpage;

import glasshouse.core.problem.Problem;
import glasshouse.hub.page.Layout;
import java.util.Optional;

/**
 * Where the first administrator makes an account, by a one-time link.
 *
 * @param link the secret of the link
 * @param good whether it still works
 */
public record JoinPage(
        Layout layout,
        String link,
        boolean good,
        String name,
        String fullName,
        String email,
        Optional<Problem> fault) {}
