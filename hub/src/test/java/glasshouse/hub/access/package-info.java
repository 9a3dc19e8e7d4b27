/** Access as a property over all routes. */
@NullMarked
package glasshouse.hub.access;

import org.jspecify.annotations.NullMarked;
