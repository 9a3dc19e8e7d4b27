/**
 * The pages above single entries: home, the catalogue of each kind, search, and what a person or an organisation publishes. Everything
 * listed went through the audience of the caller. Start with {@link glasshouse.hub.sitepage.SiteRoutes}.
 */
@NullMarked
package glasshouse.hub.sitepage;

import org.jspecify.annotations.NullMarked;
