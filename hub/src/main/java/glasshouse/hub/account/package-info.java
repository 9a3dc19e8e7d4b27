/**
 * Who is calling: accounts, passwords, tokens and sessions, and what they add up to for one request, a {@link
 * glasshouse.hub.account.Caller}.
 *
 * <p>What a caller may do is not decided here but in {@code core.access}. Start with {@link glasshouse.hub.account.SignIn}.
 */
@NullMarked
package glasshouse.hub.account;

import org.jspecify.annotations.NullMarked;
