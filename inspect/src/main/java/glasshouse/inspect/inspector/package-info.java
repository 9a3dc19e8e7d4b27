/**
 * What an inspector is, and what all of them share: how artefacts are opened and how failures become evidence. Start with {@link
 * glasshouse.inspect.inspector.Inspector}.
 */
@NullMarked
package glasshouse.inspect.inspector;

import org.jspecify.annotations.NullMarked;
