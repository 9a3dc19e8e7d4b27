/**
 * Discussions and pull requests.
 *
 * <p>A pull request is a discussion with a ref, {@code refs/pr/N}: what it changes is read from the repository each time, so
 * that it is the same whether it was pushed by git or committed by the API; what people say is in the database. Start with
 * {@link glasshouse.hub.community.PullRequests}.
 */
@NullMarked
package glasshouse.hub.community;

import org.jspecify.annotations.NullMarked;
