/**
 * The server as a whole: {@link glasshouse.hub.Hub} wires every part by its constructor, to be read from top to bottom; it ends with
 * the table of contents of everything that can be asked, a line per resource. A package per resource; none of them knows this one.
 */
@NullMarked
package glasshouse.hub;

import org.jspecify.annotations.NullMarked;
