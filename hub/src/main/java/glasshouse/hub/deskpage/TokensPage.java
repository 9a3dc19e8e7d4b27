package glasshouse.hub.deskpage;

import glasshouse.core.problem.Problem;
import glasshouse.hub.account.Tokens;
import glasshouse.hub.index.Credentials.Token;
import glasshouse.hub.page.Layout;
import java.util.List;
import java.util.Optional;

/**
 * A person's tokens.
 *
 * @param made the one that was just made: the only time that its secret is seen
 */
public record TokensPage(Layout layout, List<Token> tokens, Optional<Tokens.Made> made, Optional<Problem> fault) {
    public TokensPage {
        tokens = List.copyOf(tokens);
    }
}
