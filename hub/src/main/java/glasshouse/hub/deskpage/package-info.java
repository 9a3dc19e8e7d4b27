/**
 * The pages that people fill in: signing in, their own settings and tokens, a new entry, an organisation, and the administration of this
 * instance. Every form works without a script: it posts, and the answer leads on to a page. Start with {@link
 * glasshouse.hub.deskpage.SelfRoutes}.
 */
@NullMarked
package glasshouse.hub.deskpage;

import org.jspecify.annotations.NullMarked;
