package glasshouse.hub.server;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the server listens.
 *
 * @param host address to listen on
 * @param port port; 0 for any that is free
 * @param publicUrl what stands before links, where it is set
 * @param aliases other host names that callers may use, besides loopback names
 * @param trustedProxies addresses whose {@code X-Forwarded-*} headers count
 * @param idleTimeout how long a connection may be silent
 * @param headTimeout how long the line and the headers of a request may take, however steadily they come
 * @param minBodyRate least bytes per second of a request's body, after a time of grace
 * @param maxConnections most connections at once
 * @param stopTimeout how long running requests may take to finish when the server stops
 */
public record ServerConfig(
        String host,
        int port,
        Optional<String> publicUrl,
        List<String> aliases,
        List<String> trustedProxies,
        Duration idleTimeout,
        Duration headTimeout,
        long minBodyRate,
        int maxConnections,
        Duration stopTimeout) {
    public ServerConfig {
        aliases = List.copyOf(aliases);
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** Loopback, any free port: what tests use. */
    public static ServerConfig loopback(int port) {
        return new ServerConfig(
                "127.0.0.1",
                port,
                Optional.empty(),
                List.of(),
                List.of(),
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                1024,
                4096,
                Duration.ofSeconds(30));
    }

    /** Whether the server can be reached from other machines. */
    public boolean isExposed() {
        return publicUrl.isPresent()
                || !(host.equals("localhost")
                        || host.equals("::1")
                        || host.equals("[::1]")
                        || host.matches("127\\.\\d+\\.\\d+\\.\\d+"));
    }

    /** Where people reach the server: the public address, or the one that it listens on. */
    public String url(int listeningPort) {
        return publicUrl.orElseGet(() -> {
            String name = switch (host) {
                case "0.0.0.0" -> "127.0.0.1";
                case "::", "[::]" -> "[::1]";
                default -> host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
            };
            return "http://" + name + ":" + listeningPort;
        });
    }
}
