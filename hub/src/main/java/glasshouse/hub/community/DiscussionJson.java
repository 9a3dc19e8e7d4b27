package glasshouse.hub.community;

import glasshouse.hub.index.Discussions.Discussion;
import glasshouse.hub.index.Discussions.Event;
import glasshouse.hub.index.Discussions.EventType;
import glasshouse.hub.index.Discussions.Status;
import glasshouse.hub.index.Entry;
import glasshouse.hub.web.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Discussions in the form that the Hub's clients read. */
final class DiscussionJson {
    private DiscussionJson() {}

    /** What lists show. */
    static ObjectNode brief(Entry entry, Discussion discussion) {
        ObjectNode json = Json.object()
                .put("num", discussion.num())
                .put("title", discussion.title())
                .put("status", discussion.status().word())
                .put("isPullRequest", discussion.pull().isPresent())
                .put("createdAt", Json.time(discussion.createdAt()));
        json.set("author", author(discussion.author()));
        json.putObject("repo")
                .put("name", entry.name().toString())
                .put("type", entry.kind().apiType());
        json.putObject("repoOwner").put("name", entry.name().namespace());
        return json;
    }

    private static ObjectNode author(String name) {
        return Json.object().put("name", name).put("type", "user");
    }

    /** What happened, in order: what people said and did, and the commits that came. */
    static ArrayNode events(Discussion discussion, List<Event> events, List<Proposal.Commit> commits) {
        record At(Instant when, ObjectNode json) {}
        List<At> all = new ArrayList<>();
        events.forEach(event -> all.add(new At(event.createdAt(), event(event))));
        Instant end = discussion.status() == Status.MERGED && !events.isEmpty()
                ? events.getLast().createdAt().minusMillis(1)
                : Instant.MAX;
        for (Proposal.Commit commit : commits) {
            // A commit says of itself when it was made; it cannot have come before what it came to.
            Instant at = commit.at().isBefore(discussion.createdAt()) ? discussion.createdAt() : commit.at();
            ObjectNode json = Json.object()
                    .put("id", commit.id().value().substring(0, 24))
                    .put("type", "commit")
                    .put("createdAt", Json.time(at));
            json.set("author", author(commit.author()));
            json.putObject("data")
                    .put("subject", commit.subject())
                    .put("oid", commit.id().value());
            // It says so in whole seconds: what people did within the same one goes first, and merging last.
            Instant place = at.plusMillis(999);
            all.add(new At(place.isAfter(end) ? end : place, json));
        }
        // Stable: what happened at the same moment stays in its order, people first.
        all.sort(Comparator.comparing(At::when));
        ArrayNode json = Json.array();
        all.forEach(at -> json.add(at.json()));
        return json;
    }

    static ObjectNode event(Event event) {
        ObjectNode json = Json.object()
                .put("id", event.id())
                .put("type", event.type().word())
                .put("createdAt", Json.time(event.createdAt()));
        json.set("author", author(event.author()));
        JsonNode kept = Json.parse(event.data().getBytes(StandardCharsets.UTF_8));
        json.set("data", event.type() == EventType.COMMENT ? comment(event, kept) : kept);
        return json;
    }

    private static ObjectNode comment(Event event, JsonNode kept) {
        String text = event.hidden()
                ? "This comment has been hidden"
                : kept.path("text").asString("");
        ObjectNode latest = Json.object()
                .put("raw", text)
                .put("html", html(text))
                .put("updatedAt", Json.time(event.editedAt().orElse(event.createdAt())));
        latest.set("author", author(event.author()));
        ObjectNode data = Json.object()
                .put("edited", event.editedAt().isPresent())
                .put("hidden", event.hidden())
                .put("numEdits", event.editedAt().isPresent() ? 1 : 0);
        data.putArray("history").add(latest.deepCopy());
        data.set("latest", latest);
        return data;
    }

    /** The text as paragraphs, nothing of it taken for markup. */
    private static String html(String text) {
        String safe = text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
        return "<p>" + safe.replaceAll("\\R{2,}", "</p>\n<p>") + "</p>";
    }
}
