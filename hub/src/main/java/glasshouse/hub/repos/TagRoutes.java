package glasshouse.hub.repos;

import glasshouse.core.entry.EntryKind;
import glasshouse.hub.index.Audience;
import glasshouse.hub.index.Entries;
import glasshouse.hub.index.EntryQuery;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Guard;
import glasshouse.hub.web.Json;
import glasshouse.hub.web.Method;
import glasshouse.hub.web.Reply;
import glasshouse.hub.web.Route;
import glasshouse.hub.web.Surface;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** The tags that lists can be filtered by, as far as there is an entry that the caller may see with each. */
public final class TagRoutes {
    private static final int MAX_TAGS = 5_000;

    private final Entries entries;

    public TagRoutes(Entries entries) {
        this.entries = entries;
    }

    public List<Route> routes() {
        return List.of(
                route(EntryKind.MODEL, "/api/models-tags-by-type"),
                route(EntryKind.DATASET, "/api/datasets-tags-by-type"),
                route(EntryKind.CODE, "/api/spaces-tags-by-type"));
    }

    private Route route(EntryKind kind, String address) {
        return new Route(
                Method.GET,
                address,
                Surface.API,
                Guard.anybody(),
                call -> tags(call, kind),
                "The tags of entries by type, the most used first: at most " + MAX_TAGS + ".");
    }

    private Reply tags(Call call, EntryKind kind) {
        Audience audience = call.caller().audience();
        EntryQuery query = EntryQuery.newest(Optional.of(kind), 1);
        Set<String> libraries =
                entries.facet(Entries.Facet.LIBRARY, query, audience, MAX_TAGS).keySet();
        Set<String> tasks =
                entries.facet(Entries.Facet.TASK, query, audience, MAX_TAGS).keySet();
        ObjectNode answer = Json.object();
        for (Map.Entry<String, Long> tag :
                entries.tags(query, audience, MAX_TAGS).entrySet()) {
            String id = tag.getKey();
            String type = type(id, libraries, tasks);
            String label = id.startsWith(type + ":") ? id.substring(type.length() + 1) : id;
            answer.withArray("/" + type.replace("~", "~0").replace("/", "~1"))
                    .addObject()
                    .put("id", id)
                    .put("label", label)
                    .put("type", type)
                    .put("count", tag.getValue());
        }
        return Reply.json(answer);
    }

    private static String type(String tag, Set<String> libraries, Set<String> tasks) {
        int colon = tag.indexOf(':');
        if (colon > 0 && tag.substring(0, colon).matches("[a-z_]{1,40}")) {
            return tag.substring(0, colon);
        }
        if (libraries.contains(tag)) {
            return "library";
        }
        if (tasks.contains(tag)) {
            return "pipeline_tag";
        }
        return tag.matches("[a-z]{2,3}") ? "language" : "other";
    }
}
