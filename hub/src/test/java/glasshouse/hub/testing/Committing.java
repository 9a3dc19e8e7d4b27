package glasshouse.hub.testing;

import glasshouse.hub.index.Entry;
import glasshouse.hub.testing.TestHub.Answer;
import glasshouse.hub.web.Json;
import glasshouse.store.object.Expectation;
import glasshouse.store.object.ObjectWriter;
import glasshouse.store.object.Stored;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Builds the body of a commit, line by line, as the clients send it. */
public final class Committing {
    private final List<String> lines = new ArrayList<>();

    public static Committing titled(String summary) {
        return new Committing()
                .line("header", Json.object().put("summary", summary).put("description", ""));
    }

    public static Committing onto(String parent, String summary) {
        return new Committing()
                .line("header", Json.object().put("summary", summary).put("parentCommit", parent));
    }

    /** Any line. */
    public Committing line(String key, Object value) {
        var line = Json.object().put("key", key);
        line.set("value", Json.mapper().valueToTree(value));
        lines.add(Json.text(line));
        return this;
    }

    public Committing file(String path, String content) {
        return file(path, content.getBytes(StandardCharsets.UTF_8));
    }

    public Committing file(String path, byte[] content) {
        return line(
                "file",
                Json.object()
                        .put("content", Base64.getEncoder().encodeToString(content))
                        .put("path", path)
                        .put("encoding", "base64"));
    }

    public Committing large(String path, Stored object) {
        return line(
                "lfsFile",
                Json.object()
                        .put("path", path)
                        .put("algo", "sha256")
                        .put("oid", object.sha256().hex())
                        .put("size", object.sizeBytes()));
    }

    public Committing delete(String path) {
        return line("deletedFile", Json.object().put("path", path));
    }

    public String body() {
        return String.join("\n", lines) + "\n";
    }

    /** Sends it to {@code main}. */
    public Answer send(TestHub hub, Entry entry, String token) throws Exception {
        return send(hub, entry, token, "main");
    }

    /** Sends it; {@code revision} may have a query behind it. */
    public Answer send(TestHub hub, Entry entry, String token, String revision) throws Exception {
        String path = "/api/" + entry.kind().apiSegment() + "/" + entry.name() + "/commit/" + revision;
        return hub.send("POST", path, token, "application/x-ndjson", body());
    }

    /** Puts an object into the store and gives it to an entry, as an upload does. */
    public static Stored upload(TestHub hub, Entry entry, byte[] content) throws IOException {
        try (ObjectWriter writer = hub.parts().store().begin(Expectation.NONE)) {
            writer.write(content, 0, content.length);
            Stored stored = writer.commit();
            hub.parts().held().hold(entry.id(), stored.sha256().hex(), stored.sizeBytes(), Instant.now());
            return stored;
        }
    }
}
