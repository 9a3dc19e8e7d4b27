package glasshouse.hub.account;

import java.time.Duration;

/** The cookie that holds a browser's session, as the value of {@code Set-Cookie}. */
public final class SessionCookie {
    /** Its name. */
    public static final String NAME = "glasshouse_session";

    private SessionCookie() {}

    /**
     * Hands a session to the browser. Scripts cannot read it, and other sites' forms do not send it along.
     *
     * @param secure whether the caller reached us by https
     */
    public static String set(Session session, boolean secure) {
        return cookie(session.secret(), session.lasts(), secure);
    }

    /** Takes the session from the browser. */
    public static String clear(boolean secure) {
        return cookie("", Duration.ZERO, secure);
    }

    private static String cookie(String value, Duration lasts, boolean secure) {
        return NAME + "=" + value + "; Path=/; Max-Age=" + lasts.toSeconds() + "; HttpOnly; SameSite=Lax"
                + (secure ? "; Secure" : "");
    }
}
