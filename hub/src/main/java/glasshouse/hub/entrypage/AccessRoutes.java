package glasshouse.hub.entrypage;

import glasshouse.core.access.Action;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.core.problem.Refusal;
import glasshouse.hub.gate.AccessRequests;
import glasshouse.hub.gate.AccessRequests.Status;
import glasshouse.hub.gate.GateField;
import glasshouse.hub.index.Governance;
import glasshouse.hub.index.Governance.AccessRequest;
import glasshouse.hub.page.EntryFrame;
import glasshouse.hub.page.EntryFrames;
import glasshouse.hub.page.Pages;
import glasshouse.hub.page.Wording;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Guard;
import glasshouse.hub.web.Handler;
import glasshouse.hub.web.Json;
import glasshouse.hub.web.Method;
import glasshouse.hub.web.Reply;
import glasshouse.hub.web.Route;
import glasshouse.hub.web.Surface;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asking for access to the files of an entry, and deciding on it. */
public final class AccessRoutes {
    private static final int SIZE = 50;
    private static final int MAX_PAGE = 100_000;

    private final Pages pages;
    private final EntryFrames frames;
    private final Governance governance;
    private final AccessRequests requests;

    public AccessRoutes(Pages pages, EntryFrames frames, Governance governance, AccessRequests requests) {
        this.pages = pages;
        this.frames = frames;
        this.governance = governance;
        this.requests = requests;
    }

    public List<Route> routes() {
        return List.of(
                route(
                        Method.GET,
                        "/access",
                        Action.ASK_ACCESS,
                        this::ask,
                        "Where access to the files of an entry is asked for."),
                route(
                        Method.GET,
                        "/settings/requests",
                        Action.ADMINISTER,
                        call -> list(call, 200, Optional.empty()),
                        "Requests for access; `?status=`."),
                route(
                        Method.POST,
                        "/settings/requests",
                        Action.ADMINISTER,
                        this::decide,
                        "Decides on a request, or gives access to somebody."));
    }

    private static Route route(Method method, String rest, Action action, Handler handler, String about) {
        return new Route(method, "/{entry}" + rest, Surface.PAGE, Guard.entry(action), handler, about);
    }

    private Reply ask(Call call) throws IOException {
        EntryFrame frame = frames.atHead(call, EntryFrame.Part.FOUND, "Access");
        return pages.reply(
                "entry/access.jte",
                new AccessPage(
                        frame,
                        GateField.of(call.entry()),
                        governance.request(call.entry().id(), call.account().id())));
    }

    private Reply list(Call call, int code, Optional<Problem> fault) throws IOException {
        EntryFrame frame = frames.atHead(call, EntryFrame.Part.SETTINGS, "Requests for access");
        Status status = Status.parse(call.query("status").orElse("pending"));
        int page = call.queryInt("page", 1, 1, MAX_PAGE);
        List<AccessRequest> found = governance.requests(call.entry().id(), status.word(), (page - 1) * SIZE, SIZE + 1);
        String more = frame.home() + "/settings/requests?status=" + status.word() + "&page=" + (page + 1);
        return pages.reply(
                code,
                "entry/requests.jte",
                new RequestsPage(
                        frame,
                        status,
                        found.stream().limit(SIZE).map(AccessRoutes::row).toList(),
                        found.size() > SIZE ? Optional.of(more) : Optional.empty(),
                        fault));
    }

    private static RequestsPage.Row row(AccessRequest request) {
        List<RequestsPage.Answer> answers = new ArrayList<>();
        for (var field :
                Json.parse(request.fields().getBytes(StandardCharsets.UTF_8)).properties()) {
            String value =
                    field.getValue().isBoolean() ? "yes" : field.getValue().asString("");
            answers.add(new RequestsPage.Answer(Wording.clipped(field.getKey(), 200), Wording.clipped(value, 500)));
        }
        return new RequestsPage.Row(request, answers);
    }

    private Reply decide(Call call) throws IOException {
        String user = call.field("user").orElse("").strip();
        Optional<String> reason = call.field("reason").map(String::strip).filter(text -> !text.isEmpty());
        try {
            switch (call.field("do").orElse("")) {
                case "accept" -> requests.decide(call.entry(), user, Status.ACCEPTED, reason, call.account());
                case "reject" -> requests.decide(call.entry(), user, Status.REJECTED, reason, call.account());
                case "grant" -> requests.grant(call.entry(), user, call.account());
                case "cancel" -> requests.cancel(call.entry(), user);
                default -> throw Problem.of(Code.INVALID, "no such decision").refusal();
            }
        } catch (Refusal refusal) {
            return list(call, 400, Optional.of(refusal.problem()));
        }
        Status back = Status.parse(call.field("back").orElse("pending"));
        return Reply.seeOther("/" + call.entry().pagePath() + "/settings/requests?status=" + back.word());
    }
}
