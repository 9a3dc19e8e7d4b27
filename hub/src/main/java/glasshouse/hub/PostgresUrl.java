package glasshouse.hub;

import java.net.URI;

/** The two ways in which people write where a PostgreSQL database is. */
final class PostgresUrl {
    private PostgresUrl() {}

    /**
     * The address as the driver wants it: {@code postgresql://user:password@host/name} puts user and password before the host, the
     * driver wants them as parameters.
     */
    static String jdbc(String text) {
        if (text.startsWith("jdbc:postgresql:")) {
            return text;
        }
        if (!text.startsWith("postgresql://") && !text.startsWith("postgres://")) {
            throw new IllegalArgumentException("is not the address of a PostgreSQL database");
        }
        URI uri = URI.create(text);
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("has no host");
        }
        StringBuilder url = new StringBuilder("jdbc:postgresql://").append(uri.getHost());
        if (uri.getPort() > 0) {
            url.append(':').append(uri.getPort());
        }
        url.append(uri.getRawPath());
        char next = '?';
        if (uri.getRawQuery() != null) {
            url.append(next).append(uri.getRawQuery());
            next = '&';
        }
        if (uri.getRawUserInfo() != null) {
            String[] parts = uri.getRawUserInfo().split(":", 2);
            url.append(next).append("user=").append(parts[0]);
            if (parts.length > 1) {
                url.append("&password=").append(parts[1]);
            }
        }
        return url.toString();
    }

    /** The address without its password. */
    static String masked(String url) {
        return url.replaceAll("(?i)(password=)[^&]*", "$1********").replaceAll("://([^:/@]*):.*@", "://$1:********@");
    }
}
