/** A hub in a temporary folder with people in it, and a client for it: what tests of every resource begin with. */
@NullMarked
package glasshouse.hub.testing;

import org.jspecify.annotations.NullMarked;
