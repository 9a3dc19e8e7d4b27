package glasshouse.hub.watch;

import glasshouse.hub.index.Database;
import glasshouse.hub.server.Journal;
import glasshouse.hub.web.Guard;
import glasshouse.hub.web.Json;
import glasshouse.hub.web.Method;
import glasshouse.hub.web.Reply;
import glasshouse.hub.web.Route;
import glasshouse.hub.web.Surface;
import java.util.List;
import java.util.function.Supplier;

/** Health and metrics. */
public final class WatchRoutes {
    private final Database people;
    private final Database index;
    private final Journal journal;
    private final Supplier<List<Route>> all;

    /** @param all every route there is, for the document that describes them; asked when somebody wants it */
    public WatchRoutes(Database people, Database index, Journal journal, Supplier<List<Route>> all) {
        this.people = people;
        this.index = index;
        this.journal = journal;
        this.all = all;
    }

    public List<Route> routes() {
        return List.of(
                new Route(
                        Method.GET,
                        "/health",
                        Surface.PLAIN,
                        Guard.anybody(),
                        call -> health(),
                        "Whether the server can answer: 200 with `ok`, once both databases have answered."),
                new Route(
                        Method.GET,
                        "/metrics",
                        Surface.PLAIN,
                        Guard.anybody(),
                        call -> Reply.bytes(
                                200,
                                "text/plain; version=0.0.4; charset=utf-8",
                                journal.metrics().getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                        "Figures in the text format of Prometheus."),
                new Route(
                        Method.GET,
                        "/api/glasshouse/v1/openapi.json",
                        Surface.API,
                        Guard.anybody(),
                        call -> Reply.json(OpenApi.of(all.get())),
                        "This description of everything that can be asked, in OpenAPI."));
    }

    private Reply health() {
        people.answer();
        index.answer();
        return Reply.json(Json.object().put("status", "ok"));
    }
}
