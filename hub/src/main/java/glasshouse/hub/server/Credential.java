package glasshouse.hub.server;

import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.account.Caller;
import glasshouse.hub.account.SessionCookie;
import glasshouse.hub.account.SignIn;
import glasshouse.hub.web.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;

/** Finds the caller of a request: by bearer token, by the token in Basic, or by the session of a browser. */
public final class Credential {
    private final SignIn signIn;

    public Credential(SignIn signIn) {
        this.signIn = signIn;
    }

    /**
     * Who makes a request. A token that is not good is refused rather than ignored, so that nobody works as an anonymous without
     * noticing.
     *
     * @throws glasshouse.core.problem.Refusal SIGN_IN for a bad token; FORBIDDEN for a change from another site
     */
    public Caller caller(Request request, Optional<Method> method, String base) {
        String authorization = request.getHeaders().get("Authorization");
        if (authorization != null) {
            return signIn.byToken(secret(authorization))
                    .map(Caller.class::cast)
                    .orElseThrow(() -> Problem.of(Code.SIGN_IN, "the token is not valid, was revoked, or has expired")
                            .mend("make a new one under Settings, Tokens")
                            .refusal());
        }
        method.filter(m -> !m.isSafe()).ifPresent(m -> refuseOtherSites(request.getHeaders(), base));
        for (HttpCookie cookie : Request.getCookies(request)) {
            if (cookie.getName().equals(SessionCookie.NAME)) {
                Optional<Caller.Person> person = signIn.bySession(cookie.getValue());
                if (person.isPresent()) {
                    return person.get();
                }
            }
        }
        return new Caller.Anonymous();
    }

    private static String secret(String authorization) {
        if (authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return authorization.substring(7).strip();
        }
        if (authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            try {
                byte[] decoded =
                        Base64.getDecoder().decode(authorization.substring(6).strip());
                String pair = new String(decoded, StandardCharsets.UTF_8);
                return pair.substring(pair.indexOf(':') + 1);
            } catch (IllegalArgumentException e) {
                throw Problem.of(Code.INVALID, "`Authorization: Basic` is not base64")
                        .refusal();
            }
        }
        throw Problem.of(Code.INVALID, "`Authorization` is neither Bearer nor Basic")
                .refusal();
    }

    /**
     * A browser sends its cookie along with requests that other sites make: those may change nothing. Neither may they where there is
     * no cookie yet: another site's form could sign somebody in as somebody else. Clients that are no browsers send neither header.
     */
    static void refuseOtherSites(HttpFields headers, String base) {
        String site = headers.get("Sec-Fetch-Site");
        if (site != null) {
            if (site.equals("same-origin") || site.equals("none")) {
                return;
            }
        } else {
            String origin = headers.get("Origin");
            if (origin == null || sameOrigin(origin, base)) {
                return;
            }
        }
        throw Problem.of(Code.FORBIDDEN, "the request was made by another site").refusal();
    }

    private static boolean sameOrigin(String origin, String base) {
        try {
            URI one = URI.create(origin);
            URI other = URI.create(base);
            return one.getHost() != null
                    && one.getHost().equalsIgnoreCase(other.getHost())
                    && String.valueOf(one.getScheme()).equals(other.getScheme())
                    && port(one) == port(other);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
    }
}
