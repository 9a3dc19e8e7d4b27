package glasshouse.hub.gate;

import glasshouse.core.access.Action;
import glasshouse.core.entry.Names;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.index.Governance;
import glasshouse.hub.index.Governance.AccessRequest;
import glasshouse.hub.web.Address;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Guard;
import glasshouse.hub.web.Guard.Demand;
import glasshouse.hub.web.Json;
import glasshouse.hub.web.Method;
import glasshouse.hub.web.NextPage;
import glasshouse.hub.web.Parameters;
import glasshouse.hub.web.Reply;
import glasshouse.hub.web.Route;
import glasshouse.hub.web.Surface;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Requests for access to gated entries. */
public final class GateRoutes {
    private static final int PAGE = 1_000;
    private static final int MAX_BATCH = 1_000;
    private static final String REQUESTS = "/api/{kinds}/{entry}/user-access-request/";

    private final AccessRequests requests;
    private final Governance governance;

    public GateRoutes(AccessRequests requests, Governance governance) {
        this.requests = requests;
        this.governance = governance;
    }

    public List<Route> routes() {
        Guard administer = Guard.entry(Action.ADMINISTER);
        return List.of(
                new Route(
                        Method.POST,
                        "/{entry}/ask-access",
                        Surface.PAGE,
                        Guard.entry(Action.ASK_ACCESS),
                        this::ask,
                        "Asks for access to a gated entry: a form with the fields that its card names."),
                new Route(
                        Method.POST,
                        "/api/{kinds}/{entry}/ask-access",
                        Surface.API,
                        Guard.entry(Action.ASK_ACCESS),
                        this::ask,
                        "Asks for access to a gated entry: a form or a JSON object with the fields that its card names."),
                new Route(
                        Method.GET,
                        REQUESTS + "{status}",
                        Surface.API,
                        administer,
                        this::list,
                        "Lists requests for access that are `pending`, `accepted` or `rejected`."),
                new Route(
                        Method.POST,
                        REQUESTS + "handle",
                        Surface.API,
                        administer,
                        this::handle,
                        "Decides on a request: `user`, `status`, `rejectionReason`."),
                new Route(
                        Method.POST,
                        REQUESTS + "batch",
                        Surface.API,
                        administer,
                        this::batch,
                        "Decides on several requests: `users`, `status`, `rejectionReason`; says which could not be decided on."),
                new Route(
                        Method.POST,
                        REQUESTS + "grant",
                        Surface.API,
                        administer,
                        this::grant,
                        "Gives access to a `user` who may not have asked."),
                new Route(
                        Method.POST,
                        REQUESTS + "cancel",
                        Surface.API,
                        new Guard.Found(Set.of(Action.ADMINISTER, Action.ASK_ACCESS), true, GateRoutes::mayCancel),
                        this::cancel,
                        "Takes a request or access back: that of a `user`, or one's own."),
                new Route(
                        Method.GET,
                        "/{entry}/user-access-report",
                        Surface.FILE,
                        administer,
                        this::report,
                        "All requests for access as CSV."));
    }

    private Reply ask(Call call) throws IOException {
        Map<String, String> answers = new HashMap<>();
        boolean json = call.contentType().startsWith("application/json");
        if (json) {
            for (Map.Entry<String, JsonNode> field : call.jsonOrEmpty().properties()) {
                answers.put(field.getKey(), field.getValue().asString(""));
            }
        } else {
            Parameters form = call.form();
            form.names().forEach(name -> answers.put(name, form.first(name).orElse("")));
        }
        AccessRequests.Status status = requests.ask(call.entry(), call.account(), answers);
        boolean page = call.route().surface() == Surface.PAGE && !json;
        return page
                ? Reply.seeOther("/" + Address.encodePath(call.entry().pagePath()))
                : Reply.json(Json.object().put("status", status.word()));
    }

    private Reply list(Call call) {
        String status = AccessRequests.Status.parse(call.path("status")).word();
        int limit = call.queryInt("limit", PAGE, 1, PAGE);
        List<AccessRequest> found = call.query("cursor")
                .map(cursor -> {
                    int space = cursor.indexOf(' ');
                    return governance.requestsAfter(
                            call.entry().id(),
                            status,
                            at(cursor.substring(0, Math.max(0, space))),
                            cursor.substring(space + 1),
                            limit + 1);
                })
                .orElseGet(() -> governance.requests(call.entry().id(), status, 0, limit + 1));
        boolean more = found.size() > limit;
        List<AccessRequest> page = more ? found.subList(0, limit) : found;
        ArrayNode answer = Json.array();
        page.forEach(request -> answer.add(json(request)));
        Optional<String> next = more
                ? Optional.of(page.getLast().askedAt().toEpochMilli() + " "
                        + page.getLast().accountId())
                : Optional.empty();
        return NextPage.link(Reply.json(answer), call, next);
    }

    private static Instant at(String millis) {
        try {
            return Instant.ofEpochMilli(Long.parseLong(millis));
        } catch (NumberFormatException e) {
            throw Problem.of(Code.INVALID, "`cursor` is not one that this server gave")
                    .refusal();
        }
    }

    private static ObjectNode json(AccessRequest request) {
        ObjectNode json = Json.object();
        ObjectNode user = json.putObject("user")
                .put("_id", request.accountId())
                .put("user", request.account())
                .put("fullname", request.fullName())
                .put("type", "user");
        if (request.asked()) {
            request.email().ifPresent(email -> user.put("email", email));
        }
        json.put("status", request.status()).put("timestamp", Json.time(request.askedAt()));
        request.reason().ifPresent(reason -> json.put("rejectionReason", reason));
        JsonNode fields = Json.parse(request.fields().getBytes(StandardCharsets.UTF_8));
        if (!fields.isEmpty()) {
            json.set("fields", fields);
        }
        return json;
    }

    private Reply handle(Call call) throws IOException {
        JsonNode body = call.json();
        requests.decide(
                call.entry(),
                text(body, "user"),
                AccessRequests.Status.parse(text(body, "status")),
                reason(body),
                call.account());
        return Reply.json(Json.object());
    }

    private Reply batch(Call call) throws IOException {
        JsonNode body = call.json();
        JsonNode users = body.path("users");
        if (!users.isArray() || users.isEmpty() || users.size() > MAX_BATCH) {
            throw Problem.of(Code.INVALID, "`users` is a list of 1 to " + MAX_BATCH + " names")
                    .refusal();
        }
        AccessRequests.Status status = AccessRequests.Status.parse(text(body, "status"));
        ObjectNode answer = Json.object();
        ArrayNode done = answer.putArray("handled");
        ArrayNode failed = answer.putArray("failed");
        for (JsonNode user : users) {
            String name = user.asString("");
            try {
                requests.decide(call.entry(), name, status, reason(body), call.account());
                done.add(name);
            } catch (glasshouse.core.problem.Refusal refusal) {
                failed.addObject()
                        .put("user", name)
                        .put("error", refusal.problem().sentence());
            }
        }
        return Reply.json(answer);
    }

    private Reply grant(Call call) throws IOException {
        requests.grant(call.entry(), text(call.json(), "user"), call.account());
        return Reply.json(Json.object());
    }

    private static List<Demand> mayCancel(Call call) throws IOException {
        Action action = isOwn(call) ? Action.ASK_ACCESS : Action.ADMINISTER;
        return List.of(new Demand.OnEntry(action, call.entry()));
    }

    /** Whether the call is about the caller's own request. Somebody who did not say who they are has none. */
    private static boolean isOwn(Call call) throws IOException {
        String user = call.jsonOrEmpty().path("user").asString("");
        return call.caller()
                .account()
                .map(account -> user.isEmpty() || Names.key(user).equals(Names.key(account.name())))
                .orElse(true);
    }

    private Reply cancel(Call call) throws IOException {
        if (isOwn(call)) {
            requests.withdraw(call.entry(), call.account());
        } else {
            requests.cancel(call.entry(), text(call.json(), "user"));
        }
        return Reply.json(Json.object());
    }

    private Reply report(Call call) {
        AccessReport report = new AccessReport(governance, call.entry());
        String name = call.entry().name().toString().replace('/', '-') + "-access.csv";
        return Reply.stream("text/csv; charset=utf-8", report::write)
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .header("X-Content-Type-Options", "nosniff");
    }

    private static String text(JsonNode body, String key) {
        JsonNode value = body.path(key);
        if (!value.isString() || value.asString().isBlank()) {
            throw Problem.of(Code.INVALID, "`" + key + "` is missing").refusal();
        }
        return value.asString().strip();
    }

    private static Optional<String> reason(JsonNode body) {
        return Optional.of(body.path("rejectionReason").asString("").strip()).filter(text -> !text.isEmpty());
    }
}
