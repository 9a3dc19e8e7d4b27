package glasshouse.bench.client;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Asks a server one thing at a time. What is refused is an error. */
public final class Api implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;
    private final int port;
    private final String token;

    public Api(int port, String token) {
        this.base = "http://127.0.0.1:" + port;
        this.port = port;
        this.token = token;
    }

    /** An answer, and how long it took until its last byte was here. */
    public record Answer(HttpResponse<byte[]> raw, double millis) {
        public JsonNode json() {
            return JSON.readTree(raw.body());
        }
    }

    public Answer get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    public Answer head(String path) throws IOException, InterruptedException {
        return send(request(path).HEAD());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).header("Authorization", "Bearer " + token);
    }

    private Answer post(String path, String type, String body) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
    }

    private Answer send(HttpRequest.Builder builder) throws IOException, InterruptedException {
        HttpRequest request = builder.build();
        long started = System.nanoTime();
        HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
        double millis = (System.nanoTime() - started) / 1e6;
        if (answer.statusCode() >= 400) {
            throw new IOException(request.method() + " " + request.uri().getPath() + ": " + answer.statusCode() + " "
                    + new String(answer.body(), StandardCharsets.UTF_8));
        }
        return new Answer(answer, millis);
    }

    /** Makes an entry of the user. */
    public void create(String type, String name) throws IOException, InterruptedException {
        ObjectNode ask = JSON.createObjectNode().put("type", type).put("name", name);
        post("/api/repos/create", "application/json", JSON.writeValueAsString(ask));
    }

    /** Commits one small file. */
    public Answer commit(String entry, String path, String text) throws IOException, InterruptedException {
        ObjectNode header = JSON.createObjectNode().put("key", "header");
        header.putObject("value").put("summary", "one more");
        ObjectNode file = JSON.createObjectNode().put("key", "file");
        file.putObject("value")
                .put("path", path)
                .put("encoding", "base64")
                .put("content", Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
        return post(
                "/api/" + entry + "/commit/main",
                "application/x-ndjson",
                JSON.writeValueAsString(header) + "\n" + JSON.writeValueAsString(file) + "\n");
    }

    /** Uploads an object as git-lfs does, by a plain socket: the client should take next to nothing. Gives the seconds. */
    public double upload(String entry, Content content, String sha256) throws IOException, InterruptedException {
        ObjectNode ask = JSON.createObjectNode().put("operation", "upload");
        ask.putArray("transfers").add("basic");
        ask.putArray("objects").addObject().put("oid", sha256).put("size", content.sizeBytes());
        JsonNode upload = post(
                        "/" + entry + ".git/info/lfs/objects/batch",
                        "application/vnd.git-lfs+json",
                        JSON.writeValueAsString(ask))
                .json()
                .path("objects")
                .path(0)
                .path("actions")
                .path("upload");
        URI where = URI.create(upload.path("href").asString());
        StringBuilder head = new StringBuilder("PUT " + where.getRawPath());
        if (where.getRawQuery() != null) {
            head.append('?').append(where.getRawQuery());
        }
        head.append(" HTTP/1.1\r\nHost: 127.0.0.1:").append(port).append("\r\n");
        for (var header : upload.path("header").properties()) {
            head.append(header.getKey())
                    .append(": ")
                    .append(header.getValue().asString())
                    .append("\r\n");
        }
        head.append("Content-Type: application/octet-stream\r\nContent-Length: ")
                .append(content.sizeBytes());
        head.append("\r\n\r\n");
        long started = System.nanoTime();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            out.write(head.toString().getBytes(StandardCharsets.US_ASCII));
            content.writeTo(out);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            String status = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
            if (!status.equals("HTTP/1.1 200")) {
                throw new IOException("the upload was answered " + status);
            }
        }
        return (System.nanoTime() - started) / 1e9;
    }

    @Override
    public void close() {
        http.close();
    }
}
