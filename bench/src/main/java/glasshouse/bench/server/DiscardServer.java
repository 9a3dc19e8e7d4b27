package glasshouse.bench.server;

import glasshouse.hub.server.HubServer;
import glasshouse.hub.server.ServerConfig;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the clients need in order to believe that there is a hub, and nothing else: it discards what is sent, without looking at it,
 * and sends zeros. A file is as large as the number in its name says. Argument: port.
 */
public final class DiscardServer extends Handler.Abstract {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");
    private static final int PIECE = 64 << 10;

    private final String base;

    private DiscardServer(String base) {
        this.base = base;
    }

    public static void main(String[] arguments) {
        int port = Integer.parseInt(arguments[0]);
        new HubServer(ServerConfig.loopback(port), new DiscardServer("http://127.0.0.1:" + port)).start();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = String.valueOf(request.getHttpURI().getPath());
        if (request.getMethod().equals("PUT")) {
            try (var body = Content.Source.asInputStream(request)) {
                byte[] piece = new byte[PIECE];
                while (body.read(piece) >= 0) {
                    // gone
                }
            }
            response.setStatus(200);
            callback.succeeded();
        } else if (path.contains("/resolve/") || path.startsWith("/zeros/")) {
            zeros(request, response, Long.parseLong(path.replaceAll("^.*\\D(?=\\d+$)", "")));
            callback.succeeded();
        } else {
            byte[] answer = answer(request, path);
            response.setStatus(200);
            response.getHeaders()
                    .put("Content-Type", path.contains("/lfs/") ? "application/vnd.git-lfs+json" : "application/json");
            response.write(true, ByteBuffer.wrap(answer), callback);
        }
        return true;
    }

    private byte[] answer(Request request, String path) throws Exception {
        if (!request.getMethod().equals("POST")) {
            return "{}".getBytes(StandardCharsets.UTF_8);
        }
        byte[] body;
        try (var in = Content.Source.asInputStream(request)) {
            body = in.readAllBytes();
        }
        ObjectNode answer = JSON.createObjectNode();
        if (path.endsWith("/objects/batch")) {
            batch(JSON.readTree(body), answer);
        } else if (path.contains("/preupload/")) {
            ArrayNode files = answer.putArray("files");
            for (JsonNode file : JSON.readTree(body).path("files")) {
                files.addObject()
                        .put("path", file.path("path").asString())
                        .put("uploadMode", "lfs")
                        .put("shouldIgnore", false);
            }
        } else {
            answer.put("success", true).put("commitOid", "0".repeat(40)).put("commitUrl", base + "/commit");
            answer.put("hookOutput", "");
        }
        return JSON.writeValueAsBytes(answer);
    }

    private void batch(JsonNode ask, ObjectNode answer) {
        answer.put("transfer", "basic");
        ArrayNode objects = answer.putArray("objects");
        String operation = ask.path("operation").asString();
        for (JsonNode object : ask.path("objects")) {
            String where = operation.equals("upload")
                    ? "/put/" + object.path("oid").asString()
                    : "/zeros/" + object.path("size").asLong();
            ObjectNode told = objects.addObject()
                    .put("oid", object.path("oid").asString())
                    .put("size", object.path("size").asLong());
            told.putObject("actions").putObject(operation).put("href", base + where);
        }
    }

    private static void zeros(Request request, Response response, long size) throws Exception {
        String asked = request.getHeaders().get("Range");
        Matcher range = RANGE.matcher(asked == null ? "" : asked);
        long from = 0;
        long to = size - 1;
        response.setStatus(200);
        if (range.matches()) {
            from = Long.parseLong(range.group(1));
            to = range.group(2).isEmpty() ? to : Math.min(to, Long.parseLong(range.group(2)));
            response.setStatus(206);
            response.getHeaders().put("Content-Range", "bytes " + from + "-" + to + "/" + size);
        }
        response.getHeaders().put("ETag", "\"zeros\"");
        response.getHeaders().put("Content-Length", to - from + 1);
        byte[] piece = new byte[PIECE];
        for (long left = to - from + 1; left > 0; left -= PIECE) {
            try (Blocker.Callback written = Blocker.callback()) {
                response.write(left <= PIECE, ByteBuffer.wrap(piece, 0, (int) Math.min(PIECE, left)), written);
                written.block();
            }
        }
    }
}
