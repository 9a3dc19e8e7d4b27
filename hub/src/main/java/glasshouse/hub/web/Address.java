package glasshouse.hub.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Where callers reach us: what stands before every absolute link in an answer.
 *
 * @param base {@code http://host:port}, without a slash at its end
 */
public record Address(String base) {
    public Address {
        if (base.endsWith("/")) {
            throw new IllegalArgumentException("an address has no slash at its end: " + base);
        }
    }

    /** An absolute link to a path that starts with a slash and is encoded already. */
    public String link(String path) {
        return base + path;
    }

    /** A path with each of its segments encoded, slashes kept. */
    public static String encodePath(String path) {
        StringBuilder encoded = new StringBuilder();
        for (String segment : path.split("/", -1)) {
            if (!encoded.isEmpty()) {
                encoded.append('/');
            }
            encoded.append(encodeSegment(segment));
        }
        return encoded.toString();
    }

    /** One segment, its slashes encoded as well. */
    public static String encodeSegment(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%7E", "~");
    }
}
