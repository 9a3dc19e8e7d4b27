/**
 * Settings: what can be set, and what is set, by whom.
 *
 * <p>A {@link glasshouse.hub.config.Setting} has a name, a form (how its values are written and what they may be), a default and a
 * sentence; the list of them is in {@code HubSettings}. {@link glasshouse.hub.config.Configuration} lays the sources over each
 * other (defaults, file, environment, flags) and remembers where each value came from. All faults are told at once, since nobody
 * wants to mend a file one start at a time. Values stay text until they are asked for by their setting, so that every source is
 * read by the same code.
 */
@NullMarked
package glasshouse.hub.config;

import org.jspecify.annotations.NullMarked;
