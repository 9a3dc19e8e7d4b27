/**
 * One request and its answer, apart from the server that carries them: a {@link glasshouse.hub.web.Route} says which requests it
 * takes, who may make them ({@link glasshouse.hub.web.Guard}) and which {@link glasshouse.hub.web.Handler} answers; the handler
 * gets a {@link glasshouse.hub.web.Call} and returns a {@link glasshouse.hub.web.Reply}.
 *
 * <p>Not a framework's context: paths with encoded slashes, names behind a kind, ranges and errors per surface are what the
 * clients are strict about, and each is a few lines here. Handlers throw {@code Refusal}; nobody here renders one.
 */
@NullMarked
package glasshouse.hub.web;

import org.jspecify.annotations.NullMarked;
