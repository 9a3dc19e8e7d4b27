/**
 * git over HTTP: the smart protocol, version 2 and the ones before, for fetching and pushing.
 *
 * <p>JGit's {@code UploadPack} and {@code ReceivePack} are driven straight from route handlers: its servlet would want a servlet
 * container, find repositories by path instead of by entry, and decide on access in a second place. What a push brings is received
 * beside the repository, checked there, and becomes part of it only if it is accepted ({@link glasshouse.hub.git.Incoming}). The
 * dumb protocol, which would hand out files of the repository, is not spoken. Start with {@link
 * glasshouse.hub.transport.TransportRoutes}.
 */
@NullMarked
package glasshouse.hub.transport;

import org.jspecify.annotations.NullMarked;
