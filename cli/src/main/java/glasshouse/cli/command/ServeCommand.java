package glasshouse.cli.command;

import glasshouse.hub.Hub;
import glasshouse.hub.HubConfig;
import glasshouse.hub.index.DatabaseConfig;
import glasshouse.hub.server.ServerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the server until it is told to stop. */
@Command(
        name = "serve",
        description = "Run the server until it is told to stop.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  glasshouse serve",
            "  glasshouse serve --data /srv/glasshouse --host 0.0.0.0 --public-url https://hub.example.org"
        })
public final class ServeCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "--data", paramLabel = "DIR", description = "the data folder (default: data)")
    private Path data = Path.of("data");

    @Option(names = "--host", description = "address to listen on (default: 127.0.0.1)")
    private String host = "127.0.0.1";

    @Option(names = "--port", description = "port to listen on; 0 for any that is free (default: 8080)")
    private int port = 8080;

    @Option(names = "--public-url", paramLabel = "URL", description = "what stands before links")
    private @Nullable String publicUrl;

    public ServeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = terminal.folder().resolve(data).toAbsolutePath().normalize();
        ServerConfig loopback = ServerConfig.loopback(port);
        ServerConfig server = new ServerConfig(
                host,
                port,
                Optional.ofNullable(publicUrl),
                loopback.aliases(),
                loopback.trustedProxies(),
                loopback.idleTimeout(),
                loopback.minBodyRate(),
                loopback.maxConnections(),
                loopback.stopTimeout());
        HubConfig config = new HubConfig(folder, server, new DatabaseConfig.Embedded(folder), HubConfig.Limits.DEFAULT);
        Hub hub = Hub.open(config, InstantSource.system(), line -> {});
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(hub), "stop"));
        hub.start();
        terminal.out()
                .println("glasshouse is ready at http://" + host + ":" + hub.port() + " with its data in " + folder);
        terminal.out().flush();
        new CountDownLatch(1).await();
        return 0;
    }

    private static void stop(Hub hub) {
        int code = 0;
        try {
            hub.close();
        } catch (IOException | RuntimeException e) {
            LoggerFactory.getLogger(ServeCommand.class).error("the server did not stop cleanly", e);
            code = 70;
        }
        // A process that a signal ends would say 143; it was asked to stop and has stopped.
        Runtime.getRuntime().halt(code);
    }
}
