package glasshouse.bench.server;

import glasshouse.hub.server.HubServer;
import glasshouse.hub.server.ServerConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The same HTTP server without the program: it sends bytes that are laid out in a folder, as often as it is asked. Arguments: port,
 * folder. Each answer there is a file {@code NAME.head} (the first line is method and path, the others are headers) and a file
 * {@code NAME.body}.
 */
public final class BareServer {
    private BareServer() {}

    private record Canned(List<String[]> headers, byte[] body) {}

    public static void main(String[] arguments) throws Exception {
        Map<String, Canned> answers = new HashMap<>();
        try (var files = Files.newDirectoryStream(Path.of(arguments[1]), "*.head")) {
            for (Path head : files) {
                List<String> lines = Files.readAllLines(head);
                List<String[]> headers = new ArrayList<>();
                lines.stream().skip(1).forEach(line -> headers.add(line.split(": ", 2)));
                String body = head.toString().replaceAll("head$", "body");
                answers.put(lines.getFirst(), new Canned(headers, Files.readAllBytes(Path.of(body))));
            }
        }
        answers.put("GET /health", new Canned(List.of(), "ok".getBytes(StandardCharsets.US_ASCII)));
        HubServer server = new HubServer(ServerConfig.loopback(Integer.parseInt(arguments[0])), new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws IOException {
                Canned canned = answers.get(
                        request.getMethod() + " " + request.getHttpURI().getPathQuery());
                if (canned == null) {
                    return false;
                }
                response.setStatus(200);
                canned.headers().forEach(header -> response.getHeaders().add(header[0], header[1]));
                response.write(true, ByteBuffer.wrap(canned.body()), callback);
                return true;
            }
        });
        server.start();
    }
}
