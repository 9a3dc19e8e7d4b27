/** What was asked for lately, so that it is not worked out again. */
@NullMarked
package glasshouse.hub.recent;

import org.jspecify.annotations.NullMarked;
