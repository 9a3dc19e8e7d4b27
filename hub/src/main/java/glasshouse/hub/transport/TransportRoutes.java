package glasshouse.hub.transport;

import glasshouse.core.access.Action;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Guard;
import glasshouse.hub.web.Method;
import glasshouse.hub.web.Reply;
import glasshouse.hub.web.Route;
import glasshouse.hub.web.Surface;
import java.util.List;
import java.util.Set;

/** What git asks for. The name in the path may end in {@code .git}. */
public final class TransportRoutes {
    private static final String FETCH = "git-upload-pack";
    private static final String PUSH = "git-receive-pack";

    private final Fetches fetches;
    private final Pushes pushes;

    public TransportRoutes(Fetches fetches, Pushes pushes) {
        this.fetches = fetches;
        this.pushes = pushes;
    }

    public List<Route> routes() {
        return List.of(
                new Route(
                        Method.GET,
                        "/{entry}/info/refs",
                        Surface.GIT,
                        new Guard.Found(Set.of(Action.READ_FILES, Action.WRITE), true, TransportRoutes::demand),
                        this::refs,
                        "Branches and tags, and what the server can do: git's first question, by `service`."),
                new Route(
                        Method.POST,
                        "/{entry}/" + FETCH,
                        Surface.GIT,
                        Guard.entry(Action.READ_FILES),
                        fetches::fetch,
                        "git fetch and clone."),
                new Route(
                        Method.POST,
                        "/{entry}/" + PUSH,
                        Surface.GIT,
                        Guard.entry(Action.WRITE),
                        pushes::push,
                        "git push."));
    }

    private static List<Guard.Demand> demand(Call call) {
        Action action = switch (call.query("service").orElse("")) {
            case FETCH -> Action.READ_FILES;
            case PUSH -> Action.WRITE;
            default ->
                throw Problem.of(Code.FORBIDDEN, "the dumb protocol of git is not spoken here")
                        .mend("use git 1.6.6 or newer")
                        .refusal();
        };
        return List.of(new Guard.Demand.OnEntry(action, call.entry()));
    }

    private Reply refs(Call call) throws Exception {
        return call.query("service").orElse("").equals(PUSH) ? pushes.refs(call) : fetches.refs(call);
    }
}
