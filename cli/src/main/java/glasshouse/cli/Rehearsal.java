package glasshouse.cli;

import glasshouse.cli.command.Terminal;
import glasshouse.hub.Hub;
import glasshouse.hub.HubConfig;
import glasshouse.hub.HubSettings;
import glasshouse.hub.server.HubServer;
import glasshouse.hub.server.RequestLog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Does in a temporary folder what people do most, for the launcher: while this runs, Java notes which classes it needs, and writes
 * them down in the form that a later start reads at once. Not a command for people, so help does not show it.
 */
@Command(name = "rehearse", hidden = true, description = "For the launcher: run what is to start quickly later.")
final class Rehearsal implements Callable<Integer> {
    private static final List<String> PATHS =
            List.of("/health", "/", "/models", "/login", "/api/models?limit=1", "/api/whoami-v2", "/nobody/nothing");

    @Parameters(paramLabel = "serve|commands")
    private String what = "commands";

    @Override
    public Integer call() throws IOException {
        Path folder = Files.createTempDirectory("glasshouse-rehearsal");
        try {
            if (what.equals("serve")) {
                serve(folder.resolve("data"));
            } else {
                commands(folder);
            }
            return 0;
        } finally {
            delete(folder);
        }
    }

    private static void serve(Path data) throws IOException {
        // Twice: the second start is that of a folder whose tables are there, which is the usual one.
        for (int start = 0; start < 2; start++) {
            var configuration = HubSettings.read(
                    data,
                    Optional.empty(),
                    Map.of(),
                    List.of(
                            HubSettings.flag("data", "--data", data.toString()),
                            HubSettings.flag("server.port", "--port", "0")));
            HubConfig config = HubSettings.hub(configuration, data);
            RequestLog requests = new RequestLog(HubSettings.requestLog(configuration, data), nowhere());
            HubServer.prepare();
            try (requests;
                    Hub hub = Hub.open(config, InstantSource.system(), requests)) {
                requests.start();
                hub.start();
                for (String path : PATHS) {
                    get(hub.port(), path);
                }
            }
        }
    }

    private static void get(int port, String path) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                                    + "\r\nAccept: text/html\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
    }

    private static void commands(Path folder) {
        Terminal terminal = new Terminal(
                nowhere(), nowhere(), new ByteArrayInputStream(new byte[0]), Optional.empty(), Map.of(), folder);
        for (String line : List.of(
                "--help",
                "user add ada",
                "user list",
                "token create --user ada --role write",
                "token list --json",
                "org add lab --member ada:admin",
                "config",
                "serve --help",
                "nothing")) {
            int _ = Main.run(terminal, line.split(" "));
        }
    }

    private static PrintStream nowhere() {
        return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
