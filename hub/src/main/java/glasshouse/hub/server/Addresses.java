package glasshouse.hub.server;

import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.web.Address;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Decides what stands before absolute links: the public address where one is set; else the host that the client used, if it is
 * a loopback name or listed. A forged {@code Host} never gets into a link, since nothing else is accepted.
 */
public final class Addresses {
    private static final Pattern AUTHORITY =
            Pattern.compile("[A-Za-z0-9.\\-_]+(:\\d{1,5})?|\\[[0-9A-Fa-f:]+](:\\d{1,5})?");

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]", "::1");

    private final ServerConfig config;
    private final Set<String> known;
    private volatile String lastWellFormed = "";

    public Addresses(ServerConfig config) {
        this.config = config;
        this.known = Stream.concat(Stream.of(config.host()), config.aliases().stream())
                .map(host -> host.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The address to build links for a request with.
     *
     * @throws glasshouse.core.problem.Refusal INVALID where the request names a host that we do not answer for
     */
    public Address of(Request request) {
        if (config.publicUrl().isPresent()) {
            return publicUnlessLoopback(request);
        }
        boolean proxied = config.trustedProxies().contains(Request.getRemoteAddr(request));
        HttpFields headers = request.getHeaders();
        String forwardedHost = proxied ? headers.get("X-Forwarded-Host") : null;
        String forwardedScheme = proxied ? headers.get("X-Forwarded-Proto") : null;
        String authority = forwardedHost != null ? wellFormed(forwardedHost, "X-Forwarded-Host") : authority(request);
        String host = hostOf(authority).toLowerCase(Locale.ROOT);
        if (!LOOPBACK.contains(host) && !known.contains(host)) {
            throw Problem.of(Code.INVALID, "this server does not answer for the host `" + safe(host) + "`")
                    .mend("start it with --public-url, or list the host under `aliases` in the configuration")
                    .refusal();
        }
        boolean secure = "https".equals(forwardedScheme);
        return new Address((secure ? "https://" : "http://") + authority);
    }

    /**
     * Where a request comes from: the network's word, or, where that is a trusted proxy, the last address in {@code X-Forwarded-For}
     * that is not one of those itself. What stands before it can be made up by the client.
     */
    public String remote(Request request) {
        String remote = Request.getRemoteAddr(request);
        if (!config.trustedProxies().contains(remote)) {
            return remote;
        }
        List<String> hops = request.getHeaders().getCSV("X-Forwarded-For", false);
        for (String hop : hops.reversed()) {
            if (hop.length() <= 45 && !config.trustedProxies().contains(hop)) {
                return hop;
            }
        }
        return remote;
    }

    /** A client on this machine may use a loopback name whatever the public address is, and insists on links to it. */
    private Address publicUnlessLoopback(Request request) {
        String authority = authority(request);
        boolean direct = LOOPBACK.contains(hostOf(authority).toLowerCase(Locale.ROOT))
                && request.getHeaders().get("X-Forwarded-For") == null;
        String base = direct ? "http://" + authority : config.publicUrl().orElseThrow();
        return new Address(base.endsWith("/") ? base.substring(0, base.length() - 1) : base);
    }

    private String authority(Request request) {
        String authority = request.getHttpURI().getAuthority();
        if (authority == null) {
            authority = request.getHeaders().get("Host");
        }
        return wellFormed(authority, "Host");
    }

    /**
     * A host with or without a port, and nothing else, whichever header it came from: in {@code localhost:@evil.example} the part that
     * looks like a host of ours is none.
     */
    private String wellFormed(@Nullable String authority, String header) {
        // Most requests name the host that the one before named.
        if (authority != null && authority.equals(lastWellFormed)) {
            return authority;
        }
        if (authority == null || !AUTHORITY.matcher(authority).matches()) {
            throw Problem.of(Code.INVALID, "the request has no valid `" + header + "`")
                    .mend("send one host there, with its port where it has one")
                    .refusal();
        }
        lastWellFormed = authority;
        return authority;
    }

    private static String hostOf(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
    }

    private static String safe(String host) {
        return host.replaceAll("[^A-Za-z0-9.\\-_:\\[\\]]", "?");
    }
}
