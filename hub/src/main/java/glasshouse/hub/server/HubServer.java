package glasshouse.hub.server;

import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.core.problem.Refusal;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty, set up the way we need it. Started and stopped once. */
public final class HubServer implements AutoCloseable {
    private static final int INPUT_BUFFER = 64 << 10;
    private static final int OUTPUT_BUFFER = 64 << 10;
    private static final int HEADER_BYTES = 16 << 10;

    static {
        // Jetty would start Java's management, with all its beans, to learn how many references fit into a line of the
        // cache.
        if (System.getProperty("org.eclipse.jetty.util.referencesPerCacheLine") == null) {
            System.setProperty("org.eclipse.jetty.util.referencesPerCacheLine", "16");
        }
    }

    private final ServerConfig config;
    private final Handler handler;
    private Optional<ServerConnector> connector = Optional.empty();

    public HubServer(ServerConfig config, Handler handler) {
        this.config = config;
        this.handler = handler;
    }

    /**
     * Begins to load what {@link #start} needs, beside what the caller does meanwhile: Jetty asks for all locales there are, which
     * takes longer than anything else of it.
     */
    public static void prepare() {
        Thread.ofPlatform().daemon().name("prepare-http").start(() -> {
            var _ = new ServerConnector(new Server());
        });
    }

    /** Jetty is made when it is started, since a command that opens the hub without starting it needs none. */
    private ServerConnector connector() {
        QueuedThreadPool threads = new QueuedThreadPool(64, 4);
        threads.setName("http");
        threads.setVirtualThreadsExecutor(Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("request").factory()));
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(true);
        http.setOutputBufferSize(OUTPUT_BUFFER);
        http.setRequestHeaderSize(HEADER_BYTES);
        http.setResponseHeaderSize(HEADER_BYTES);
        http.setIdleTimeout(config.idleTimeout().toMillis());
        // Clients send `refs%2Fpr%2F1` as one segment; the router splits before it decodes, so nothing is ambiguous to
        // it.
        http.setUriCompliance(UriCompliance.from(EnumSet.of(
                UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
                UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
                UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT,
                UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS)));
        HttpConnectionFactory connections = new HttpConnectionFactory(http);
        connections.setInputBufferSize(INPUT_BUFFER);
        ServerConnector made = new ServerConnector(server, 1, 1, connections);
        made.setHost(config.host());
        made.setPort(config.port());
        made.setIdleTimeout(config.idleTimeout().toMillis());
        made.setAcceptQueueSize(1024);
        server.addConnector(made);
        server.addBean(new NetworkConnectionLimit(config.maxConnections(), server));
        server.setStopTimeout(config.stopTimeout().toMillis());
        GracefulHandler graceful = new GracefulHandler() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                if (isShutdown()) {
                    response.getHeaders()
                            .put(HttpHeader.RETRY_AFTER, config.stopTimeout().toSeconds() + 1);
                }
                return super.handle(request, response, callback);
            }
        };
        graceful.setHandler(handler);
        HeadWatch watch = new HeadWatch(graceful, made.getScheduler(), config.headTimeout(), config.idleTimeout());
        made.addEventListener(watch.listener());
        server.setHandler(watch);
        return made;
    }

    /**
     * Starts to listen.
     *
     * @throws glasshouse.core.problem.Refusal CONFLICT where the port is taken, or the address is not this machine's
     */
    public void start() {
        ServerConnector made = connector();
        try {
            made.getServer().start();
            connector = Optional.of(made);
        } catch (IOException e) {
            throw new Refusal(
                    Problem.of(Code.CONFLICT, "cannot listen on " + config.host() + ":" + config.port())
                            .because(reason(e))
                            .mend("choose another with --port or --host"),
                    e);
        } catch (Exception e) {
            throw new IllegalStateException("the server did not start", e);
        }
    }

    /** Jetty says once more what it tried; what the system said is below that. */
    private static String reason(IOException fault) {
        Throwable said = fault.getCause() == null ? fault : fault.getCause();
        return String.valueOf(said.getMessage());
    }

    /** The port that is listened on; the one that is configured, where nothing listens yet. */
    public int port() {
        return connector.map(ServerConnector::getLocalPort).orElse(config.port());
    }

    /** Lets running requests finish, refuses new ones with 503, then stops. */
    @Override
    public void close() {
        if (connector.isEmpty()) {
            return;
        }
        try {
            connector.get().getServer().stop();
        } catch (Exception e) {
            throw new IllegalStateException("the server did not stop cleanly", e);
        }
    }
}
