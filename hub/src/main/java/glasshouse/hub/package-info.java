/**
 * The server as a whole: {@link glasshouse.hub.Hub} wires every part by its constructor, to be read from top to bottom, and {@link
 * glasshouse.hub.Routes} is the table of contents of everything that can be asked of it. A package per resource; none of them knows
 * this one.
 */
@NullMarked
package glasshouse.hub;

import org.jspecify.annotations.NullMarked;
