/**
 * The HTTP server: takes requests off the wire, finds the route, the caller and the entry, asks whether they may, lets the
 * handler answer, and renders what went wrong in the terms of the surface.
 *
 * <p>Jetty's core handlers on virtual threads, without the servlet layer: nothing here needs it (git is spoken by JGit's
 * protocol classes, not by its servlet), and requests start sooner without it. Start with {@link
 * glasshouse.hub.server.Dispatcher}.
 */
@NullMarked
package glasshouse.hub.server;

import org.jspecify.annotations.NullMarked;
