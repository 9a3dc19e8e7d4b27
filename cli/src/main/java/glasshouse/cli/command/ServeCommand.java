package glasshouse.cli.command;

import glasshouse.hub.Hub;
import glasshouse.hub.HubConfig;
import glasshouse.hub.HubSettings;
import glasshouse.hub.config.Configuration;
import glasshouse.hub.config.Given;
import glasshouse.hub.server.RequestLog;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Runs the server until it is told to stop. When it is ready it prints one line on standard output; as long as nobody administers
 * it, a second line with the link that creates the administrator. The log goes to standard error.
 */
@Command(
        name = "serve",
        description = "Run the server until it is told to stop (SIGTERM, SIGINT).",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  glasshouse serve",
            "  glasshouse serve --data /srv/glasshouse --host 0.0.0.0 --public-url https://hub.example.org"
        })
public final class ServeCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final Place place = new Place();

    @Option(names = "--host", paramLabel = "ADDRESS", description = "address to listen on (default: 127.0.0.1)")
    private @Nullable String host;

    @Option(names = "--port", paramLabel = "PORT", description = "port to listen on, 0 for any (default: 8080)")
    private @Nullable String port;

    @Option(names = "--public-url", paramLabel = "URL", description = "what stands before links")
    private @Nullable String publicUrl;

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "the request log; - for standard error (default: logs/requests.jsonl in the data folder)")
    private @Nullable String log;

    public ServeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Configuration configuration = place.configuration(terminal, flags());
        HubConfig config = HubSettings.hub(configuration, terminal.folder());
        RequestLog requests = new RequestLog(HubSettings.requestLog(configuration, terminal.folder()), terminal.err());
        Hub hub = Hub.open(config, InstantSource.system(), requests);
        Thread stop = new Thread(() -> stop(hub, requests), "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            requests.start();
            hub.start();
            sayReady(hub, config);
        } catch (IOException | RuntimeException e) {
            // INVARIANT: the hook ends the process with 0, so a start that failed must not reach it.
            Runtime.getRuntime().removeShutdownHook(stop);
            hub.close();
            requests.close();
            throw e;
        }
        new CountDownLatch(1).await();
        return 0;
    }

    private void sayReady(Hub hub, HubConfig config) {
        String ready = "glasshouse is ready at " + hub.url() + " with its data in " + config.data() + "\n";
        String link = hub.firstAdministratorLink()
                .map(made -> "create the administrator at " + made.url() + " (works once, until "
                        + Table.time(made.goodUntil()) + ")\n")
                .orElse("");
        // In one piece, so that whoever waits for the first line can read the second.
        terminal.out().print(ready + link);
        terminal.out().flush();
    }

    private List<Given> flags() {
        List<Given> flags = new ArrayList<>();
        if (host != null) {
            flags.add(HubSettings.flag("server.host", "--host", host));
        }
        if (port != null) {
            flags.add(HubSettings.flag("server.port", "--port", port));
        }
        if (publicUrl != null) {
            flags.add(HubSettings.flag("server.public-url", "--public-url", publicUrl));
        }
        if (log != null) {
            flags.add(HubSettings.flag("log.requests", "--log", log.equals("-") ? log : absolute(log)));
        }
        return flags;
    }

    /** In the file, a path starts from the data folder; on the command line, from where one is. */
    private String absolute(String path) {
        return path.equals("off")
                ? path
                : terminal.folder().resolve(path).toAbsolutePath().toString();
    }

    private static void stop(Hub hub, RequestLog requests) {
        int code = 0;
        try {
            hub.close();
            requests.close();
        } catch (IOException | RuntimeException e) {
            LoggerFactory.getLogger(ServeCommand.class).error("the server did not stop cleanly", e);
            code = 70;
        }
        // A process that a signal ends would say 143; it was asked to stop and has stopped.
        Runtime.getRuntime().halt(code);
    }
}
