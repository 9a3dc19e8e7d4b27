package glasshouse.hub.account;

import glasshouse.hub.index.People.Account;
import java.time.Duration;

/**
 * A browser's session that has just begun.
 *
 * @param secret goes into the cookie and nowhere else
 * @param account whose it is
 * @param lasts how long it lasts
 */
public record Session(String secret, Account account, Duration lasts) {
    /** How long a session lasts after signing in. */
    public static final Duration LASTS = Duration.ofDays(30);
}
