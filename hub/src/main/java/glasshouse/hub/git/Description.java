package glasshouse.hub.git;

import glasshouse.core.entry.EntryId;
import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.Gate;
import glasshouse.core.entry.RepoName;
import glasshouse.core.entry.Visibility;
import glasshouse.hub.index.Entry;
import glasshouse.hub.web.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a bare repository says about itself in {@code glasshouse.json}: what {@code reindex} reads. One JSON object:
 *
 * <pre>{"version": 1, "id": "…", "kind": "model", "name": "ns/name", "visibility": "public", "gate": "none",
 *  "defaultBranch": "main", "sdk": "gradio", "creator": "…", "createdAt": "2026-11-20T00:00:00Z"}</pre>
 */
public final class Description {
    /** The name of the file within the repository. */
    public static final String FILE = "glasshouse.json";

    private Description() {}

    /** The text for an entry. */
    public static String text(Entry entry) {
        var json = Json.object()
                .put("version", 1)
                .put("id", entry.id().value())
                .put("kind", entry.kind().apiType())
                .put("name", entry.name().toString())
                .put("visibility", entry.visibility().word())
                .put("gate", entry.gate().word())
                .put("defaultBranch", entry.defaultBranch());
        entry.sdk().ifPresent(sdk -> json.put("sdk", sdk));
        json.put("creator", entry.creatorId())
                .put("createdAt", entry.createdAt().toString());
        return json + "\n";
    }

    /** Writes the description of an entry; it is on disk when the call returns, and never half there. */
    public static void write(GitRepo repo, Entry entry) throws IOException {
        Durable.replace(repo.folder().resolve(FILE), text(entry));
    }

    /** What a repository says about itself; nothing where it does not, or not in a way that can be read. */
    public static Optional<Entry> read(Path folder) {
        try {
            return parse(Files.readString(folder.resolve(FILE)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Reads the text of a description. */
    public static Optional<Entry> parse(String text) {
        try {
            JsonNode json = Json.mapper().readTree(text);
            Instant created = Instant.parse(json.path("createdAt").asString(""));
            return Optional.of(new Entry(
                    new EntryId(json.path("id").asString("")),
                    EntryKind.parse(json.path("kind").asString("")).orElseThrow(),
                    RepoName.parse(json.path("name").asString("")),
                    Visibility.parse(json.path("visibility").asString("")).orElse(Visibility.PRIVATE),
                    Gate.parse(json.path("gate").asString("")).orElse(Gate.NONE),
                    json.path("defaultBranch").asString("main"),
                    Optional.ofNullable(json.get("sdk")).map(JsonNode::asString),
                    json.path("creator").asString(""),
                    created,
                    Entry.Head.unknown(created)));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }
}
