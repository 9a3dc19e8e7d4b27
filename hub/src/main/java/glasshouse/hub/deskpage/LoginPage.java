package glasshouse.hub.deskpage;

import glasshouse.core.problem.Problem;
import glasshouse.hub.page.Layout;
import java.util.Optional;

/**
 * Where people sign in.
 *
 * @param name what was filled in before
 * @param next where to go afterwards
 * @param fault why it did not work
 */
public record LoginPage(Layout layout, String name, String next, Optional<Problem> fault) {}
